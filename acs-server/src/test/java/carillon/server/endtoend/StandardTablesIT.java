package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the standard puts into tables and policies of a device's ManagementServer and BulkData, set and read by RPCs. */
class StandardTablesIT {
    private static final String SERVER = "Device.ManagementServer.";

    @TempDir
    Path directory;

    private LocalServer server(String... more) {
        List<String> settings = new ArrayList<>(List.of("cpe.auth", "open"));
        settings.addAll(List.of(more));
        return new LocalServer(directory, settings.toArray(String[]::new));
    }

    private static ScriptedPhone phone(LocalServer server) throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(1))
                .speaking(CwmpVersion.V1_4);
    }

    private static final String DEVICE = ScriptedPhone.identity(1).encoded();

    /** Answers what provisioning wants with a plain yes, until this RPC comes. */
    private static <T> T until(ScriptedPhone phone, CwmpMessage said, Class<T> wanted) throws IOException {
        CwmpMessage heard = said;
        while (!wanted.isInstance(heard)) {
            assertThat(heard).isInstanceOf(AcsRequest.SetParameterValues.class);
            heard = phone.sends(new CpeResponse.SetParameterValuesResponse(0));
        }
        return wanted.cast(heard);
    }

    private static void known(LocalServer server) throws IOException {
        try (ScriptedPhone phone = phone(server)) {
            phone.completes(EventCode.BOOT);
        }
    }

    @Test
    @Tag("CWMP-240")
    void more_parameters_of_informs_are_asked_for_and_taken() throws IOException {
        try (LocalServer server = server()) {
            known(server);
            String add = server.rest().queue(DEVICE, "AddObject", "{\"object\":\"" + SERVER + "InformParameter.\"}");
            String set = server.rest()
                    .queue(
                            DEVICE,
                            "SetParameterValues",
                            "{\"values\":[{\"path\":\"" + SERVER
                                    + "InformParameter.2.ParameterName\",\"value\":\"Device.DeviceInfo.UpTime\","
                                    + "\"type\":\"xsd:string\"},{\"path\":\"" + SERVER
                                    + "InformParameter.2.Enable\",\"value\":\"true\",\"type\":\"xsd:boolean\"}]}");
            String forced = server.rest()
                    .queue(
                            DEVICE,
                            "SetParameterValues",
                            "{\"values\":[{\"path\":\"" + SERVER
                                    + "InformParameter.2.ParameterName\",\"value\":\"" + SERVER
                                    + "ParameterKey\",\"type\":\"xsd:string\"}]}");
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(EventCode.PERIODIC);
                CwmpMessage said = phone.hasNothingMore();
                while (said instanceof AcsRequest.GetParameterNames) {
                    said = phone.sends(new CpeResponse.GetParameterNamesResponse(List.of()));
                }
                assertThat(said).isInstanceOf(AcsRequest.AddObject.class);
                said = phone.sends(new CpeResponse.AddObjectResponse(2, 0));
                while (said instanceof AcsRequest.GetParameterNames) {
                    said = phone.sends(new CpeResponse.GetParameterNamesResponse(List.of()));
                }
                assertThat(((AcsRequest.SetParameterValues) said).values())
                        .extracting(ParameterValue::value)
                        .containsExactly("Device.DeviceInfo.UpTime", "1");
                said = phone.sends(new CpeResponse.SetParameterValuesResponse(0));
                assertThat(said).isInstanceOf(AcsRequest.SetParameterValues.class);
                said = phone.sends(new FaultMessage(new Fault(
                        9003,
                        "Invalid arguments",
                        List.of(new Fault.ParameterFault(
                                SERVER + "InformParameter.2.ParameterName", 9007, "is in every Inform")))));
                assertThat(said).isInstanceOf(Empty.class);
            }
            assertThat(server.rest().rpc(add).at("/result/instance").asInt()).isEqualTo(2);
            assertThat(server.rest().rpc(set).get("state").asText()).isEqualTo("succeeded");
            assertThat(server.rest().rpc(forced).at("/fault/parameters/0/code").asInt())
                    .isEqualTo(9007);
            try (ScriptedPhone phone = phone(server)) {
                phone.telling(new ParameterValue("Device.DeviceInfo.UpTime", "4711", ParameterType.UNSIGNED_INT))
                        .completes(EventCode.PERIODIC);
            }
            assertThat(value(server, "Device.DeviceInfo.UpTime")).isEqualTo("4711");
        }
    }

    private static String value(LocalServer server, String path) {
        JsonNode items = server.rest()
                .get("/api/v1/devices/" + DEVICE + "/parameters?path=" + path)
                .get("items");
        assertThat(items).hasSize(1);
        return items.get(0).get("value").asText();
    }

    @Test
    @Tag("CWMP-239")
    void a_heartbeat_is_a_sign_of_life_and_nothing_else_is_asked_for_it() throws IOException {
        try (LocalServer server = server()) {
            known(server);
            String set = server.rest()
                    .queue(
                            DEVICE,
                            "SetParameterValues",
                            "{\"values\":[{\"path\":\"" + SERVER
                                    + "HeartbeatPolicy.ReportingInterval\",\"value\":\"60\",\"type\":\"xsd:unsignedInt\"},"
                                    + "{\"path\":\"" + SERVER
                                    + "HeartbeatPolicy.Enable\",\"value\":\"true\",\"type\":\"xsd:boolean\"}]}");
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(EventCode.PERIODIC);
                until(phone, phone.hasNothingMore(), AcsRequest.SetParameterValues.class);
                assertThat(phone.sends(new CpeResponse.SetParameterValuesResponse(0)))
                        .isInstanceOf(Empty.class);
            }
            assertThat(server.rest().rpc(set).get("state").asText()).isEqualTo("succeeded");
            String before = server.rest()
                    .get("/api/v1/devices/" + DEVICE)
                    .get("lastInform")
                    .asText();
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(new Event("14 HEARTBEAT", ""));
                assertThat(phone.hasNothingMore()).isInstanceOf(Empty.class);
            }
            JsonNode device = server.rest().get("/api/v1/devices/" + DEVICE);
            assertThat(device.get("lastInform").asText()).isGreaterThan(before);
            assertThat(server.rest()
                            .get("/api/v1/devices/" + DEVICE + "/events")
                            .at("/items/0/event")
                            .asText())
                    .isEqualTo("14 HEARTBEAT");
        }
    }

    @Test
    @Tag("CWMP-243")
    void a_profile_of_bulk_data_is_added_and_set() throws IOException {
        try (LocalServer server = server()) {
            known(server);
            String add = server.rest().queue(DEVICE, "AddObject", "{\"object\":\"Device.BulkData.Profile.\"}");
            String profile = "Device.BulkData.Profile.1.";
            String set = server.rest()
                    .queue(
                            DEVICE,
                            "SetParameterValues",
                            "{\"values\":[{\"path\":\"" + profile
                                    + "Protocol\",\"value\":\"HTTP\",\"type\":\"xsd:string\"},{\"path\":\"" + profile
                                    + "EncodingType\",\"value\":\"JSON\",\"type\":\"xsd:string\"},{\"path\":\""
                                    + profile
                                    + "HTTP.URL\",\"value\":\"https://collector.example.com/\",\"type\":\"xsd:string\"},"
                                    + "{\"path\":\"" + profile
                                    + "ReportingInterval\",\"value\":\"300\",\"type\":\"xsd:unsignedInt\"}]}");
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(EventCode.PERIODIC);
                CwmpMessage said = phone.hasNothingMore();
                while (said instanceof AcsRequest.GetParameterNames) {
                    said = phone.sends(new CpeResponse.GetParameterNamesResponse(List.of()));
                }
                assertThat(said).isInstanceOf(AcsRequest.AddObject.class);
                said = phone.sends(new CpeResponse.AddObjectResponse(1, 0));
                assertThat(((AcsRequest.SetParameterValues) said).values()).hasSize(4);
                said = phone.sends(new CpeResponse.SetParameterValuesResponse(0));
                assertThat(said).isInstanceOf(Empty.class);
            }
            assertThat(server.rest().rpc(add).get("state").asText()).isEqualTo("succeeded");
            assertThat(server.rest().rpc(set).get("state").asText()).isEqualTo("succeeded");
        }
    }

    @Test
    @Tag("CWMP-242")
    void that_a_change_has_not_reached_an_embedded_device_is_seen() throws IOException {
        try (LocalServer server = server()) {
            known(server);
            String path = SERVER + "EmbeddedDevice.1.";
            String read = server.rest().queue(DEVICE, "GetParameterValues", "{\"paths\":[\"" + path + "\"]}");
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(EventCode.PERIODIC);
                until(phone, phone.hasNothingMore(), AcsRequest.GetParameterValues.class);
                phone.sends(new CpeResponse.GetParameterValuesResponse(List.of(
                        ParameterValue.string(path + "ControllerID", "hub"),
                        ParameterValue.string(path + "ProxiedDeviceID", "lamp"),
                        ParameterValue.string(path + "Reference", "Device.X_EXAMPLE_Lamp.1"),
                        new ParameterValue(path + "CommandProcessed", "Pending", ParameterType.STRING))));
            }
            assertThat(server.rest().rpc(read).get("state").asText()).isEqualTo("succeeded");
            assertThat(value(server, path + "CommandProcessed")).isEqualTo("Pending");
            assertThat(value(server, path + "Reference")).isEqualTo("Device.X_EXAMPLE_Lamp.1");
        }
    }

    @Test
    @Tag("CWMP-063")
    void a_model_that_wants_it_otherwise_gets_its_envelopes_with_or_without_a_declaration() throws IOException {
        try (LocalServer server = server("cwmp.declaration", "CP-8851-3PCC=always")) {
            try (ScriptedPhone phone = phone(server)) {
                phone.informs(EventCode.BOOT);
                assertThat(phone.heard().style().xmlDeclaration()).isTrue();
            }
        }
    }

    @Test
    @Tag("CWMP-063")
    void by_default_envelopes_begin_as_the_phones_own_do() throws IOException {
        try (LocalServer server = server();
                ScriptedPhone phone = phone(server)) {
            phone.informs(EventCode.BOOT);
            assertThat(phone.heard().style().xmlDeclaration()).isFalse();
        }
    }
}
