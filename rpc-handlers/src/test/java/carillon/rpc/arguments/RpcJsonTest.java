package carillon.rpc.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
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
    @Tag("CWMP-162")
    @Tag("CWMP-163")
    @Tag("CWMP-164")
    @Tag("CWMP-166")
    @Tag("CWMP-168")
    void the_arguments_of_the_less_common_methods_are_read() {
        assertThat(request(AcsMethod.SCHEDULE_INFORM, "{'delay':'10m'}"))
                .isEqualTo(new AcsRequest.ScheduleInform(600, ID));
        assertThat(request(AcsMethod.GET_QUEUED_TRANSFERS, "{}")).isEqualTo(new AcsRequest.GetQueuedTransfers());
        assertThat(request(AcsMethod.GET_ALL_QUEUED_TRANSFERS, "{}")).isEqualTo(new AcsRequest.GetAllQueuedTransfers());
        assertThat(request(AcsMethod.CANCEL_TRANSFER, "{'commandKey':'k'}"))
                .isEqualTo(new AcsRequest.CancelTransfer("k"));
        assertThat(request(AcsMethod.SET_VOUCHERS, "{'vouchers':['YWJj']}"))
                .isEqualTo(new AcsRequest.SetVouchers(List.of("YWJj")));
        assertThat(request(AcsMethod.GET_OPTIONS, "{}")).isEqualTo(new AcsRequest.GetOptions(""));
        assertThat(request(
                        AcsMethod.UPLOAD,
                        "{'fileType':'4 Vendor Log File"
                                + " 2','url':'http://192.0.2.1/u','username':'u','password':'p','delay':'5s'}"))
                .isEqualTo(new AcsRequest.Upload(
                        ID, "4 Vendor Log File 2", "http://192.0.2.1/u", "u", new Secret("p"), 5));
        assertThat(request(
                        AcsMethod.SCHEDULE_DOWNLOAD,
                        "{'fileType':'1 Firmware Upgrade Image','url':'http://192.0.2.1/f','size':9,'windows':["
                                + "{'start':'2h','end':'5h','mode':'3 When Idle','maxRetries':2},"
                                + "{'start':'20h','end':'21h','userMessage':'soon'}]}"))
                .isEqualTo(new AcsRequest.ScheduleDownload(
                        ID,
                        "1 Firmware Upgrade Image",
                        "http://192.0.2.1/f",
                        "",
                        new Secret(""),
                        9,
                        "",
                        List.of(
                                new AcsRequest.TimeWindow(7200, 18_000, "3 When Idle", "", 2),
                                new AcsRequest.TimeWindow(72_000, 75_600, "1 At Any Time", "soon", -1))));
    }

    @Test
    @Tag("CWMP-167")
    void the_operations_of_a_change_of_deployment_units_are_read() {
        String uuid = "01234567-89ab-4cde-8f01-23456789abcd";
        assertThat(request(
                        AcsMethod.CHANGE_DU_STATE,
                        "{'operations':[{'operation':'install','url':'http://192.0.2.1/m','password':'p',"
                                + "'executionEnvironment':'Device.SoftwareModules.ExecEnv.1.'},"
                                + "{'operation':'update','uuid':'" + uuid + "','version':'2'},"
                                + "{'operation':'uninstall','uuid':'" + uuid + "'}]}"))
                .isEqualTo(new AcsRequest.ChangeDuState(
                        List.of(
                                new AcsRequest.DuOperation.Install(
                                        "http://192.0.2.1/m",
                                        "",
                                        "",
                                        new Secret("p"),
                                        "Device.SoftwareModules.ExecEnv.1."),
                                new AcsRequest.DuOperation.Update(uuid, "2", "", "", new Secret("")),
                                new AcsRequest.DuOperation.Uninstall(uuid, "", "")),
                        ID));
        assertThat(json.masked(
                        AcsMethod.CHANGE_DU_STATE,
                        "{\"operations\":[{\"operation\":\"install\",\"password\":\"s3cret\"}]}"))
                .contains("***")
                .doesNotContain("s3cret");
        assertThat(json.masked(AcsMethod.UPLOAD, "{\"password\":\"s3cret\"}")).doesNotContain("s3cret");
    }

    @Test
    @Tag("CWMP-165")
    void what_phones_tell_of_their_transfers_options_and_units_is_written() {
        assertThat(json.result(
                        new CpeResponse.GetQueuedTransfersResponse(List.of(new CpeResponse.QueuedTransfer("k", 2)))))
                .isEqualTo("{\"transfers\":[{\"commandKey\":\"k\",\"state\":2}]}");
        assertThat(json.result(new CpeResponse.GetAllQueuedTransfersResponse(
                        List.of(new CpeResponse.AnyQueuedTransfer("", 1, true, "2 Web Content", 7, "t")))))
                .isEqualTo("{\"transfers\":[{\"commandKey\":\"\",\"state\":1,\"isDownload\":true,"
                        + "\"fileType\":\"2 Web Content\",\"fileSize\":7,\"targetFileName\":\"t\"}]}");
        assertThat(json.result(new CpeResponse.GetOptionsResponse(
                        List.of(new CpeResponse.Option("Line", 12, 1, 2, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN, true)))))
                .contains("\"option\":\"Line\"", "\"voucherSerialNumber\":12", "\"transferable\":true");
        assertThat(json.result(new CpeResponse.UploadResponse(0, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))
                .isEqualTo("{\"status\":0}");
        CpeRequest.DuResult failed = new CpeRequest.DuResult(
                "u",
                "Device.X.1.",
                "2",
                "Failed",
                false,
                "",
                CwmpTime.UNKNOWN,
                CwmpTime.UNKNOWN,
                new Fault(9028, "Unknown deployment unit", List.of()),
                "");
        assertThat(json.result(List.of(failed)))
                .isEqualTo("{\"units\":[{\"uuid\":\"u\",\"version\":\"2\",\"state\":\"Failed\",\"resolved\":false,"
                        + "\"unit\":\"Device.X.1.\",\"executionUnits\":\"\",\"fault\":{\"code\":9028,"
                        + "\"text\":\"Unknown deployment unit\"}}]}");
    }

    @Test
    void what_a_phone_told_by_itself_is_kept_without_secrets_and_cut() {
        assertThat(json.told(new CpeRequest.RequestDownload(
                        "1 Firmware Upgrade Image",
                        List.of(
                                new CpeRequest.Argument("Version", "12"),
                                new CpeRequest.Argument("Password", "s3cret")))))
                .isEqualTo("{\"fileType\":\"1 Firmware Upgrade Image\",\"arguments\":[{\"name\":\"Version\","
                        + "\"value\":\"12\"},{\"name\":\"Password\",\"value\":\"***\"}]}");
        assertThat(json.told(new CpeRequest.Kicked("c", "http://u:s3cret@h/", "a".repeat(900), "")))
                .contains("http://***@h/", "…")
                .doesNotContain("s3cret")
                .hasSizeLessThan(400);
        assertThat(json.told(new CpeRequest.Unknown("X_00562B_Foo"))).isEmpty();
    }

    @Test
    @Tag("CWMP-150")
    void a_value_is_written_as_its_type_wants_it_and_a_type_that_was_left_out_is_what_is_known() {
        AcsRequest.SetParameterValues set = (AcsRequest.SetParameterValues) json.request(
                AcsMethod.SET_PARAMETER_VALUES,
                """
                {"values":[{"path":"Device.A","value":true,"type":"xsd:boolean"},{"path":"Device.B","value":7},
                 {"path":"Device.C","value":"text"}]}\
                """,
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
    @EnumSource(AcsMethod.class)
    void a_field_that_is_not_known_is_refused_by_name(AcsMethod method) {
        assertThat(RpcJson.allowed()).contains(method);
        assertThatThrownBy(() -> request(method, "{'pathes':1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'pathes'")
                .hasMessageContaining("allowed: ");
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
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.A','value':'x','type':'xsd:int'}]}|takes a whole"
                        + " number",
                "SET_PARAMETER_VALUES|{'values':[{'path':'Device.A','value':'x','typ':'y'}]}|'values[0].typ'",
                "SET_PARAMETER_ATTRIBUTES|{'attributes':[{'path':'Device.A'}]}|nothing to change",
                "SET_PARAMETER_ATTRIBUTES|{'attributes':[{'path':'Device.A','notification':7}]}|from 0 to 6",
                "ADD_OBJECT|{'object':'Device.X'}|ends with a dot",
                "DELETE_OBJECT|{'object':'Device.X.'}|instance",
                "DOWNLOAD|{'fileType':'9 x','url':'http://192.0.2.1/'}|'fileType'",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'file:///etc/passwd'}|must begin with",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'http://u:p@192.0.2.1/'}|holds a user name",
                "DOWNLOAD|{'fileType':'2 Web Content','url':'http://192.0.2.1/','delay':'soon'}|'delay'",
                "DOWNLOAD|{'fileType':'X 00562B','url':'http://192.0.2.1/'}|'X 00562B name'",
                "SCHEDULE_INFORM|{}|'delay' is missing",
                "SCHEDULE_INFORM|{'delay':'0s'}|at least 1s",
                "UPLOAD|{'fileType':'3 Vendor Configuration File','url':'http://192.0.2.1/'}|instance number",
                "UPLOAD|{'fileType':'2 Vendor Log File','username':'u'}|'username' is not known",
                "DOWNLOAD|{'fileType':'2 Web Content','file':'a','url':'http://192.0.2.1/'}|'url' is not known",
                "DOWNLOAD|{'fileType':'2 Web Content'}|'url' is missing",
                "UPLOAD|{'fileType':'2 Vendor Log File','url':'http://192.0.2.1/','size':1}|'size' is not known",
                "CANCEL_TRANSFER|{}|'commandKey' is missing",
                "CANCEL_TRANSFER|{'commandKey':'123456789012345678901234567890123'}|at most 32",
                "SET_VOUCHERS|{'vouchers':[]}|missing",
                "SET_VOUCHERS|{'vouchers':['no base64!']}|base64",
                "CHANGE_DU_STATE|{'operations':[]}|empty list",
                "CHANGE_DU_STATE|{'operations':[{'operation':'remove'}]}|install, update or uninstall",
                "CHANGE_DU_STATE|{'operations':[{'operation':'install'}]}|'operations[0].url' is missing",
                "CHANGE_DU_STATE|{'operations':[{'operation':'uninstall','uuid':'7'}]}|01234567-89ab",
                "CHANGE_DU_STATE|{'operations':[{'operation':'uninstall'}]}|'operations[0].uuid' is missing",
                "SCHEDULE_DOWNLOAD|{'fileType':'2 Web Content','url':'http://192.0.2.1/'}|'windows' is missing",
                "SCHEDULE_DOWNLOAD|{'fileType':'2 Web"
                        + " Content','url':'http://192.0.2.1/','windows':[{'start':'2h','end':'1h'}]}|not behind",
                "SCHEDULE_DOWNLOAD|{'fileType':'2 Web"
                        + " Content','url':'http://192.0.2.1/','windows':[{'end':'1h','mode':'5 Never'}]}|1 At Any Time",
                "SCHEDULE_DOWNLOAD|{'fileType':'2 Web"
                        + " Content','url':'http://192.0.2.1/','windows':[{'start':'2h','end':'4h'},{'end':'3h'}]}|overlap",
                "SCHEDULE_DOWNLOAD|{'fileType':'2 Web"
                        + " Content','url':'http://192.0.2.1/','windows':[{'end':'1h'},{'end':'1h'},{'end':'1h'}]}|one or"
                        + " two",
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

    @Test
    @Tag("CWMP-254")
    @Tag("CWMP-255")
    void a_phone_is_sent_away_or_silenced_only_by_who_says_so_twice() {
        String url = "{'values':[{'path':'Device.ManagementServer.URL','value':'http://192.0.2.9/'}]%s}";
        String off = "{'values':[{'path':'InternetGatewayDevice.ManagementServer.EnableCWMP','value':false,"
                + "'type':'xsd:boolean'}]%s}";
        for (String arguments : List.of(url, off)) {
            assertThatThrownBy(() -> request(AcsMethod.SET_PARAMETER_VALUES, String.format(arguments, "")))
                    .hasMessageContaining("again")
                    .hasMessageContaining("\"confirmed\": true");
            assertThatThrownBy(() ->
                            request(AcsMethod.SET_PARAMETER_VALUES, String.format(arguments, ",'confirmed':false")))
                    .hasMessageContaining("confirmed");
            assertThat(request(AcsMethod.SET_PARAMETER_VALUES, String.format(arguments, ",'confirmed':true")))
                    .isInstanceOf(AcsRequest.SetParameterValues.class);
        }
        assertThat(request(
                        AcsMethod.SET_PARAMETER_VALUES,
                        "{'values':[{'path':'Device.ManagementServer.EnableCWMP','value':true,'type':'xsd:boolean'},"
                                + "{'path':'Device.ManagementServer.URLs','value':'x'}]}"))
                .isInstanceOf(AcsRequest.SetParameterValues.class);
    }

    @ParameterizedTest
    @CsvSource({
        "xsd:int,2147483647,2147483647",
        "xsd:int,-2147483648,-2147483648",
        "xsd:int,2147483648,",
        "xsd:unsignedInt,4294967295,4294967295",
        "xsd:unsignedInt,4294967296,",
        "xsd:unsignedInt,-1,",
        "xsd:long,9223372036854775807,9223372036854775807",
        "xsd:long,9223372036854775808,",
        "xsd:unsignedLong,18446744073709551615,18446744073709551615",
        "xsd:unsignedLong,18446744073709551616,",
        "xsd:dateTime,2026-01-01T01:00:00+01:00,2026-01-01T00:00:00Z",
        "xsd:dateTime,0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
        "xsd:dateTime,9999-12-31T23:59:59Z,9999-12-31T23:59:59Z",
        "xsd:dateTime,0001-01-01T00:05:00,0001-01-01T00:05:00",
        "xsd:dateTime,tomorrow,"
    })
    @Tag("CWMP-189")
    @Tag("CWMP-191")
    void numbers_and_times_are_sent_within_their_types_and_in_utc(String type, String value, String wire) {
        String arguments = "{'values':[{'path':'Device.A','value':'" + value + "','type':'" + type + "'}]}";
        if (wire == null) {
            assertThatThrownBy(() -> request(AcsMethod.SET_PARAMETER_VALUES, arguments))
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(((AcsRequest.SetParameterValues) request(AcsMethod.SET_PARAMETER_VALUES, arguments))
                            .values()
                            .get(0)
                            .value())
                    .isEqualTo(wire);
        }
    }
}
