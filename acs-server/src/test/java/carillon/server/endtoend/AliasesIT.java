package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows named by their aliases, and all rows at once: asked of phones that said that they know it, and of no others. */
class AliasesIT {
    private static final String TABLE = "Device.NAT.PortMapping.";
    private static final String READ = "{\"paths\":[\"" + TABLE + "[sip-1].Enable\"]}";
    private static final String WRITE =
            "{\"values\":[{\"path\":\"" + TABLE + "[sip-1].Enable\",\"value\":\"1\",\"type\":\"xsd:boolean\"}]}";
    private static final String ADD = "{\"object\":\"" + TABLE + "[sip-1].\",\"parameterKey\":\"cfg-alias-1\"}";
    private static final String ALL = "{\"paths\":[\"" + TABLE + "*.Enable\"]}";
    private static final String MODE = "{\"values\":[{\"path\":\"Device.ManagementServer.InstanceMode\",\"value\":"
            + "\"InstanceAlias\",\"type\":\"xsd:string\"}]}";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;
    private DeviceId device;
    private List<ParameterValue> told = List.of();

    @BeforeEach
    void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
        rest = server.rest();
        device = ScriptedPhone.identity(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScriptedPhone phone() throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), device)
                .speaking(CwmpVersion.V1_4)
                .telling(told.toArray(ParameterValue[]::new));
    }

    /** The phone comes and tells these values in its Inform. */
    private void comes(ParameterValue... values) throws IOException {
        told = List.of(values);
        try (ScriptedPhone phone = phone()) {
            phone.completes(EventCode.BOOT);
        }
    }

    private static ParameterValue flag(String name, String value) {
        return new ParameterValue("Device.ManagementServer." + name, value, ParameterType.BOOLEAN);
    }

    private Rest.Answer asked(String method, String arguments) {
        return rest.call(
                "POST",
                "/api/v1/devices/" + device.encoded() + "/rpcs",
                "{\"method\":\"" + method + "\",\"arguments\":" + arguments + ",\"force\":true}");
    }

    private void isRefused(String method, String arguments, String why) {
        Rest.Answer answer = asked(method, arguments);
        assertThat(answer.status()).as("%s %s", method, answer.body()).isEqualTo(409);
        assertThat(answer.body().toString()).contains(why);
    }

    /** Queues it, has the phone answer, and returns what the phone was asked. */
    private List<AcsRequest> done(String method, String arguments, CpeResponse... answers) throws IOException {
        Rest.Answer answer = asked(method, arguments);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        List<AcsRequest> requests = new ArrayList<>();
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage said = phone.hasNothingMore();
            for (CpeResponse next : answers) {
                requests.add((AcsRequest) said);
                said = phone.sends(next);
            }
            assertThat(said).isInstanceOf(Empty.class);
        }
        JsonNode end = rest.rpc(answer.body().get("id").asText());
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
        assertThat(end.path("result").has("unanswered")).as("%s", end).isFalse();
        return requests;
    }

    private List<String> known() {
        return rest.get("/api/v1/devices/" + device.encoded() + "/parameters?path=Device.NAT.")
                .get("items")
                .findValuesAsText("path");
    }

    @Test
    @Tag("CWMP-230")
    void a_phone_that_does_not_report_aliases_is_asked_by_numbers_alone() throws IOException {
        for (ParameterValue[] values :
                List.of(new ParameterValue[0], new ParameterValue[] {flag("AliasBasedAddressing", "0")})) {
            comes(values);
            for (Map.Entry<String, String> each : List.of(
                    Map.entry("GetParameterValues", READ),
                    Map.entry("GetParameterAttributes", READ),
                    Map.entry("GetParameterNames", "{\"path\":\"" + TABLE + "[sip-1].\"}"),
                    Map.entry("SetParameterValues", WRITE),
                    Map.entry("AddObject", ADD),
                    Map.entry("DeleteObject", "{\"object\":\"" + TABLE + "[sip-1].\"}"),
                    Map.entry("SetParameterValues", MODE))) {
                isRefused(each.getKey(), each.getValue(), "AliasBasedAddressing");
            }
        }
        done(
                "GetParameterValues",
                READ.replace("[sip-1]", "1"),
                new CpeResponse.GetParameterValuesResponse(
                        List.of(new ParameterValue(TABLE + "1.Enable", "1", ParameterType.BOOLEAN))));
    }

    @Test
    @Tag("CWMP-231")
    @Tag("CWMP-230")
    void a_phone_that_reports_aliases_is_asked_by_them_and_what_it_says_by_number_is_understood() throws IOException {
        comes(flag("AliasBasedAddressing", "1"));
        assertThat(done(
                        "GetParameterValues",
                        READ,
                        new CpeResponse.GetParameterValuesResponse(
                                List.of(new ParameterValue(TABLE + "7.Enable", "0", ParameterType.BOOLEAN)))))
                .containsExactly(new AcsRequest.GetParameterValues(List.of(TABLE + "[sip-1].Enable")));
        assertThat(done("SetParameterValues", WRITE, new CpeResponse.SetParameterValuesResponse(0)))
                .singleElement()
                .satisfies(asked -> assertThat(((AcsRequest.SetParameterValues) asked)
                                .values()
                                .get(0)
                                .path())
                        .isEqualTo(TABLE + "[sip-1].Enable"));
        assertThat(known())
                .as("one row has one place")
                .contains(TABLE + "7.Enable")
                .noneMatch(path -> path.contains("["));

        done("SetParameterValues", MODE, new CpeResponse.SetParameterValuesResponse(0));
        done(
                "GetParameterValues",
                READ,
                new CpeResponse.GetParameterValuesResponse(
                        List.of(new ParameterValue(TABLE + "[sip-1].Enable", "1", ParameterType.BOOLEAN))));
        comes();
        assertThat(asked("GetParameterValues", READ).status())
                .as("what it said holds")
                .isEqualTo(201);
        comes(flag("AliasBasedAddressing", "false"));
        isRefused("GetParameterValues", READ, "AliasBasedAddressing");
    }

    @Test
    @Tag("CWMP-232")
    void a_row_is_made_with_an_alias_of_ones_own() throws IOException {
        comes(flag("AliasBasedAddressing", "true"));
        List<AcsRequest> asked = done(
                "AddObject",
                ADD,
                new CpeResponse.GetParameterNamesResponse(List.of(new ParameterInfo(TABLE + "1.", true))),
                new CpeResponse.AddObjectResponse(4, 0));
        assertThat(asked)
                .containsExactly(
                        new AcsRequest.GetParameterNames(TABLE, true),
                        new AcsRequest.AddObject(TABLE + "[sip-1].", "cfg-alias-1"));
        assertThat(known()).contains(TABLE + "4.");
        assertThat(done(
                        "SetParameterValues",
                        "{\"values\":[{\"path\":\"Device.ManagementServer.AutoCreateInstances\",\"value\":\"1\","
                                + "\"type\":\"xsd:boolean\"}]}",
                        new CpeResponse.SetParameterValuesResponse(0)))
                .hasSize(1);
        assertThat(done(
                        "SetParameterValues",
                        WRITE.replace("sip-1", "made.by-itself"),
                        new CpeResponse.SetParameterValuesResponse(0)))
                .singleElement()
                .satisfies(made -> assertThat(((AcsRequest.SetParameterValues) made)
                                .values()
                                .get(0)
                                .path())
                        .isEqualTo(TABLE + "[made.by-itself].Enable"));
    }

    @Test
    @Tag("CWMP-234")
    void all_rows_are_asked_at_once_only_of_a_phone_that_reported_that_it_can() throws IOException {
        comes(flag("AliasBasedAddressing", "1"));
        isRefused("GetParameterValues", ALL, "InstanceWildcardsSupported");
        isRefused("GetParameterNames", "{\"path\":\"" + TABLE + "*.\"}", "InstanceWildcardsSupported");
        done(
                "GetParameterValues",
                "{\"paths\":[\"Device.ManagementServer.InstanceWildcardsSupported\"]}",
                new CpeResponse.GetParameterValuesResponse(List.of(flag("InstanceWildcardsSupported", "1"))));
        assertThat(done(
                        "GetParameterValues",
                        ALL,
                        new CpeResponse.GetParameterValuesResponse(Arrays.asList(
                                new ParameterValue(TABLE + "1.Enable", "1", ParameterType.BOOLEAN),
                                new ParameterValue(TABLE + "4.Enable", "0", ParameterType.BOOLEAN)))))
                .containsExactly(new AcsRequest.GetParameterValues(List.of(TABLE + "*.Enable")));
        done(
                "GetParameterAttributes",
                ALL,
                new CpeResponse.GetParameterAttributesResponse(
                        List.of(new ParameterAttribute(TABLE + "1.Enable", 1, List.of()))));
        assertThat(known()).contains(TABLE + "1.Enable", TABLE + "4.Enable");
        isRefused("SetParameterValues", WRITE.replace("[sip-1]", "*"), "names all rows at once");
        isRefused("DeleteObject", "{\"object\":\"" + TABLE + "[a].*.3.\"}", "names all rows at once");
    }
}
