package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import carillon.phones.AnswerOddity;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phone tells of its parameters, and what the API makes of it. */
class ParametersIT {
    private static final String LINE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";
    private static final String PASSWORD = LINE + "1.SIP.AuthPassword";
    private static final String USER = LINE + "1.SIP.AuthUserName";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open", "cpe.cleartext-secrets", "true");
        rest = server.rest();
        device = ScriptedPhone.identity(1);
        try (ScriptedPhone phone = phone()) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScriptedPhone phone() throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), device);
    }

    /** Queues an RPC, and has the phone answer it in its next session; returns it as it ended. */
    private JsonNode done(String method, String arguments, CpeResponse... answers) throws IOException {
        String id = rest.queue(device.encoded(), method, arguments);
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage asked = phone.hasNothingMore();
            for (CpeResponse answer : answers) {
                assertThat(asked).isInstanceOf(AcsRequest.class);
                asked = phone.sends(answer);
            }
            assertThat(asked).isInstanceOf(Empty.class);
        }
        JsonNode end = rest.rpc(id);
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
        return end;
    }

    private Map<String, JsonNode> known() {
        Map<String, JsonNode> known = new HashMap<>();
        rest.get("/api/v1/devices/" + device.encoded() + "/parameters?path=Device.Services.")
                .get("items")
                .forEach(item -> known.put(item.get("path").asText(), item));
        return known;
    }

    private static CpeResponse values(ParameterValue... values) {
        return new CpeResponse.GetParameterValuesResponse(List.of(values));
    }

    private static String set(String path, String value) {
        return "{\"values\":[{\"path\":\"" + path + "\",\"value\":\"" + value + "\",\"type\":\"xsd:string\"}]}";
    }

    @Test
    @Tag("CWMP-145")
    void a_password_that_reads_back_empty_is_hidden_and_not_gone() throws IOException {
        String read = "{\"paths\":[\"" + PASSWORD + "\",\"" + USER + "\"]}";
        JsonNode first = done(
                "GetParameterValues",
                read,
                values(ParameterValue.string(PASSWORD, ""), ParameterValue.string(USER, "")));
        assertThat(first.get("result").get("values").get(0).get("hidden").asBoolean())
                .isTrue();
        assertThat(first.get("result").get("values").get(1).has("hidden")).isFalse();
        assertThat(known().get(PASSWORD).has("value")).as("nobody knows it").isFalse();
        assertThat(known().get(PASSWORD).get("hidden").asBoolean()).isTrue();
        assertThat(known().get(USER).get("value").asText())
                .as("this one is empty")
                .isEmpty();
        assertThat(known().get(USER).has("hidden")).isFalse();

        done("SetParameterValues", set(PASSWORD, "s3cr3t-of-line-1"), new CpeResponse.SetParameterValuesResponse(0));
        assertThat(known().get(PASSWORD).get("value").asText()).isEqualTo("***");
        done("GetParameterValues", read, values(ParameterValue.string(PASSWORD, ""), ParameterValue.string(USER, "")));
        assertThat(known().get(PASSWORD).get("value").asText())
                .as("what was set stays")
                .isEqualTo("***");

        done("SetParameterValues", set(PASSWORD, ""), new CpeResponse.SetParameterValuesResponse(0));
        assertThat(known().get(PASSWORD).has("value")).as("it was taken away").isFalse();
    }

    @Test
    @Tag("CWMP-141")
    void objects_tell_where_rows_can_be_added_and_which_can_be_deleted() throws IOException {
        done(
                "GetParameterNames",
                "{\"path\":\"Device.Services.\",\"nextLevel\":false}",
                new CpeResponse.GetParameterNamesResponse(List.of(
                        new ParameterInfo("Device.Services.VoiceService.", false),
                        new ParameterInfo("Device.Services.VoiceService.1.", false),
                        new ParameterInfo("Device.Services.VoiceService.1.VoiceProfile.", true),
                        new ParameterInfo("Device.Services.VoiceService.1.VoiceProfile.1.", true),
                        new ParameterInfo("Device.Services.VoiceService.1.VoiceProfile.1.Name", true),
                        new ParameterInfo("Device.Services.VoiceService.1.VoiceProfile.1.NumberOfLines", false))));
        Map<String, JsonNode> known = known();
        assertThat(known.get("Device.Services.VoiceService.").get("canAdd").asBoolean())
                .isFalse();
        assertThat(known.get("Device.Services.VoiceService.").has("canDelete")).isFalse();
        assertThat(known.get("Device.Services.VoiceService.1.").get("canDelete").asBoolean())
                .isFalse();
        assertThat(known.get("Device.Services.VoiceService.1.").has("canAdd")).isFalse();
        assertThat(known.get("Device.Services.VoiceService.1.VoiceProfile.")
                        .get("canAdd")
                        .asBoolean())
                .isTrue();
        assertThat(known.get("Device.Services.VoiceService.1.VoiceProfile.1.")
                        .get("canDelete")
                        .asBoolean())
                .isTrue();
        JsonNode name = known.get("Device.Services.VoiceService.1.VoiceProfile.1.Name");
        assertThat(name.get("writable").asBoolean()).isTrue();
        assertThat(name.has("canAdd") || name.has("canDelete")).isFalse();
        assertThat(known.get("Device.Services.VoiceService.1.VoiceProfile.1.NumberOfLines")
                        .get("writable")
                        .asBoolean())
                .isFalse();
    }

    private JsonNode queued(String method, String arguments) {
        Rest.Answer answer = rest.call(
                "POST",
                "/api/v1/devices/" + device.encoded() + "/rpcs",
                "{\"method\":\"" + method + "\",\"arguments\":" + arguments + "}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body();
    }

    @Test
    @Tag("CWMP-194")
    void a_value_that_the_data_model_does_not_allow_is_warned_of_and_sent_all_the_same() throws IOException {
        String interval = "Device.ManagementServer.PeriodicInformInterval";
        JsonNode rpc = queued(
                "SetParameterValues",
                "{\"values\":[{\"path\":\"" + interval + "\",\"value\":\"0\"},{\"path\":\""
                        + "Device.ManagementServer.PeriodicInformEnable\",\"value\":\"1\"}]}");
        assertThat(rpc.get("state").asText()).isEqualTo("queued");
        assertThat(rpc.get("warnings")).hasSize(1);
        assertThat(rpc.get("warnings").get(0).get("path").asText()).isEqualTo(interval);
        assertThat(rpc.get("warnings").get(0).get("text").asText()).contains("1 and more");
        assertThat(rpc.get("arguments").get("values").get(0).get("type").asText())
                .as("of the model, since the phone was never asked")
                .isEqualTo("xsd:unsignedInt");
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            assertThat(((AcsRequest.SetParameterValues) phone.hasNothingMore())
                            .values()
                            .get(0))
                    .isEqualTo(new ParameterValue(interval, "0", ParameterType.UNSIGNED_INT));
            phone.sends(new CpeResponse.SetParameterValuesResponse(0));
        }
        assertThat(rest.rpc(rpc.get("id").asText()).has("warnings")).isFalse();
        assertThat(queued("SetParameterValues", set(LINE + "1.SIP.URI", "4711")).has("warnings"))
                .isFalse();
        String secret = "hidden-from-warnings".repeat(10);
        JsonNode tooLong = queued("SetParameterValues", set(PASSWORD, secret)).get("warnings");
        assertThat(tooLong.toString()).contains("200 characters").doesNotContain("hidden-from-warnings");
    }

    @Test
    @Tag("CWMP-194")
    void what_the_phone_tells_of_its_own_parameters_counts_for_more_than_the_model() throws IOException {
        String serial = "Device.DeviceInfo.SerialNumber";
        assertThat(queued("SetParameterValues", set(serial, "1"))
                        .get("warnings")
                        .toString())
                .contains("read-only");
        done(
                "GetParameterNames",
                "{\"path\":\"Device.DeviceInfo.\",\"nextLevel\":true}",
                new CpeResponse.SetParameterValuesResponse(0),
                new CpeResponse.GetParameterNamesResponse(List.of(new ParameterInfo(serial, true))));
        assertThat(queued("SetParameterValues", set(serial, "1")).has("warnings"))
                .isFalse();
    }

    @Test
    @Tag("CWMP-156")
    void notifications_that_a_model_forces_or_lets_a_phone_deny_are_warned_of() {
        JsonNode warnings = queued(
                        "SetParameterAttributes",
                        "{\"attributes\":[{\"path\":\"Device.DeviceInfo.SoftwareVersion\",\"notification\":0},"
                                + "{\"path\":\"Device.DeviceInfo.ProvisioningCode\",\"notification\":2},"
                                + "{\"path\":\"Device.DeviceInfo.UpTime\",\"notification\":2},"
                                + "{\"path\":\"Device.DeviceInfo.UpTime2\",\"notification\":2}]}")
                .get("warnings");
        assertThat(warnings.findValuesAsText("path"))
                .containsExactly("Device.DeviceInfo.SoftwareVersion", "Device.DeviceInfo.UpTime");
        assertThat(warnings.findValuesAsText("text"))
                .satisfiesExactly(
                        forced -> assertThat(forced).contains("always on", "9009"),
                        denied -> assertThat(denied).contains("may refuse", "9009"));
        assertThat(queued("AddObject", "{\"object\":\"Device.Services.VoiceService.\"}")
                        .get("warnings")
                        .toString())
                .contains("cannot be added");
        assertThat(queued("AddObject", "{\"object\":\"" + LINE + "\"}").has("warnings"))
                .isFalse();
    }

    @Test
    void a_phone_that_upper_cases_what_it_is_told_has_set_it_all_the_same() {
        Phone phone = new Phone(
                PhoneModel.of("CP-8851-3PCC"),
                77,
                URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/"),
                "",
                "");
        assertThat(phone.session().completed()).isTrue();
        phone.misbehaves(AnswerOddity.VALUES_UPPER_CASED);
        String id = rest.queue(
                phone.id().encoded(),
                "SetParameterValues",
                "{\"values\":[{\"path\":\"Device.DeviceInfo.ProvisioningCode\",\"value\":\"desk.seven\"}],"
                        + "\"verify\":true}");
        phone.session(Event.of(EventCode.PERIODIC));
        JsonNode end = rest.rpc(id);
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
        assertThat(end.get("result").get("rewritten").get(0).asText()).isEqualTo("Device.DeviceInfo.ProvisioningCode");
        assertThat(end.get("result").get("rounds").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("CWMP-185")
    void a_row_that_somebody_removed_is_forgotten_and_what_is_left_is_read() throws IOException {
        String second = LINE + "2.Enable";
        String first = LINE + "1.Enable";
        done(
                "GetParameterValues",
                "{\"paths\":[\"" + LINE + "\"]}",
                values(
                        new ParameterValue(first, "1", ParameterType.BOOLEAN),
                        new ParameterValue(second, "1", ParameterType.BOOLEAN)));
        String id = rest.queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"" + second + "\"]}");
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            phone.hasNothingMore();
            assertThat(phone.sends(new FaultMessage(Fault.of(FaultCode.INVALID_PARAMETER_NAME))))
                    .isEqualTo(new AcsRequest.GetParameterNames(LINE, true));
            assertThat(phone.sends(
                            new CpeResponse.GetParameterNamesResponse(List.of(new ParameterInfo(LINE + "1.", true)))))
                    .isInstanceOf(Empty.class);
        }
        assertThat(rest.rpc(id).get("state").asText()).isEqualTo("failed");
        assertThat(known()).containsKey(first).doesNotContainKeys(second, LINE + "2.");
    }
}
