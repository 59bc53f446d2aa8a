package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with files over the API. */
class FilesIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FIRMWARE = "?type=1%20Firmware%20Upgrade%20Image";

    @TempDir
    private Path directory;

    private LocalServer server;

    @BeforeEach
    void start() {
        server = new LocalServer(directory.resolve("data"), "files.limit", "1", "files.total.limit", "2");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> call(String user, String method, String path, byte[] body) throws Exception {
        String login = user + ":" + ServerProcess.ADMIN_PASSWORD;
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + path))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                        .method(
                                method,
                                body.length < 1000
                                        ? HttpRequest.BodyPublishers.ofByteArray(body)
                                        : HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> call(String method, String path, byte[] body) throws Exception {
        return call("admin", method, path, body);
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    private List<Path> kept() throws Exception {
        try (Stream<Path> all = Files.walk(directory.resolve("data/files"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_file_is_brought_listed_described_fetched_and_deleted() throws Exception {
        byte[] image = "firmware".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        HttpResponse<byte[]> brought = call(
                "PUT",
                "/api/v1/files/sip88xx.12-0-1.loads" + FIRMWARE + "&version=12.0.1&models=CP-8851-3PCC,CP-8841-3PCC",
                image);
        assertThat(brought.statusCode()).isEqualTo(201);
        assertThat(brought.headers().firstValue("location")).contains("/api/v1/files/sip88xx.12-0-1.loads");
        JsonNode file = json(call("GET", "/api/v1/files/sip88xx.12-0-1.loads", new byte[0]));
        assertThat(file.get("size").asLong()).isEqualTo(image.length);
        assertThat(file.get("version").asText()).isEqualTo("12.0.1");
        assertThat(file.get("models")).extracting(JsonNode::asText).containsExactly("CP-8851-3PCC", "CP-8841-3PCC");
        assertThat(file.get("origin").asText()).isEqualTo("operator");
        assertThat(file.get("secrets").asBoolean()).isFalse();
        assertThat(file.get("createdBy").asText()).isEqualTo("user:admin");
        assertThat(json(call("GET", "/api/v1/files?q=SIP88", new byte[0])).get("items"))
                .hasSize(1);
        assertThat(json(call("GET", "/api/v1/files?origin=phone", new byte[0])).get("items"))
                .isEmpty();
        HttpResponse<byte[]> fetched = call("GET", "/api/v1/files/sip88xx.12-0-1.loads/content", new byte[0]);
        assertThat(fetched.body()).isEqualTo(image);
        assertThat(fetched.headers().firstValue("content-length")).contains(Integer.toString(image.length));
        assertThat(fetched.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"sip88xx.12-0-1.loads\"");
        assertThat(fetched.headers().firstValue("x-content-type-options")).contains("nosniff");
        JsonNode offered = json(call(
                "PATCH",
                "/api/v1/files/sip88xx.12-0-1.loads",
                "{\"offered\":true,\"version\":\"12.0.2\"}".getBytes(StandardCharsets.US_ASCII)));
        assertThat(offered.get("offered").asBoolean()).isTrue();
        assertThat(offered.get("models")).hasSize(2);
        assertThat(kept()).singleElement().satisfies(path -> assertThat(
                        path.getFileName().toString())
                .isEqualTo(file.get("sha256").asText()));
        assertThat(call("DELETE", "/api/v1/files/sip88xx.12-0-1.loads", new byte[0])
                        .statusCode())
                .isEqualTo(204);
        assertThat(kept()).isEmpty();
        assertThat(call("GET", "/api/v1/files/sip88xx.12-0-1.loads", new byte[0])
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.rest()
                        .get("/api/v1/audit?subject=sip88xx.12-0-1.loads")
                        .get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("file.delete", "file.describe", "file.bring");
    }

    @Test
    void a_file_of_the_same_name_takes_the_others_place_and_equal_bytes_are_kept_once() throws Exception {
        assertThat(call("PUT", "/api/v1/files/a.bin" + FIRMWARE, new byte[] {1}).statusCode())
                .isEqualTo(201);
        assertThat(call("PUT", "/api/v1/files/b.bin" + FIRMWARE, new byte[] {1}).statusCode())
                .isEqualTo(201);
        assertThat(kept()).hasSize(1);
        assertThat(call("PUT", "/api/v1/files/a.bin" + FIRMWARE, new byte[] {2}).statusCode())
                .isEqualTo(200);
        assertThat(kept()).hasSize(2);
        assertThat(call("GET", "/api/v1/files/a.bin/content", new byte[0]).body())
                .containsExactly(2);
        assertThat(call("GET", "/api/v1/files/b.bin/content", new byte[0]).body())
                .containsExactly(1);
    }

    @Test
    void what_is_too_long_or_has_no_room_is_refused_and_leaves_nothing() throws Exception {
        byte[] tooLong = new byte[(1 << 20) + 1];
        HttpResponse<byte[]> refused = call("PUT", "/api/v1/files/a.bin" + FIRMWARE, tooLong);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(kept()).isEmpty();
        byte[] longest = new byte[1 << 20];
        for (byte i = 0; i < 2; i++) {
            longest[0] = i;
            assertThat(call("PUT", "/api/v1/files/f" + i + FIRMWARE, longest).statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<byte[]> full = call("PUT", "/api/v1/files/f3" + FIRMWARE, new byte[] {3});
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(json(full).get("detail").asText()).contains("delete some, or set files.total.limit higher");
        assertThat(kept()).hasSize(2);
        assertThat(call("DELETE", "/api/v1/files/f0", new byte[0]).statusCode()).isEqualTo(204);
        assertThat(call("PUT", "/api/v1/files/f3" + FIRMWARE, new byte[] {3}).statusCode())
                .isEqualTo(201);
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_sentence() throws Exception {
        assertThat(json(call("PUT", "/api/v1/files/a.bin", new byte[] {1}))
                        .get("detail")
                        .asText())
                .contains("the type is missing; allowed: 1 Firmware Upgrade Image");
        assertThat(json(call("PUT", "/api/v1/files/a.bin?type=Firmware", new byte[] {1}))
                        .get("detail")
                        .asText())
                .contains("the type is 'Firmware'; allowed");
        for (String name : List.of(".hidden", "a%20b", "%2e%2e%2fetc%2fpasswd", "a%5cb", "x".repeat(101))) {
            int status = call("PUT", "/api/v1/files/" + name + FIRMWARE, new byte[] {1})
                    .statusCode();
            assertThat(status).as(name).isIn(400, 404);
        }
        assertThat(call("GET", "/api/v1/files/..%2f..%2fkeys/content", new byte[0])
                        .statusCode())
                .isIn(400, 404);
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_viewer_may_list_files_but_neither_bring_nor_fetch_them() throws Exception {
        call("PUT", "/api/v1/files/conf.xml?type=3%20Vendor%20Configuration%20File", new byte[] {1});
        assertThat(json(call("GET", "/api/v1/files/conf.xml", new byte[0]))
                        .get("secrets")
                        .asBoolean())
                .isTrue();
        server.rest()
                .call(
                        "POST",
                        "/api/v1/users",
                        "{\"name\":\"eve\",\"password\":\"" + ServerProcess.ADMIN_PASSWORD
                                + "-1\",\"role\":\"viewer\"}");
        String login = "eve:" + ServerProcess.ADMIN_PASSWORD + "-1";
        Rest eve = new Rest(server.port("web"), "eve", ServerProcess.ADMIN_PASSWORD + "-1");
        eve.call(
                "POST",
                "/api/v1/users/me/password",
                "{\"old\":\"" + login.substring(4) + "\",\"new\":\"" + ServerProcess.ADMIN_PASSWORD + "\"}");
        assertThat(call("eve", "GET", "/api/v1/files", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(call("eve", "PUT", "/api/v1/files/a.bin" + FIRMWARE, new byte[] {1})
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("eve", "GET", "/api/v1/files/conf.xml/content", new byte[0])
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("eve", "DELETE", "/api/v1/files/conf.xml", new byte[0]).statusCode())
                .isEqualTo(403);
        assertThat(call("GET", "/api/v1/files/conf.xml/content", new byte[0]).body())
                .containsExactly(1);
        assertThat(server.rest().get("/api/v1/audit?subject=conf.xml").get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("file.read", "file.bring");
    }
}
