package carillon.rpc.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RpcJsonTest {
    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final RpcJson json = new RpcJson();

    private AcsRequest request(AcsMethod method, String arguments) {
        return json.request(method, arguments.replace('\'', '"'), ID);
    }

    @Test
    void the_arguments_of_every_method_are_read() {
        assertThat(request(AcsMethod.GET_RPC_METHODS, "{}")).isEqualTo(new AcsRequest.GetRpcMethods());
        assertThat(request(AcsMethod.GET_PARAMETER_NAMES, "{'path':'Device.','nextLevel':false}"))
                .isEqualTo(new AcsRequest.GetParameterNames("Device.", false));
        assertThat(request(AcsMethod.GET_PARAMETER_NAMES, "{'path':''}"))
                .isEqualTo(new AcsRequest.GetParameterNames("", true));
        assertThat(request(AcsMethod.GET_PARAMETER_VALUES, "{'paths':['Device.A','Device.B.']}"))
                .isEqualTo(new AcsRequest.GetParameterValues(List.of("Device.A", "Device.B.")));
        assertThat(request(AcsMethod.GET_PARAMETER_ATTRIBUTES, "{'paths':['Device.A']}"))
                .isEqualTo(new AcsRequest.GetParameterAttributes(List.of("Device.A")));
        assertThat(request(
                        AcsMethod.SET_PARAMETER_ATTRIBUTES,
                        "{'attributes':[{'path':'Device.A','notification':2},{'path':'Device.B','accessList':[]}]}"))
                .isEqualTo(new AcsRequest.SetParameterAttributes(List.of(
                        new AcsRequest.AttributeChange("Device.A", Optional.of(2), Optional.empty()),
                        new AcsRequest.AttributeChange("Device.B", Optional.empty(), Optional.of(List.of())))));
        assertThat(request(AcsMethod.ADD_OBJECT, "{'object':'Device.X.'}"))
                .isEqualTo(new AcsRequest.AddObject("Device.X.", ID));
        assertThat(request(AcsMethod.DELETE_OBJECT, "{'object':'Device.X.3.','parameterKey':'k'}"))
                .isEqualTo(new AcsRequest.DeleteObject("Device.X.3.", "k"));
        assertThat(request(AcsMethod.REBOOT, "{}")).isEqualTo(new AcsRequest.Reboot(ID));
        assertThat(request(AcsMethod.FACTORY_RESET, "{}")).isEqualTo(new AcsRequest.FactoryReset());
        assertThat(request(
                        AcsMethod.DOWNLOAD,
                        "{'fileType':'1 Firmware Upgrade Image','url':'https://192.0.2.1/f','username':'u',"
                                + "'password':'p','size':7,'delay':'5m'}"))
                .isEqualTo(new AcsRequest.Download(
                        ID,
                        "1 Firmware Upgrade Image",
                        "https://192.0.2.1/f",
                        "u",
                        new Secret("p"),
                        7,
                        "",
                        300,
                        "",
                        ""));
    }

    @Test
    @Tag("CWMP-150")
    void a_value_is_written_as_its_type_wants_it_and_a_type_that_was_left_out_is_what_is_known() {
        AcsRequest.SetParameterValues set = (AcsRequest.SetParameterValues) json.request(
                AcsMethod.SET_PARAMETER_VALUES,
                """
                {"values":[{"path":"Device.A","value":true,"type":"xsd:boolean"},{"path":"Device.B","value":7},
                 {"path":"Device.C","value":"text"}]}""",
                ID,
                path -> path.equals("Device.B") ? Optional.of(ParameterType.UNSIGNED_INT) : Optional.empty());
        assertThat(set.values())
                .containsExactly(
                        new ParameterValue("Device.A", "1", ParameterType.BOOLEAN),
                        new ParameterValue("Device.B", "7", ParameterType.UNSIGNED_INT),
                        new ParameterValue("Device.C", "text", ParameterType.STRING));
        assertThat(set.parameterKey()).isEqualTo(ID);
    }

    @ParameterizedTest
    @EnumSource(
            value = AcsMethod.class,
            names = {
                "GET_RPC_METHODS",
                "GET_PARAMETER_NAMES",
                "GET_PARAMETER_VALUES",
                "SET_PARAMETER_VALUES",
                "GET_PARAMETER_ATTRIBUTES",
                "SET_PARAMETER_ATTRIBUTES",
                "ADD_OBJECT",
                "DELETE_OBJECT",
                "REBOOT",
                "FACTORY_RESET",
                "DOWNLOAD"
            })
    void a_field_that_is_not_known_is_refused_by_name(AcsMethod method) {
        assertThat(RpcJson.allowed()).contains(method);
        assertThatThrownBy(() -> request(method, "{'pathes':1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'pathes'")
                .hasMessageContaining("allowed: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = AcsMethod.class,
            names = {"UPLOAD", "SCHEDULE_INFORM", "CHANGE_DU_STATE", "SET_VOUCHERS", "GET_OPTIONS", "CANCEL_TRANSFER"})
    void a_method_that_is_not_offered_is_refused_with_those_that_are(AcsMethod method) {
        assertThatThrownBy(() -> request(method, "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + method.rpcName() + "' is not offered")
                .hasMessageContaining("Reboot");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET_PARAMETER_VALUES|{}|'paths' is missing",
                "GET_PARAMETER_VALUES|{'paths':[]}|empty list",
                "GET_PARAMETER_VALUES|{'paths':['Device.A','Device.A']}|named twice",
                "GET_PARAMETER_VALUES|{'paths':'Device.A'}|must be a list",
                "GET_PARAMETER_NAMES|{'path':'Device.','nextLevel':'yes'}|true or false",
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.','value':1}]}|an object",
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.A'}]}|missing",
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.A','value':'x','type':'xsd:int'}]}|takes a whole number",
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.A','value':'x','typ':'y'}]}|'values[0].typ'",
                "SET_PARAMETER_ATTRIBUTES|{'attributes':[{'path':'Device.A'}]}|nothing to change",
                "SET_PARAMETER_ATTRIBUTES|{'attributes':[{'path':'Device.A','notification':7}]}|from 0 to 6",
                "ADD_OBJECT|{'object':'Device.X'}|ends with a dot",
                "DELETE_OBJECT|{'object':'Device.X.'}|instance",
                "DOWNLOAD|{'fileType':'9 x','url':'http://192.0.2.1/'}|'fileType'",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'file:///etc/passwd'}|must begin with",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'http://u:p@192.0.2.1/'}|holds a user name",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'http://192.0.2.1/','delay':'soon'}|'delay'",
                "REBOOT|[]|JSON object",
                "REBOOT|{|JSON object",
                "REBOOT|{} {}|JSON object",
                "GET_PARAMETER_NAMES|{'path':'Device.','path':'Device.'}|Duplicate"
            })
    void what_is_wrong_is_said_with_the_field(AcsMethod method, String arguments, String complaint) {
        assertThatThrownBy(() -> request(method, arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void a_complaint_about_a_secret_does_not_show_it() {
        assertThatThrownBy(() -> request(
                        AcsMethod.SET_PARAMETER_VALUES,
                        "{'values':[{'path':'Device.X.Password','value':'s3cret','type':'xsd:int'}]}"))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void arguments_that_are_too_long_too_many_or_too_deep_are_refused() {
        assertThatThrownBy(() -> request(AcsMethod.REBOOT, " ".repeat(RpcJson.LONGEST_ARGUMENTS + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        String many = String.join(",", java.util.Collections.nCopies(1025, "'Device.A'"));
        assertThatThrownBy(() -> request(AcsMethod.GET_PARAMETER_VALUES, "{'paths':[" + many + "]}"))
                .hasMessageContaining("at most 1024");
        assertThatThrownBy(() -> request(AcsMethod.GET_PARAMETER_VALUES, "{'paths':" + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("CWMP-195")
    void what_is_kept_means_the_same_later_and_what_is_shown_has_no_secret() {
        String kept = json.complete(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":[{\"path\":\"Device.X.Password\",\"value\":\"s3cret\"}]}",
                path -> Optional.empty());
        assertThat(kept).contains("s3cret", "xsd:string");
        assertThat(json.masked(AcsMethod.SET_PARAMETER_VALUES, kept))
                .contains("***")
                .doesNotContain("s3cret");
        assertThat(json.masked(AcsMethod.DOWNLOAD, "{\"url\":\"http://x/\",\"password\":\"s3cret\"}"))
                .contains("***")
                .doesNotContain("s3cret");
        assertThat(json.masked(AcsMethod.DOWNLOAD, "s3cret")).isEqualTo("{}");
    }

    @Test
    void results_are_written() {
        assertThat(json.result(new CpeResponse.GetRpcMethodsResponse(List.of("Reboot"))))
                .isEqualTo("{\"methods\":[\"Reboot\"]}");
        assertThat(json.result(new CpeResponse.GetParameterNamesResponse(List.of(new ParameterInfo("Device.A", true)))))
                .isEqualTo("{\"parameters\":[{\"path\":\"Device.A\",\"writable\":true}]}");
        assertThat(json.result(new CpeResponse.GetParameterValuesResponse(List.of(
                        new ParameterValue("Device.A", "1", ParameterType.INT),
                        new ParameterValue("Device.X.Password", "s3cret", ParameterType.STRING)))))
                .contains("{\"path\":\"Device.A\",\"value\":\"1\",\"type\":\"xsd:int\"}", "***")
                .doesNotContain("s3cret");
        assertThat(json.result(new CpeResponse.GetParameterAttributesResponse(
                        List.of(new ParameterAttribute("Device.A", 2, List.of("Subscriber"))))))
                .isEqualTo("{\"attributes\":[{\"path\":\"Device.A\",\"notification\":2,"
                        + "\"accessList\":[\"Subscriber\"]}]}");
        assertThat(json.result(new CpeResponse.AddObjectResponse(3, 1))).isEqualTo("{\"instance\":3,\"status\":1}");
        assertThat(json.result(new CpeResponse.SetParameterValuesResponse(1))).isEqualTo("{\"status\":1}");
        assertThat(json.result(new CpeResponse.DeleteObjectResponse(0))).isEqualTo("{\"status\":0}");
        assertThat(json.result(new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))
                .isEqualTo("{\"status\":1}");
        for (CpeResponse bare : List.of(
                new CpeResponse.RebootResponse(),
                new CpeResponse.FactoryResetResponse(),
                new CpeResponse.SetParameterAttributesResponse())) {
            assertThat(json.result(bare)).isEqualTo("{}");
        }
    }
}
