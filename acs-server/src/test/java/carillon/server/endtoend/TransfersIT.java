package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way to and from phones, fetched and left with the tools that anybody has. */
class TransfersIT {
    private static final String IMAGE = "1 Firmware Upgrade Image";
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/t/[0-9A-Z]{26}/[A-Za-z0-9._+-]+");

    @TempDir
    private Path directory;

    private LocalServer server;
    private DeviceId device;
    private byte[] image;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(
                directory.resolve("data"), "public.host", "127.0.0.1", "cpe.auth", "open", "files.limit", "4");
        device = ScriptedPhone.identity(1);
        image = new byte[300_000];
        new Random(7).nextBytes(image);
        brings("sip88xx.12-0-1.loads", IMAGE, image);
        try (ScriptedPhone phone = phone()) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void brings(String name, String type, byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve(name), bytes);
        try {
            Tool put = Tool.run(
                    directory,
                    "curl",
                    "-sf",
                    "-u",
                    "admin:" + ServerProcess.ADMIN_PASSWORD,
                    "-T",
                    file.toString(),
                    "http://127.0.0.1:" + server.port("web") + "/api/v1/files/" + name + "?type="
                            + type.replace(" ", "%20"));
            assertThat(put.exit()).as(put.output()).isZero();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private ScriptedPhone phone() throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), device);
    }

    /** Queues it, lets the phone come and acknowledge it, and returns what it was asked. */
    private <T extends AcsRequest> T asked(Class<T> type, String rpc, CwmpMessage answer) throws IOException {
        assertThat(rpc).isNotEmpty();
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage said = phone.hasNothingMore();
            assertThat(said).isInstanceOf(type);
            phone.sends(answer);
            return type.cast(said);
        }
    }

    private AcsRequest.Download download(String rpc) throws IOException {
        return asked(
                AcsRequest.Download.class,
                rpc,
                new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
    }

    private AcsRequest.Upload upload(String rpc) throws IOException {
        return asked(
                AcsRequest.Upload.class, rpc, new CpeResponse.UploadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
    }

    private String queueDownload() {
        return server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"" + IMAGE + "\",\"file\":\"sip88xx.12-0-1.loads\"}");
    }

    private String queueUpload() {
        return server.rest().queue(device.encoded(), "Upload", "{\"fileType\":\"2 Vendor Log File\"}");
    }

    private void completes(String rpc, EventCode event) throws IOException {
        try (ScriptedPhone phone = phone()) {
            phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(event, rpc));
            assertThat(phone.sends(new CpeRequest.TransferComplete(
                            rpc, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))
                    .isInstanceOf(AcsResponse.TransferCompleteResponse.class);
            phone.hasNothingMore();
        }
    }

    private Tool curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "30"));
        command.addAll(List.of(arguments));
        return Tool.run(directory, command.toArray(String[]::new));
    }

    private int status(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        all.addAll(List.of(arguments));
        return Integer.parseInt(curl(all.toArray(String[]::new)).output().strip());
    }

    @Test
    @Tag("CWMP-175")
    void a_download_gets_an_address_of_its_own_that_is_good_until_its_end() throws Exception {
        String rpc = queueDownload();
        AcsRequest.Download asked = download(rpc);
        assertThat(asked.url()).matches(URL).endsWith("/sip88xx.12-0-1.loads");
        assertThat(asked.commandKey()).isEqualTo(rpc);
        assertThat(asked.fileSize()).isEqualTo(image.length);
        assertThat(asked.targetFileName()).isEqualTo("sip88xx.12-0-1.loads");
        for (int i = 0; i < 2; i++) {
            assertThat(curl("-f", "-o", "fetched", asked.url()).exit()).isZero();
            assertThat(directory.resolve("fetched")).hasBinaryContent(image);
        }
        completes(rpc, EventCode.M_DOWNLOAD);
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        assertThat(status(asked.url())).isEqualTo(404);
    }

    @Test
    @Tag("CWMP-175")
    void an_address_is_good_for_a_day_at_most_and_no_earlier_than_its_rpc_leaves() throws Exception {
        AcsRequest.Download asked = download(queueDownload());
        assertThat(status(asked.url())).isEqualTo(200);
        server.later(Duration.ofHours(24).minusMinutes(5));
        assertThat(status(asked.url())).isEqualTo(200);
        server.later(Duration.ofMinutes(6));
        assertThat(status(asked.url())).isEqualTo(404);
    }

    @Test
    void an_address_is_good_for_its_file_in_its_direction_alone() throws Exception {
        AcsRequest.Download asked = download(queueDownload());
        String base = asked.url().substring(0, asked.url().lastIndexOf('/') + 1);
        for (String other : List.of(
                base + "other.loads",
                base,
                base + "%2e%2e/keys",
                base + "..%2f..%2fkeys",
                base + "%252e%252e%252fkeys",
                base + "..%5ckeys",
                base + "%c0%ae%c0%ae/keys",
                base.replaceFirst("/t/.*", "/t/" + "0".repeat(26) + "/sip88xx.12-0-1.loads"),
                base.replaceFirst("/t/.*", "/keys"))) {
            assertThat(status("--path-as-is", other)).as(other).isIn(400, 404);
        }
        assertThat(status("-T", "sip88xx.12-0-1.loads", asked.url())).isEqualTo(405);
        assertThat(status("-X", "DELETE", asked.url())).isEqualTo(405);
    }

    @Test
    void files_are_served_as_simple_clients_ask_for_them() throws Exception {
        AcsRequest.Download asked = download(queueDownload());
        Tool head = curl("-I", asked.url());
        assertThat(head.output())
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: " + image.length)
                .containsIgnoringCase("accept-ranges: bytes")
                .containsIgnoringCase("content-disposition: attachment; filename=\"sip88xx.12-0-1.loads\"")
                .containsIgnoringCase("x-content-type-options: nosniff");
        Files.write(directory.resolve("piece"), Arrays.copyOf(image, 100_000));
        Tool resumed = curl("-f", "-C", "-", "-o", "piece", "-w", "%{http_code}", asked.url());
        assertThat(resumed.output()).isEqualTo("206");
        assertThat(directory.resolve("piece")).hasBinaryContent(image);
        Tool old = curl("-f", "--http1.0", "-o", "old", "-D", "head", asked.url());
        assertThat(old.exit()).isZero();
        assertThat(directory.resolve("old")).hasBinaryContent(image);
        assertThat(Files.readString(directory.resolve("head"))).containsIgnoringCase("content-length: " + image.length);
        assertThat(status("-r", "999999-", asked.url())).isEqualTo(416);
        Tool wget = Tool.run(directory, "wget", "-q", "-O", "wgot", asked.url());
        assertThat(wget.exit()).as(wget.output()).isZero();
        assertThat(directory.resolve("wgot")).hasBinaryContent(image);
        Files.write(directory.resolve("rest"), Arrays.copyOf(image, 5));
        assertThat(Tool.run(directory, "wget", "-q", "-c", "-O", "rest", asked.url())
                        .exit())
                .isZero();
        assertThat(directory.resolve("rest")).hasBinaryContent(image);
        Tool busybox = Tool.run(directory, "busybox", "wget", "-q", "-O", "busy", asked.url());
        assertThat(busybox.exit()).as(busybox.output()).isZero();
        assertThat(directory.resolve("busy")).hasBinaryContent(image);
        // two files over one connection
        assertThat(curl("-f", "-o", "one", asked.url(), "-o", "two", asked.url(), "-w", "%{num_connects}")
                        .output())
                .isEqualTo("10");
    }

    @Test
    void what_a_phone_leaves_is_kept_bound_to_its_upload() throws Exception {
        String rpc = queueUpload();
        AcsRequest.Upload asked = upload(rpc);
        assertThat(asked.url()).matches(URL);
        byte[] log = new byte[200_000];
        new Random(8).nextBytes(log);
        Files.write(directory.resolve("log"), log);
        // a body over a megabyte or of unknown length makes curl wait for 100 Continue
        Tool put = curl("-f", "-v", "-T", "log", "-H", "Expect: 100-continue", asked.url());
        assertThat(put.output()).contains("HTTP/1.1 100 Continue").contains("HTTP/1.1 200");
        JsonNode before = server.rest().rpc(rpc);
        assertThat(before.get("state").asText()).isEqualTo("sent");
        String name = before.at("/result/file/name").asText();
        assertThat(name).startsWith("TST00000001-log-");
        completes(rpc, EventCode.M_UPLOAD);
        JsonNode end = server.rest().rpc(rpc);
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.at("/result/file/size").asLong()).isEqualTo(log.length);
        JsonNode file = server.rest().get("/api/v1/files/" + name);
        assertThat(file.get("origin").asText()).isEqualTo("phone");
        assertThat(file.get("device").asText()).isEqualTo(device.encoded());
        assertThat(file.get("rpc").asText()).isEqualTo(rpc);
        assertThat(file.get("type").asText()).isEqualTo("2 Vendor Log File");
        assertThat(file.get("secrets").asBoolean()).isTrue();
        assertThat(server.rest().get("/api/v1/files?device=" + device.encoded()).get("items"))
                .hasSize(1);
        assertThat(curl(
                                "-f",
                                "-u",
                                "admin:" + ServerProcess.ADMIN_PASSWORD,
                                "-o",
                                "back",
                                "http://127.0.0.1:" + server.port("web") + "/api/v1/files/" + name + "/content")
                        .exit())
                .isZero();
        assertThat(directory.resolve("back")).hasBinaryContent(log);
        assertThat(status("-T", "log", asked.url())).isEqualTo(404);
    }

    @Test
    void a_phone_may_leave_its_file_by_post_and_in_chunks_and_again() throws Exception {
        String rpc = queueUpload();
        AcsRequest.Upload asked = upload(rpc);
        Files.writeString(directory.resolve("log"), "first");
        assertThat(status("--data-binary", "@log", "-H", "Content-Type:", asked.url()))
                .isEqualTo(200);
        Files.writeString(directory.resolve("log"), "the second one");
        assertThat(status("-T", "log", "-H", "Transfer-Encoding: chunked", asked.url()))
                .isEqualTo(200);
        JsonNode files = server.rest().get("/api/v1/files?origin=phone").get("items");
        assertThat(files).hasSize(1);
        assertThat(files.get(0).get("size").asInt()).isEqualTo("the second one".length());
        assertThat(status("-I", asked.url())).isEqualTo(405);
    }

    @Test
    void what_is_too_long_is_refused_with_413_whether_or_not_its_length_is_told() throws Exception {
        AcsRequest.Upload asked = upload(queueUpload());
        Files.write(directory.resolve("log"), new byte[(4 << 20) + 1]);
        assertThat(status("-T", "log", asked.url())).isEqualTo(413);
        assertThat(status("-T", "log", "-H", "Transfer-Encoding: chunked", asked.url()))
                .isEqualTo(413);
        assertThat(server.rest().get("/api/v1/files?origin=phone").get("items")).isEmpty();
        assertThat(directory.resolve("data/files/incoming")).isEmptyDirectory();
    }

    @Test
    void two_uploads_at_once_to_one_address_are_borne_and_the_last_to_end_is_kept() throws Exception {
        AcsRequest.Upload asked = upload(queueUpload());
        URI url = URI.create(asked.url());
        try (Socket first = begun(url, "first");
                Socket second = begun(url, "second")) {
            awaitIncoming(2);
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(url)
                                            .PUT(HttpRequest.BodyPublishers.ofString("third"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
            ends(second);
            ends(first);
        }
        JsonNode files = server.rest().get("/api/v1/files?origin=phone").get("items");
        assertThat(files).hasSize(1);
        assertThat(files.get(0).get("size").asInt()).isEqualTo("first-end".length());
        assertThat(status("-T", "sip88xx.12-0-1.loads", asked.url())).isEqualTo(200);
    }

    private void awaitIncoming(int files) {
        await().until(() -> {
            try (Stream<Path> all = Files.list(directory.resolve("data/files/incoming"))) {
                return all.count() == files;
            }
        });
    }

    /** A PUT of which all but the last octets is sent. */
    private static Socket begun(URI url, String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(("PUT " + url.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + (text.length() + 4)
                        + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static void ends(Socket socket) throws IOException {
        socket.getOutputStream().write("-end".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void what_holds_secrets_goes_to_no_phone_that_came_without_tls() throws Exception {
        brings("conf.xml", "3 Vendor Configuration File", new byte[] {1});
        String rpc = server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"3 Vendor Configuration File\",\"file\":\"conf.xml\"}");
        String config =
                server.rest().queue(device.encoded(), "Upload", "{\"fileType\":\"1 Vendor Configuration File\"}");
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            assertThat(phone.hasNothingMore()).isInstanceOf(Empty.class);
        }
        for (String refused : List.of(rpc, config)) {
            JsonNode end = server.rest().rpc(refused);
            assertThat(end.get("state").asText()).isEqualTo("failed");
            assertThat(end.get("note").asText()).contains("would travel without TLS");
            assertThat(end.get("attempts").asInt()).as("nothing left").isZero();
            assertThat(end.has("sentAt")).isFalse();
            assertThat(end.at("/fault/code").asInt()).isEqualTo(8001);
            assertThat(end.at("/fault/text").asText()).startsWith("not sent: ").contains("would travel without TLS");
        }
        server.rest().call("PATCH", "/api/v1/files/conf.xml", "{\"secrets\":false}");
        String again = server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"3 Vendor Configuration File\",\"file\":\"conf.xml\"}");
        assertThat(download(again).url()).endsWith("/conf.xml");
    }

    @Test
    void the_address_is_in_no_archive_no_database_and_no_log() throws Exception {
        String token;
        try (LogLines lines = new LogLines()) {
            AcsRequest.Download asked = download(queueDownload());
            token = asked.url().replaceFirst(".*/t/", "").substring(0, 26);
            assertThat(status(asked.url())).isEqualTo(200);
            assertThat(status(asked.url() + "x")).isEqualTo(404);
            assertThat(String.join("\n", lines.lines()))
                    .contains("sip88xx.12-0-1.loads")
                    .doesNotContain(token);
        }
        String path = "/api/v1/devices/" + device.encoded() + "/sessions";
        // sessions are archived behind the answer
        await().until(() -> server.rest().get(path).toString().contains("Download"));
        String session = server.rest().get(path).at("/items/0/id").asText();
        String exchange = server.rest().get("/api/v1/sessions/" + session).toString();
        assertThat(exchange).contains("/t/***/sip88xx.12-0-1.loads").doesNotContain(token);
        server.close();
        try (Stream<Path> all = Files.list(directory.resolve("data"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
    }

    @Test
    void what_was_queued_is_sent_though_the_file_was_replaced_or_deleted() throws Exception {
        String rpc = queueDownload();
        brings("sip88xx.12-0-1.loads", IMAGE, new byte[] {9});
        assertThat(server.rest()
                        .call("DELETE", "/api/v1/files/sip88xx.12-0-1.loads", "")
                        .status())
                .isEqualTo(204);
        AcsRequest.Download asked = download(rpc);
        assertThat(curl("-f", "-o", "fetched", asked.url()).exit()).isZero();
        assertThat(directory.resolve("fetched")).hasBinaryContent(image);
    }

    @Test
    void a_file_that_is_not_there_or_not_for_this_phone_is_refused_when_it_is_asked_for() {
        String path = "/api/v1/devices/" + device.encoded() + "/rpcs";
        Rest rest = server.rest();
        assertThat(rest.call(
                                "POST",
                                path,
                                "{\"method\":\"Download\",\"arguments\":{\"fileType\":\"" + IMAGE
                                        + "\",\"file\":\"none\"}}")
                        .body()
                        .get("detail")
                        .asText())
                .contains("there is no file 'none'");
        String own =
                "{\"method\":\"Download\",\"arguments\":{\"fileType\":\"TYPE\",\"file\":\"sip88xx.12-0-1.loads\"}}";
        assertThat(rest.call("POST", path, own.replace("TYPE", "2 Web Content")).status())
                .isEqualTo(409);
        rest.call("PATCH", "/api/v1/files/sip88xx.12-0-1.loads", "{\"models\":[\"CP-8841-3PCC\"]}");
        Rest.Answer other = rest.call("POST", path, own.replace("TYPE", IMAGE));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().get("detail").asText()).contains("is for CP-8841-3PCC");
    }
}
