package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API as a script meets it, over HTTP. */
class RestIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ADMIN = basic("admin", "correct-horse-battery");

    @TempDir
    static Path directory;

    private static CarillonServer server;
    private static String base;

    @BeforeAll
    static void start() throws IOException {
        ConfigReader reader = new ConfigReader(ConfigSources.of(
                Map.of(
                        "data.dir", directory.resolve("data").toString(),
                        "cwmp.http.port", "0",
                        "cwmp.https.port", "-1",
                        "stun.port", "-1",
                        "files.http.port", "-1",
                        "files.https.port", "-1",
                        "files.tftp.port", "-1",
                        "web.port", "0",
                        "admin.password", "correct-horse-battery"),
                Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        server = new CarillonServer(config, InstantSource.system());
        server.welcome(false);
        server.start();
        JsonNode ports = JSON.readTree(directory.resolve("data/ports.json").toFile());
        base = "http://127.0.0.1:" + ports.get("web").asInt();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Answer(HttpResponse<String> response, JsonNode json) {
        int status() {
            return response.statusCode();
        }

        String detail() {
            return json.path("detail").asText();
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        boolean authorized = false;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            authorized |= headers[i].equals("Authorization");
        }
        if (!authorized) {
            request.header("Authorization", ADMIN);
        }
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("content-type").orElse("");
            return new Answer(response, type.contains("json") ? JSON.readTree(response.body()) : JSON.nullNode());
        } catch (IOException failed) {
            throw new AssertionError(method + " " + path, failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String announce(String serial) {
        Answer made = call(
                "POST",
                "/api/v1/devices",
                "{\"oui\":\"00562B\",\"productClass\":\"CP-8851-3PCC\",\"serial\":\"" + serial + "\"}");
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("id").asText();
    }

    @Test
    void an_announced_device_is_found_by_each_writing_of_its_id() {
        String id = announce("FCH2133E8B9");
        assertThat(id).isEqualTo("00562B-CP%2D8851%2D3PCC-FCH2133E8B9");
        for (String path : Set.of(id, id.replace("%", "%25"), "00562B-CP-8851-3PCC-FCH2133E8B9")) {
            Answer found = call("GET", "/api/v1/devices/" + path, "");
            assertThat(found.status()).as(path).isEqualTo(200);
            assertThat(found.json().get("id").asText()).isEqualTo(id);
            assertThat(found.json().get("state").asText()).isEqualTo("announced");
            assertThat(found.json().get("late").asBoolean()).isFalse();
            assertThat(found.json().get("pendingRpcs").asInt()).isZero();
        }
    }

    @Test
    void a_decoded_id_that_fits_several_is_a_conflict_with_the_candidates() {
        call("POST", "/api/v1/devices", "{\"id\":\"00562B-A%2DB-C\"}");
        call("POST", "/api/v1/devices", "{\"id\":\"00562B-A-B%2DC\"}");
        Answer answer = call("GET", "/api/v1/devices/00562B-A-B-C", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.json().get("candidates"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("00562B-A%2DB-C", "00562B-A-B%2DC");
    }

    @Test
    void many_are_announced_by_csv_all_or_none_and_listed_page_by_page() {
        Answer made = call(
                "POST",
                "/api/v1/devices",
                "oui,productClass,serial,label,site,tags\n00562B,CP-7832-3PCC,CSV001,lobby,paris,a b\n"
                        + "00562B,CP-7832-3PCC,CSV002,\"desk, north\",paris,\n00562B,CP-7832-3PCC,CSV003,,paris,\n",
                "Content-Type",
                "text/csv");
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        assertThat(made.json().get("items")).hasSize(3);
        assertThat(made.json().get("items").get(1).get("label").asText()).isEqualTo("desk, north");

        Answer again = call(
                "POST",
                "/api/v1/devices",
                "oui,productClass,serial\n00562B,CP-7832-3PCC,CSV009\n00562B,CP-7832-3PCC,CSV002\n",
                "Content-Type",
                "text/csv");
        assertThat(again.status()).isEqualTo(409);
        assertThat(call("GET", "/api/v1/devices/00562B-CP-7832-3PCC-CSV009", "").status())
                .isEqualTo(404);

        Set<String> serials = new HashSet<>();
        String cursor = "";
        for (int pages = 0; pages < 3; pages++) {
            Answer page = call("GET", "/api/v1/devices?site=paris&limit=1" + cursor, "");
            assertThat(page.json().get("total").asInt()).isEqualTo(3);
            serials.add(page.json().get("items").get(0).get("serial").asText());
            cursor = page.json().has("next")
                    ? "&cursor=" + page.json().get("next").asText()
                    : "";
        }
        assertThat(serials).containsExactlyInAnyOrder("CSV001", "CSV002", "CSV003");
        assertThat(cursor).isEmpty();
    }

    @Test
    void an_rpc_is_queued_once_for_each_idempotency_key() {
        String path = "/api/v1/devices/" + announce("IDEM1") + "/rpcs";
        String body = "{\"method\":\"GetParameterValues\",\"arguments\":{\"paths\":[\"Device.\"]}}";
        Answer first = call("POST", path, body, "Idempotency-Key", "one");
        Answer second = call("POST", path, body, "Idempotency-Key", "one");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.response().headers().firstValue("location").orElse(""))
                .endsWith("/api/v1/rpcs/" + first.json().get("id").asText());
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(call("GET", path, "").json().get("items")).hasSize(1);
        assertThat(call("POST", path, body.replace("Device.", "Device.LAN."), "Idempotency-Key", "one")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void unknown_fields_methods_and_arguments_are_refused_by_name() {
        String path = "/api/v1/devices/" + announce("BAD1") + "/rpcs";
        Answer field = call("POST", path, "{\"methd\":\"Reboot\"}");
        assertThat(field.status()).isEqualTo(400);
        assertThat(field.detail()).contains("'methd'").contains("did you mean 'method'");
        Answer method = call("POST", path, "{\"method\":\"Teleport\",\"arguments\":{}}");
        assertThat(method.status()).isEqualTo(400);
        assertThat(method.detail()).contains("'Teleport'").contains("GetRPCMethods");
        Answer arguments = call("POST", path, "{\"method\":\"AddObject\",\"arguments\":{\"object\":\"Device.X\"}}");
        assertThat(arguments.status()).isEqualTo(400);
        assertThat(arguments.detail()).contains("Device.X");
        assertThat(call("POST", path, "{\"method\":").status()).isEqualTo(400);
        assertThat(call("POST", path, "").status()).isEqualTo(400);
        assertThat(call("GET", path + "?limit=zero", "").detail()).contains("'zero'");
        assertThat(call("GET", path + "?cursor=%21", "").status()).isEqualTo(400);
    }

    @Test
    @Tag("CWMP-195")
    void secrets_in_arguments_are_masked() {
        String path = "/api/v1/devices/" + announce("MASK1") + "/rpcs";
        Answer queued = call(
                "POST",
                path,
                "{\"method\":\"SetParameterValues\",\"arguments\":{\"values\":[{\"path\":"
                        + "\"Device.ManagementServer.Password\",\"value\":\"tower-bell\"}]}}");
        assertThat(queued.status()).isEqualTo(201);
        assertThat(queued.response().body()).doesNotContain("tower-bell").contains("***");
        assertThat(call("GET", path, "").response().body()).doesNotContain("tower-bell");
        assertThat(call("GET", "/api/v1/audit", "").response().body()).doesNotContain("tower-bell");
    }

    @Test
    void a_wait_ends_when_the_rpc_does_and_not_before() throws Exception {
        String path = "/api/v1/devices/" + announce("WAIT1") + "/rpcs";
        String id =
                call("POST", path, "{\"method\":\"Reboot\"}").json().get("id").asText();
        Answer impatient = call("GET", "/api/v1/rpcs/" + id + "?wait=100ms", "");
        assertThat(impatient.json().get("state").asText()).isEqualTo("queued");
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> call("GET", "/api/v1/rpcs/" + id + "?wait=25s", ""));
        assertThat(call("DELETE", "/api/v1/rpcs/" + id, "").json().get("state").asText())
                .isEqualTo("cancelled");
        assertThat(waiting.get().json().get("state").asText()).isEqualTo("cancelled");
        assertThat(call("DELETE", "/api/v1/rpcs/" + id, "").status()).isEqualTo(409);
    }

    @Test
    void nobody_gets_in_without_proof_and_a_token_has_its_role() {
        assertThat(call("GET", "/api/v1/devices", "", "Authorization", "Bearer nonsense-nonsense-nonsense")
                        .status())
                .isEqualTo(401);
        assertThat(call("GET", "/api/v1/devices", "", "Authorization", basic("admin", "wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(call("GET", "/api/v1/devices?access_token=abc", "").status()).isEqualTo(400);

        Answer made = call("POST", "/api/v1/tokens", "{\"label\":\"reader\",\"role\":\"viewer\",\"expiresIn\":\"1h\"}");
        assertThat(made.status()).isEqualTo(201);
        String bearer = "Bearer " + made.json().get("token").asText();
        String device = announce("ROLE1");
        assertThat(call("GET", "/api/v1/devices/" + device, "", "Authorization", bearer)
                        .status())
                .isEqualTo(200);
        Answer refused =
                call("POST", "/api/v1/devices/" + device + "/rpcs", "{\"method\":\"Reboot\"}", "Authorization", bearer);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("operator");
        assertThat(call("GET", "/api/v1/tokens", "").response().body())
                .doesNotContain(made.json().get("token").asText());
        call("DELETE", "/api/v1/tokens/" + made.json().get("id").asText(), "");
        assertThat(call("GET", "/api/v1/devices", "", "Authorization", bearer).status())
                .isEqualTo(401);
    }

    @Test
    void a_new_user_must_change_the_password_before_anything_else() {
        assertThat(call(
                                "POST",
                                "/api/v1/users",
                                "{\"name\":\"vera\",\"password\":\"first-password\",\"role\":\"operator\"}")
                        .status())
                .isEqualTo(201);
        String first = basic("vera", "first-password");
        assertThat(call("GET", "/api/v1/devices", "", "Authorization", first).status())
                .isEqualTo(403);
        assertThat(call(
                                "POST",
                                "/api/v1/users/me/password",
                                "{\"old\":\"first-password\",\"new\":\"second-password\"}",
                                "Authorization",
                                first)
                        .status())
                .isEqualTo(204);
        assertThat(call("GET", "/api/v1/devices", "", "Authorization", basic("vera", "second-password"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_device_is_changed_and_deleted_and_both_are_in_the_audit_log() {
        String id = announce("LIFE1");
        Answer changed = call("PATCH", "/api/v1/devices/" + id, "{\"label\":\"reception\",\"tags\":[\"vip\"]}");
        assertThat(changed.json().get("label").asText()).isEqualTo("reception");
        assertThat(call("GET", "/api/v1/devices?q=recep", "").json().get("items"))
                .extracting(found -> found.get("id").asText())
                .contains(id);
        assertThat(call("PATCH", "/api/v1/devices/" + id, "{\"state\":\"waiting\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call("DELETE", "/api/v1/devices/" + id, "").status()).isEqualTo(204);
        assertThat(call("GET", "/api/v1/devices/" + id, "").status()).isEqualTo(404);
        JsonNode audit = call("GET", "/api/v1/audit?subject=" + id.replace("%", "%25"), "")
                .json()
                .get("items");
        assertThat(audit)
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("device.delete", "device.change", "device.announce");
        assertThat(audit.get(1).get("after").get("label").asText()).isEqualTo("reception");
    }

    @Test
    void an_oversize_body_is_refused_and_the_next_request_is_served() {
        String body = "[" + " ".repeat(9 << 20) + "]";
        for (int i = 0; i < 20; i++) {
            Answer large = call("POST", "/api/v1/devices", body);
            assertThat(large.status()).isEqualTo(413);
            assertThat(large.detail()).contains("9437186 bytes");
        }
        await().until(() -> call("GET", "/api/v1/devices?limit=1", "").status() == 200);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,https://evil.example", "Origin,null"})
    void a_page_of_another_site_writes_nothing_with_the_password_that_the_browser_keeps(String header, String value) {
        String body = "{\"name\":\"evil\",\"role\":\"administrator\",\"password\":\"long enough to be one\"}";
        Answer refused = call("POST", "/api/v1/users", body, header, value, "Content-Type", "text/plain");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asText()).contains("another site");
        assertThat(call("GET", "/api/v1/users", "", header, value).response().body())
                .doesNotContain("evil");
    }

    @Test
    void a_page_of_this_server_may_write() {
        Answer wrong = call(
                "POST", "/api/v1/users", "{}", "Sec-Fetch-Site", "same-origin", "Content-Type", "application/json");
        assertThat(wrong.status()).isEqualTo(400);
        String own = base.replaceFirst("/$", "");
        assertThat(call("POST", "/api/v1/users", "{}", "Origin", own, "Content-Type", "application/json")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void what_a_dhcp_server_has_to_say_is_told_as_octets_and_as_text() {
        Answer answer = call(
                "GET",
                "/api/v1/discovery/dhcp?format=dnsmasq&acsUrl=https://acs.example.com/cwmp&tftpServer=10.0.0.5",
                "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/options/0/code").asInt()).isEqualTo(43);
        assertThat(answer.json().at("/options/0/hex").asText())
                .isEqualTo("2b1e011c68747470733a2f2f6163732e6578616d706c652e636f6d2f63776d70");
        assertThat(answer.json().get("text").asText()).contains("dhcp-option=150,10.0.0.5");
        Answer without = call("GET", "/api/v1/discovery/dhcp?format=hex", "");
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().get("detail").asText()).contains("acsUrl is missing");
        Answer odd = call("GET", "/api/v1/discovery/dhcp?format=bind&acsUrl=https://acs.example.com/", "");
        assertThat(odd.json().get("detail").asText()).contains("'bind'").contains("mikrotik");
    }

    @Test
    void the_description_names_every_resource_of_the_contract() {
        Answer description = call("GET", "/api/openapi.json", "");
        assertThat(description.status()).isEqualTo(200);
        Set<String> paths = new HashSet<>();
        description.json().get("paths").fieldNames().forEachRemaining(paths::add);
        assertThat(paths)
                .contains(
                        "/api/v1/devices",
                        "/api/v1/devices/{id}",
                        "/api/v1/devices/{id}/parameters",
                        "/api/v1/devices/{id}/rpcs",
                        "/api/v1/devices/{id}/claims",
                        "/api/v1/devices/{id}/connection-requests",
                        "/api/v1/devices/{id}/events",
                        "/api/v1/devices/{id}/sessions",
                        "/api/v1/sessions/{id}",
                        "/api/v1/rpcs/{id}",
                        "/api/v1/users",
                        "/api/v1/tokens",
                        "/api/v1/audit",
                        "/api/v1/discovery/dhcp");
        assertThat(description
                        .json()
                        .at("/components/schemas/Rpc/properties/state")
                        .isMissingNode())
                .isFalse();
        Answer page = call("GET", "/api/docs", "");
        assertThat(page.response().headers().firstValue("content-type").orElse(""))
                .startsWith("text/html");
        assertThat(page.response().body()).contains("/api/v1/devices/{id}/rpcs");
        assertThat(call("GET", "/api/v1/nothing", "").status()).isEqualTo(404);
        assertThat(call("PUT", "/api/v1/devices", "{}").status()).isEqualTo(405);
    }
}
