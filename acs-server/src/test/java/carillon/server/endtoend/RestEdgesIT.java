package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd names, misspelt queries, requests that are sent twice: the edges of the REST API. */
class RestEdgesIT {
    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Rest rest;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory);
        rest = server.rest();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String announce(String serial) {
        Rest.Answer made = rest.call(
                "POST",
                "/api/v1/devices",
                "{\"oui\":\"00562B\",\"productClass\":\"CP 7\",\"serial\":\"" + serial.replace("\\", "\\\\") + "\"}");
        assertThat(made.status()).as(serial).isEqualTo(201);
        return made.body().get("id").asText();
    }

    private static String inPath(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A/B", "50%", "A%B", "A%2FB", "A+B", "A B", "A.B", "..", "Gerät-Ü", "A\\B", "A;B", "A?B#C", "鐘"})
    void a_device_is_found_by_its_id_as_it_is_printed_decoded_and_encoded_once_more(String serial) {
        String id = announce(serial);
        String decoded = new DeviceId("00562B", "CP 7", serial).decoded();
        for (String path : List.of(id, inPath(decoded), inPath(id))) {
            Rest.Answer found = rest.call("GET", "/api/v1/devices/" + path, "");
            assertThat(found.status()).as(path + " " + found.body()).isEqualTo(200);
            assertThat(found.body().get("id").asText()).as(path).isEqualTo(id);
            assertThat(rest.status("/api/v1/devices/" + path + "/rpcs")).isEqualTo(200);
        }
        assertThat(rest.call("DELETE", "/api/v1/devices/" + id, "").status()).isEqualTo(204);
    }

    @Test
    void a_text_that_is_the_id_of_one_and_reads_like_another_is_a_conflict() {
        String dash = announce("X-Y");
        String percent = announce("X%2DY");
        Rest.Answer both = rest.call("GET", "/api/v1/devices/" + percent, "");
        assertThat(both.status()).isEqualTo(409);
        assertThat(both.body().get("candidates")).extracting(JsonNode::asText).containsExactlyInAnyOrder(dash, percent);
        assertThat(rest.get("/api/v1/devices/" + inPath(percent)).get("id").asText())
                .isEqualTo(percent);
        assertThat(rest.get("/api/v1/devices/" + dash).get("id").asText()).isEqualTo(dash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A%00B", "A%zzB", "A%", "%FF%FE", "%C3%28"})
    void a_path_that_cannot_be_decoded_is_a_problem_document(String name) throws IOException {
        String answer = raw("web", "GET /api/v1/devices/" + name + " HTTP/1.1");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"status\":400");
    }

    @ParameterizedTest
    @CsvSource({"cwmp.http,/a%2Fb", "cwmp.http,/a%252Fb", "files.http,/t/a%2Fb", "files.http,/t/a%252Fb"})
    void the_listeners_of_phones_take_no_such_path(String listener, String path) throws IOException {
        assertThat(raw(listener, "GET " + path + " HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("text/plain");
    }

    private static String raw(String listener, String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port(listener))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "devices?limti=5,limti,limit",
        "devices?stat=approved,stat,state",
        "audit?subjekt=a,subjekt,subject",
        "files?kind=x,kind,",
        "tokens?limit=5,limit,none"
    })
    void a_query_parameter_that_is_not_known_is_refused_by_name(String path, String name, String near) {
        Rest.Answer refused = rest.call("GET", "/api/v1/" + path, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("detail").asText())
                .contains("'" + name + "'")
                .contains(near == null ? "Allowed:" : near);
    }

    @Test
    void the_event_stream_takes_no_parameters() {
        Rest.Answer refused = rest.call("GET", "/api/v1/events/stream?device=x", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("detail").asText()).contains("'device'");
    }

    @Test
    void a_cursor_that_no_list_gave_out_is_refused() {
        String device = announce("CURSOR-1");
        announce("CURSOR-2");
        String next = rest.get("/api/v1/devices?limit=1").get("next").asText();
        assertThat(rest.status("/api/v1/devices?limit=1&cursor=" + next)).isEqualTo(200);
        for (String list : List.of(
                "audit",
                "devices",
                "files",
                "devices/" + device + "/rpcs",
                "devices/" + device + "/events",
                "devices/" + device + "/sessions",
                "devices/" + device + "/parameters")) {
            for (String invented : List.of("bogus", "1", "zz-zz", "-1", "Device.", inPath("' or 1=1"))) {
                Rest.Answer refused = rest.call("GET", "/api/v1/" + list + "?cursor=" + invented, "");
                assertThat(refused.status()).as(list + " " + invented).isEqualTo(400);
                assertThat(refused.body().get("detail").asText()).contains("cursor");
            }
        }
        assertThat(rest.status("/api/v1/audit?cursor=" + next))
                .as("another list's")
                .isEqualTo(400);
    }

    @Test
    void a_change_is_made_once_for_each_idempotency_key() {
        String path = "/api/v1/devices/" + announce("ONCE-1");
        String key = "Idempotency-Key";
        assertThat(rest.call("PATCH", path, "{\"label\":\"one\"}", key, "p1").status())
                .isEqualTo(200);
        assertThat(rest.call("PATCH", path, "{\"label\":\"two\"}").status()).isEqualTo(200);
        Rest.Answer again = rest.call("PATCH", path, "{\"label\":\"one\"}", key, "p1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("label").asText()).isEqualTo("two");
        assertThat(rest.call("PATCH", path, "{\"label\":\"three\"}", key, "p1").status())
                .isEqualTo(400);

        assertThat(rest.call("DELETE", path, "", key, "d1").status()).isEqualTo(204);
        assertThat(rest.call("DELETE", path, "", key, "d1").status()).isEqualTo(204);
        assertThat(rest.call("DELETE", path, "", key, "d2").status()).isEqualTo(404);
    }

    @Test
    void a_root_is_removed_once_for_each_idempotency_key() throws IOException {
        String pem = Files.readString(directory.resolve("tls/ca.pem")).replace("\n", "\\n");
        Rest.Answer added = rest.call("POST", "/api/v1/tls/client-roots", "{\"pem\":\"" + pem + "\"}");
        assertThat(added.status()).isEqualTo(201);
        String path = "/api/v1/tls/client-roots/"
                + added.body().at("/items/0/fingerprint").asText();
        assertThat(rest.call("DELETE", path, "", "Idempotency-Key", "r1").status())
                .isEqualTo(204);
        assertThat(rest.call("DELETE", path, "", "Idempotency-Key", "r1").status())
                .isEqualTo(204);
        assertThat(rest.call("DELETE", path, "").status()).isEqualTo(404);
    }

    @Test
    void a_token_is_made_once_for_each_idempotency_key() {
        String key = "Idempotency-Key";
        Rest.Answer made = rest.call("POST", "/api/v1/tokens", "{\"label\":\"once\"}", key, "t1");
        assertThat(made.status()).isEqualTo(201);
        Rest.Answer again = rest.call("POST", "/api/v1/tokens", "{\"label\":\"once\"}", key, "t1");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().get("detail").asText())
                .contains(made.body().get("id").asText());
        assertThat(rest.get("/api/v1/tokens").get("items"))
                .filteredOn(token -> token.get("label").asText().equals("once"))
                .hasSize(1);
        String token = "/api/v1/tokens/" + made.body().get("id").asText();
        assertThat(rest.call("DELETE", token, "", key, "t2").status()).isEqualTo(204);
        assertThat(rest.call("DELETE", token, "", key, "t2").status()).isEqualTo(204);
    }

    @Test
    void what_an_address_holds_is_masked_wherever_it_is_read() {
        String device = announce("URL-1");
        Rest.Answer queued = rest.call(
                "POST",
                "/api/v1/devices/" + device + "/rpcs",
                "{\"method\":\"Download\",\"arguments\":{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":"
                        + "\"https://files.test/a.loads?token=tower-bell&password=tower-bell\"}}");
        assertThat(queued.status()).as(queued.body().toString()).isEqualTo(201);
        assertThat(queued.body().at("/arguments/url").asText())
                .isEqualTo("https://files.test/a.loads?token=***&password=***");
        for (String path :
                List.of("rpcs/" + queued.body().get("id").asText(), "devices/" + device + "/rpcs", "audit")) {
            assertThat(rest.get("/api/v1/" + path).toString()).as(path).doesNotContain("tower-bell");
        }
    }
}
