package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.CpeResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phone should have, held against what it reported. */
class ConfigurationIT {
    private static final String LINE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";
    private static final String PROXY = "Device.Services.VoiceService.1.VoiceProfile.1.SIP.ProxyServer";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
        rest = server.rest();
        device = ScriptedPhone.identity(1);
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void tells(ParameterValue... values) throws IOException {
        rest.queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"Device.\"]}");
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(EventCode.PERIODIC);
            phone.hasNothingMore();
            phone.sends(new CpeResponse.GetParameterValuesResponse(List.of(values)));
        }
    }

    private JsonNode configuration() {
        return rest.get("/api/v1/devices/" + device.encoded() + "/configuration");
    }

    private void layer(String name, String scope, String values) {
        Rest.Answer answer =
                rest.call("PUT", "/api/v1/profiles/" + name, "{\"scope\":" + scope + ",\"values\":" + values + "}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
    }

    @Test
    void layers_are_merged_held_against_what_the_phone_told_and_planned_by_road() throws IOException {
        layer(
                "base",
                "{\"kind\":\"all\"}",
                "{\"Proxy_1_\":\"old\",\"GPP_A\":\"${device.serial}\",\"Enable_Web_Server\":\"No\"}");
        layer("model", "{\"kind\":\"model\",\"value\":\"CP-*\"}", "{\"Proxy_1_\":\"pbx\",\"User_ID_1_\":\"2001\"}");
        tells(
                ParameterValue.string(LINE + "1.DirectoryNumber", "2001"),
                ParameterValue.string(PROXY, "old"),
                new ParameterValue(PROXY + "Port", "5060", ParameterType.UNSIGNED_INT),
                new ParameterValue("Device.X_CISCO_EnableWebServer", "1", ParameterType.BOOLEAN));
        JsonNode before = configuration();
        assertThat(before.get("layers").toString()).isEqualTo("[\"base\",\"model\",\"accounts\"]");
        assertThat(before.get("keys"))
                .extracting(key -> key.get("key").asText() + "="
                        + key.get("value").asText() + " " + key.get("layer").asText())
                .containsExactly(
                        "Enable_Web_Server=No base",
                        "GPP_A=" + device.serial() + " base",
                        "Proxy_1_=pbx model",
                        "User_ID_1_=2001 model");
        assertThat(before.get("drift"))
                .extracting(
                        key -> key.get("key").asText() + " " + key.get("kind").asText())
                .containsExactly("Enable_Web_Server differs", "GPP_A untold", "Proxy_1_ differs");
        assertThat(before.get("plan").get("set"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(PROXY, PROXY + "Port", "Device.X_CISCO_EnableWebServer");
        assertThat(before.get("plan").get("profile").toString()).isEqualTo("[\"GPP_A\"]");
        tells(
                ParameterValue.string(PROXY, "pbx"),
                new ParameterValue("Device.X_CISCO_EnableWebServer", "0", ParameterType.BOOLEAN));
        JsonNode after = configuration();
        assertThat(after.get("version")).isEqualTo(before.get("version"));
        assertThat(after.get("drift"))
                .extracting(key -> key.get("key").asText())
                .containsExactly("GPP_A");
    }

    @Test
    void what_cannot_be_put_in_for_this_phone_is_told_and_left_out() {
        layer("base", "{\"kind\":\"all\"}", "{\"GPP_A\":\"${var.room}\",\"GPP_B\":\"x\"}");
        JsonNode configuration = configuration();
        assertThat(configuration.get("problems").get(0).asText())
                .isEqualTo("GPP_A of the layer base needs the variable room, which this phone does not have");
        assertThat(configuration.get("keys")).hasSize(1);
    }

    @Test
    void the_file_that_the_phone_would_get_is_shown_with_its_secrets_masked() throws Exception {
        layer("base", "{\"kind\":\"all\"}", "{\"GPP_A\":\"<x>\",\"Password_1_\":\"canary-1\"}");
        assertThat(configuration().toString()).doesNotContain("canary");
        String login = Base64.getEncoder()
                .encodeToString(("admin:" + ServerProcess.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> file = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/api/v1/devices/"
                                        + device.encoded() + "/profile.xml"))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/xml");
        assertThat(file.body()).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <flat-profile>
            <GPP_A>&lt;x&gt;</GPP_A>
            <Password_1_>***</Password_1_>
            </flat-profile>
            """);
    }
}
