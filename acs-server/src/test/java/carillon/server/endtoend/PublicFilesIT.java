package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Public files by name over HTTP, HTTPS and TFTP, fetched with curl, tftp and atftp. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicFilesIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String PHONE = "Cisco-CP-8841-3PCC/12.0.7 (00562b043615)";
    private static final String IMAGE = "?type=1%20Firmware%20Upgrade%20Image";
    private static final byte[] FIRMWARE = octets(300_001);

    private Path directory;
    private LocalServer server;

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        directory = given;
        server = new LocalServer(directory.resolve("data"));
        assertThat(api("PUT", "sip88xx.12-0-7.loads" + IMAGE + "&public=true", FIRMWARE)
                        .statusCode())
                .isEqualTo(201);
        assertThat(api("PUT", "blocks.bin" + IMAGE + "&public=true", octets(512 * 40))
                        .statusCode())
                .isEqualTo(201);
        assertThat(api("PUT", "closed.loads" + IMAGE, octets(77)).statusCode()).isEqualTo(201);
        assertThat(api("PUT", "phone.cfg?type=3%20Vendor%20Configuration%20File", octets(88))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> api(String method, String file, byte[] body) throws Exception {
        String login = "admin:" + ServerProcess.ADMIN_PASSWORD;
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/api/v1/files/" + file))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private String http(String path) {
        return "http://127.0.0.1:" + server.port("files.http") + path;
    }

    private Tool run(String... command) throws Exception {
        return Tool.run(directory, command);
    }

    private byte[] got(String name) throws Exception {
        return Files.readAllBytes(directory.resolve(name));
    }

    @Test
    void a_file_is_public_only_where_somebody_says_so() throws Exception {
        JsonNode said = new ObjectMapper()
                .readTree(api("GET", "sip88xx.12-0-7.loads", new byte[0]).body());
        assertThat(said.path("public").asBoolean()).isTrue();
        assertThat(run("curl", "-sf", http("/files/closed.loads")).exit()).isEqualTo(22);
        api("PATCH", "closed.loads", "{\"public\":true}".getBytes(StandardCharsets.UTF_8));
        assertThat(run("curl", "-sf", http("/files/closed.loads")).output()).hasSize(77);
        api("PATCH", "closed.loads", "{\"public\":false}".getBytes(StandardCharsets.UTF_8));
        assertThat(run("curl", "-sf", http("/files/closed.loads")).exit()).isEqualTo(22);
    }

    @Test
    void what_may_hold_secrets_cannot_be_public() throws Exception {
        HttpResponse<byte[]> refused =
                api("PATCH", "phone.cfg", "{\"public\":true,\"secrets\":false}".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("a file of the type 3 Vendor Configuration File may hold secrets and cannot be public");
        refused = api("PATCH", "closed.loads", "{\"public\":true,\"secrets\":true}".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("say secrets=false if it holds none");
        assertThat(run("curl", "-sf", http("/files/phone.cfg")).exit()).isEqualTo(22);
    }

    @Test
    void curl_fetches_whole_files_and_pieces_over_http_and_https() throws Exception {
        assertThat(run("curl", "-sfo", "whole", http("/files/sip88xx.12-0-7.loads"))
                        .exit())
                .isZero();
        assertThat(got("whole")).isEqualTo(FIRMWARE);
        assertThat(run("curl", "-sfo", "root", http("/sip88xx.12-0-7.loads")).exit())
                .isZero();
        assertThat(got("root")).isEqualTo(FIRMWARE);
        String https = "https://127.0.0.1:" + server.port("files.https") + "/files/sip88xx.12-0-7.loads";
        assertThat(run("curl", "-sfo", "tls", "--cacert", "data/tls/ca.pem", https)
                        .exit())
                .isZero();
        assertThat(got("tls")).isEqualTo(FIRMWARE);
        assertThat(run("curl", "-sfo", "piece", "-r", "1000-1999", http("/files/sip88xx.12-0-7.loads"))
                        .exit())
                .isZero();
        assertThat(got("piece")).isEqualTo(java.util.Arrays.copyOfRange(FIRMWARE, 1000, 2000));
        assertThat(run("curl", "-sI", http("/files/sip88xx.12-0-7.loads")).output())
                .contains("200 OK")
                .containsIgnoringCase("Content-Length: 300001")
                .containsIgnoringCase("Accept-Ranges: bytes")
                .containsIgnoringCase("nosniff");
        assertThat(run("curl", "-s", "-0", "-I", http("/files/sip88xx.12-0-7.loads"))
                        .output())
                .containsIgnoringCase("Content-Length: 300001");
    }

    @Test
    void others_are_told_304_and_phones_never() throws Exception {
        String head = run("curl", "-sI", http("/files/blocks.bin")).output();
        String tag = head.lines()
                .filter(line -> line.regionMatches(true, 0, "ETag: ", 0, 6))
                .map(line -> line.substring(6).strip())
                .findFirst()
                .orElseThrow();
        assertThat(tag).startsWith("\"").doesNotStartWith("W/");
        String condition = "If-None-Match: " + tag;
        assertThat(run("curl", "-sI", "-H", condition, http("/files/blocks.bin"))
                        .output())
                .contains("304");
        assertThat(run("curl", "-sI", "-A", PHONE, "-H", condition, http("/files/blocks.bin"))
                        .output())
                .contains("200 OK")
                .doesNotContainIgnoringCase("ETag");
        assertThat(run(
                                "curl",
                                "-sI",
                                "-A",
                                PHONE,
                                "-H",
                                "If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT",
                                http("/files/blocks.bin"))
                        .output())
                .contains("200 OK");
    }

    @Test
    void tftp_and_atftp_fetch_with_and_without_options() throws Exception {
        String port = String.valueOf(server.port("files.tftp"));
        assertThat(run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "files/sip88xx.12-0-7.loads", "hpa")
                        .exit())
                .isZero();
        assertThat(got("hpa")).isEqualTo(FIRMWARE);
        assertThat(run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "/blocks.bin", "hpa2")
                        .exit())
                .isZero();
        assertThat(got("hpa2")).as("a file of whole blocks").isEqualTo(octets(512 * 40));
        for (List<String> options : List.<List<String>>of(
                List.of(),
                List.of("--option", "blksize 1428", "--option", "tsize 0", "--option", "timeout 3"),
                List.of("--option", "blksize 8"),
                List.of("--option", "windowsize 16", "--option", "blksize 1024"),
                List.of("--option", "blksize 65464", "--option", "multicast"))) {
            List<String> command = new java.util.ArrayList<>(List.of("atftp"));
            command.addAll(options);
            command.addAll(List.of("-g", "-r", "sip88xx.12-0-7.loads", "-l", "atftp", "127.0.0.1", port));
            Files.deleteIfExists(directory.resolve("atftp"));
            Tool ended = run(command.toArray(String[]::new));
            assertThat(ended.exit()).as("%s: %s", options, ended.output()).isZero();
            assertThat(got("atftp")).as(options.toString()).isEqualTo(FIRMWARE);
        }
    }

    @Test
    void tftp_neither_writes_nor_finds_what_is_not_public() throws Exception {
        String port = String.valueOf(server.port("files.tftp"));
        Files.write(directory.resolve("evil"), octets(10));
        assertThat(run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "put", "evil")
                        .output())
                .contains("read only");
        assertThat(run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "closed.loads")
                        .output())
                .contains("not found");
        for (String name : List.of(
                "../data/ports.json",
                "/../../etc/passwd",
                "files/../../ports.json",
                "..\\..\\etc\\passwd",
                "/etc/passwd",
                "files//blocks.bin",
                "./blocks.bin",
                "%2e%2e/ports.json",
                "phone.cfg",
                "files/")) {
            assertThat(run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", name, "out")
                            .output())
                    .as(name)
                    .contains("not found");
        }
    }

    @Test
    void no_spelling_of_a_path_leads_out() throws Exception {
        for (String path : List.of(
                "/../data/ports.json",
                "/files/../../ports.json",
                "/files/..%2f..%2fports.json",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/files/%252e%252e%252fports.json",
                "/..%5c..%5cports.json",
                "/..%c0%af..%c0%afetc/passwd",
                "/%c0%ae%c0%ae/ports.json",
                "/files/blocks.bin%00.txt",
                "/files/;/../ports.json",
                "/files//blocks.bin",
                "/files/./closed.loads",
                "//127.0.0.1/ports.json",
                "/files/blocks.bin/",
                "/files/",
                "/files",
                "/")) {
            Tool asked = run("curl", "-s", "--path-as-is", "-o", "out", "-w", "%{http_code}", http(path));
            assertThat(asked.output()).as(path).isIn("400", "404");
        }
        assertThat(run("curl", "-s", "-o", "out", "-w", "%{http_code}", http("/files/%62locks.bin"))
                        .output())
                .as("an honest spelling")
                .isEqualTo("200");
    }

    @Test
    void what_is_not_there_is_404_with_a_length_whatever_the_method() throws Exception {
        assertThat(run("curl", "-sI", http("/files/nothing")).output())
                .contains("404")
                .containsIgnoringCase("Content-Length: ");
        assertThat(run("curl", "-s", "-d", "x", "-w", "%{http_code}", "-o", "out", http("/files/nothing"))
                        .output())
                .isEqualTo("404");
        Files.write(directory.resolve("written"), octets(10));
        assertThat(run("curl", "-s", "-T", "written", "-w", "%{http_code}", "-o", "out", http("/files/blocks.bin"))
                        .output())
                .isEqualTo("404");
        assertThat(run("curl", "-s", http("/files/blocks.bin")).output()).hasSize(512 * 40);
    }
}
