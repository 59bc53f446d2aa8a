package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of configuration over the API: written, read, compared, taken back, tried before. */
class ProfilesIT {
    private static final String PROFILES = "/api/v1/profiles";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;

    @BeforeEach
    void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
        rest = server.rest();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Rest.Answer put(String name, String body) {
        return rest.call("PUT", PROFILES + "/" + name, body);
    }

    private static String all(String values) {
        return "{\"scope\":{\"kind\":\"all\"},\"values\":" + values + "}";
    }

    @Test
    void a_layer_has_versions_that_can_be_read_compared_and_taken_back() {
        assertThat(put("base", all("{\"Resync_Periodic\":86400,\"Enable_TR-069\":true,\"GPP_A\":\"x\"}"))
                        .status())
                .isEqualTo(201);
        Rest.Answer second = put(
                "base",
                "{\"scope\":{\"kind\":\"model\",\"value\":\"CP-88*\"},\"priority\":7,\"note\":\"hourly\",\"ifVersion\":1,"
                        + "\"values\":{\"Resync_Periodic\":\"3600\",\"Enable_TR-069\":{\"value\":\"Yes\",\"ua\":\"na\"},"
                        + "\"GPP_B\":null}}");
        assertThat(second.status()).as("%s", second.body()).isEqualTo(200);
        JsonNode newest = rest.get(PROFILES + "/base");
        assertThat(newest.get("version").asInt()).isEqualTo(2);
        assertThat(newest.get("scope").toString()).isEqualTo("{\"kind\":\"model\",\"value\":\"CP-88*\"}");
        assertThat(newest.get("values").toString())
                .isEqualTo("{\"Enable_TR-069\":{\"value\":\"Yes\",\"ua\":\"na\"},\"GPP_B\":null,"
                        + "\"Resync_Periodic\":\"3600\"}");
        assertThat(rest.get(PROFILES + "/base?version=1")
                        .get("values")
                        .get("Enable_TR-069")
                        .asText())
                .isEqualTo("Yes");
        assertThat(rest.get(PROFILES + "/base/versions").get("items"))
                .extracting(version -> version.get("version").asInt())
                .containsExactly(2, 1);
        assertThat(rest.get(PROFILES + "/base/diff").get("keys"))
                .extracting(key -> key.get("key").asText())
                .containsExactly("Enable_TR-069", "GPP_A", "GPP_B", "Resync_Periodic");
        assertThat(put("base", "{\"scope\":{\"kind\":\"all\"},\"values\":{},\"ifVersion\":1}")
                        .status())
                .isEqualTo(409);
        Rest.Answer back = rest.call("POST", PROFILES + "/base/rollback", "{\"version\":1}");
        assertThat(back.body().get("version").asInt()).isEqualTo(3);
        assertThat(back.body().get("values").get("GPP_A").asText()).isEqualTo("x");
        assertThat(back.body().get("scope").get("kind").asText()).isEqualTo("all");
        assertThat(rest.get("/api/v1/audit?subject=base").get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("profile.rollback", "profile.change", "profile.add");
        assertThat(rest.call("DELETE", PROFILES + "/base", "").status()).isEqualTo(204);
        assertThat(rest.status(PROFILES + "/base")).isEqualTo(404);
    }

    @Test
    void errors_name_key_value_and_what_is_allowed_and_unknown_keys_are_warned_of() {
        Rest.Answer wrong = put("base", all("{\"SIP_Transport_1_\":\"SCTP\",\"Ringer_Volume\":99}"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().get("detail").asText())
                .contains("SIP_Transport_1_ is 'SCTP' and takes one of UDP, TCP, TLS, AUTO")
                .contains("Ringer_Volume is '99' and takes a whole number from 0 to 15");
        assertThat(rest.status(PROFILES + "/base")).isEqualTo(404);
        Rest.Answer warned = put("base", all("{\"Proxi_1_\":\"pbx\"}"));
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.body().get("warnings").get(0).asText())
                .isEqualTo("the key Proxi_1_ is not known; the nearest known one is Proxy_1_");
        assertThat(put("b", "{\"scope\":{\"kind\":\"planet\",\"value\":\"x\"},\"values\":{}}")
                        .status())
                .isEqualTo(400);
        assertThat(put("b", "{\"values\":{}}").status()).isEqualTo(400);
        assertThat(put("b", all("{\"GPP_A\":[1]}")).status()).isEqualTo(400);
        assertThat(put("b", all("{\"GPP_A\":{\"value\":\"x\",\"colour\":1}}")).status())
                .isEqualTo(400);
        assertThat(put("-b", all("{}")).status()).isEqualTo(400);
    }

    @Test
    void secrets_are_masked_kept_when_they_come_back_masked_and_lie_sealed() throws IOException {
        put("secret", all("{\"Password_1_\":\"canary-4711\",\"GPP_A\":\"one\"}"));
        assertThat(rest.get(PROFILES + "/secret").toString())
                .contains("\"Password_1_\":\"***\"")
                .doesNotContain("canary");
        Rest.Answer again = put("secret", all("{\"Password_1_\":\"***\",\"GPP_A\":\"two\"}"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(rest.get(PROFILES + "/secret/diff").get("keys"))
                .extracting(key -> key.get("key").asText())
                .containsExactly("GPP_A");
        assertThat(put("other", all("{\"Password_1_\":\"***\"}")).status()).isEqualTo(400);
        put("secret", all("{\"Password_1_\":\"canary-4712\",\"GPP_A\":\"two\"}"));
        JsonNode diff = rest.get(PROFILES + "/secret/diff");
        assertThat(diff.get("keys")).hasSize(1);
        assertThat(diff.toString()).doesNotContain("canary");
        assertThat(rest.get("/api/v1/audit?subject=secret").toString()).doesNotContain("canary");
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("canary-471");
            }
        }
    }

    @Test
    void a_preview_tells_which_phones_would_change_which_keys_and_changes_nothing() {
        String device = "{\"oui\":\"00562B\",\"productClass\":\"CP-8851-3PCC\",\"serial\":\"FCH%d\",\"site\":\"%s\"}";
        for (int i = 1; i <= 3; i++) {
            Rest.Answer announced = rest.call(
                    "POST", "/api/v1/devices", String.format(Locale.ROOT, device, i, i == 3 ? "lyon" : "paris"));
            assertThat(announced.status()).as("%s", announced.body()).isEqualTo(201);
        }
        put("base", all("{\"GPP_A\":\"all\",\"GPP_B\":\"all\"}"));
        String paris =
                "{\"scope\":{\"kind\":\"site\",\"value\":\"paris\"},\"values\":{\"GPP_A\":\"paris\",\"GPP_B\":\"all\","
                        + "\"GPP_C\":\"${device.serial}\"}}";
        JsonNode preview = rest.call("POST", PROFILES + "/paris/preview", paris).body();
        assertThat(preview.get("phones").asInt()).isEqualTo(3);
        assertThat(preview.get("changed").asInt()).isEqualTo(2);
        assertThat(preview.get("items").get(0).get("keys").toString()).isEqualTo("[\"GPP_A\",\"GPP_C\"]");
        assertThat(rest.status(PROFILES + "/paris")).isEqualTo(404);
        put("paris", paris);
        assertThat(rest.call("POST", PROFILES + "/paris/preview", paris)
                        .body()
                        .get("changed")
                        .asInt())
                .isZero();
    }

    @Test
    void a_viewer_reads_layers_and_writes_none() {
        put("base", all("{\"GPP_A\":\"x\"}"));
        String password = ServerProcess.ADMIN_PASSWORD;
        rest.call(
                "POST", "/api/v1/users", "{\"name\":\"eve\",\"password\":\"" + password + "-1\",\"role\":\"viewer\"}");
        new Rest(server.port("web"), "eve", password + "-1")
                .call(
                        "POST",
                        "/api/v1/users/me/password",
                        "{\"old\":\"" + password + "-1\",\"new\":\"" + password + "\"}");
        Rest eve = new Rest(server.port("web"), "eve", password);
        assertThat(eve.status(PROFILES + "/base")).isEqualTo(200);
        assertThat(eve.call("PUT", PROFILES + "/base", all("{}")).status()).isEqualTo(403);
        assertThat(eve.call("DELETE", PROFILES + "/base", "").status()).isEqualTo(403);
    }
}
