package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files are served over HTTP and HTTPS, asked by Debian's curl as phones ask. */
class FileHttpIT {
    private static final String IMAGE = "1 Firmware Upgrade Image";
    private static final int LENGTH = 300_000;

    @TempDir
    private Path directory;

    private LocalServer server;
    private DeviceId device;
    private byte[] image;

    @BeforeEach
    void start() throws Exception {
        server = new LocalServer(directory.resolve("data"), "public.host", "127.0.0.1", "cpe.auth", "open");
        device = ScriptedPhone.identity(1);
        image = new byte[LENGTH];
        new Random(7).nextBytes(image);
        Path file = Files.write(directory.resolve("a.loads"), image);
        Tool put = Tool.run(
                directory,
                "curl",
                "-sf",
                "-u",
                "admin:" + ServerProcess.ADMIN_PASSWORD,
                "-T",
                file.toString(),
                "http://127.0.0.1:" + server.port("web") + "/api/v1/files/a.loads?type=" + IMAGE.replace(" ", "%20"));
        assertThat(put.exit()).as(put.output()).isZero();
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CwmpMessage asked(String rpc, CwmpMessage answer) throws IOException {
        assertThat(rpc).isNotEmpty();
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage said = phone.hasNothingMore();
            phone.sends(answer);
            return said;
        }
    }

    private AcsRequest.Download download(String more) throws IOException {
        String rpc = server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"" + IMAGE + "\",\"file\":\"a.loads\"" + more + "}");
        return (AcsRequest.Download)
                asked(rpc, new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
    }

    /** The same address at the listener for HTTPS. */
    private String secured(String url) {
        return url.replaceFirst("http://127\\.0\\.0\\.1:\\d+", "https://127.0.0.1:" + server.port("files.https"));
    }

    private Tool curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "30",
                "--cacert",
                directory.resolve("data/tls/ca.pem").toString()));
        command.addAll(List.of(arguments));
        return Tool.run(directory, command.toArray(String[]::new));
    }

    /** The statuses of all answers that curl got, one after the other. */
    private List<String> statuses(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-D", "-", "-o", "body"));
        all.addAll(List.of(arguments));
        return curl(all.toArray(String[]::new))
                .output()
                .lines()
                .filter(line -> line.startsWith("HTTP/1.1 "))
                .map(line -> line.substring(9, 12))
                .filter(status -> !status.equals("100"))
                .toList();
    }

    private void isServedWell(String url, String... login) throws Exception {
        List<String> more = List.of(login);
        // curl -I
        List<String> head = new ArrayList<>(List.of("-I", url));
        head.addAll(more);
        Tool told = curl(head.toArray(String[]::new));
        assertThat(told.output())
                .contains("HTTP/1.1 200")
                .containsIgnoringCase("content-length: " + LENGTH)
                .containsIgnoringCase("accept-ranges: bytes");
        // the whole, with its length
        List<String> whole = new ArrayList<>(List.of("-f", "-D", "head", "-o", "whole", url));
        whole.addAll(more);
        assertThat(curl(whole.toArray(String[]::new)).exit()).isZero();
        assertThat(Files.readString(directory.resolve("head"))).containsIgnoringCase("content-length: " + LENGTH);
        assertThat(directory.resolve("whole")).hasBinaryContent(image);
        // one piece
        List<String> piece = new ArrayList<>(List.of("-f", "-r", "1000-1999", "-D", "head", "-o", "piece", url));
        piece.addAll(more);
        assertThat(curl(piece.toArray(String[]::new)).exit()).isZero();
        assertThat(Files.readString(directory.resolve("head")))
                .contains("HTTP/1.1 206")
                .containsIgnoringCase("content-range: bytes 1000-1999/" + LENGTH)
                .containsIgnoringCase("content-length: 1000");
        assertThat(directory.resolve("piece")).hasBinaryContent(Arrays.copyOfRange(image, 1000, 2000));
        // cut off again and again, and resumed each time where it was cut off
        for (int got : new int[] {1, 65_536, 100_000, LENGTH - 1}) {
            Files.write(directory.resolve("resumed"), Arrays.copyOf(image, got));
            List<String> resume =
                    new ArrayList<>(List.of("-f", "-C", "-", "--retry", "3", "-D", "head", "-o", "resumed", url));
            resume.addAll(more);
            assertThat(curl(resume.toArray(String[]::new)).exit()).isZero();
            assertThat(Files.readString(directory.resolve("head")))
                    .contains("HTTP/1.1 206")
                    .containsIgnoringCase("content-range: bytes " + got + "-" + (LENGTH - 1) + "/" + LENGTH);
            assertThat(directory.resolve("resumed")).hasBinaryContent(image);
        }
        // two files over one connection
        List<String> two = new ArrayList<>(List.of("-f", "-o", "one", url, "-o", "two", url, "-w", "%{num_connects} "));
        two.addAll(more);
        assertThat(curl(two.toArray(String[]::new)).output()).isEqualTo("1 0 ");
    }

    @Test
    @Tag("CWMP-174")
    void files_are_served_whole_in_pieces_and_by_their_head_over_http_and_https() throws Exception {
        AcsRequest.Download asked = download("");
        assertThat(asked.username()).isEmpty();
        assertThat(asked.password().isEmpty()).isTrue();
        assertThat(URI.create(asked.url()).getUserInfo()).isNull();
        isServedWell(asked.url());
        isServedWell(secured(asked.url()));
    }

    @Test
    @Tag("CWMP-174")
    void who_was_told_a_login_logs_in_by_digest_everywhere_and_by_basic_over_tls() throws Exception {
        AcsRequest.Download asked = download(",\"login\":true");
        String login = asked.username() + ":" + asked.password().reveal();
        assertThat(asked.username()).isNotEmpty();
        assertThat(asked.url()).doesNotContain(asked.password().reveal()).doesNotContain("@");
        String secure = secured(asked.url());

        isServedWell(asked.url(), "--digest", "-u", login);
        isServedWell(secure, "--digest", "-u", login);
        isServedWell(secure, "--basic", "-u", login);
        assertThat(statuses("--anyauth", "-u", login, asked.url())).containsExactly("401", "200");

        assertThat(statuses(asked.url())).containsExactly("401");
        assertThat(statuses("-I", asked.url())).containsExactly("401");
        assertThat(statuses("--basic", "-u", login, asked.url()))
                .as("basic over http")
                .containsExactly("401");
        assertThat(statuses("--basic", "-u", asked.username() + ":wrong", secure))
                .containsExactly("401");
        assertThat(statuses("--digest", "-u", asked.username() + ":wrong", secure))
                .containsExactly("401", "401");
        assertThat(statuses("--digest", "-u", "other:" + asked.password().reveal(), secure))
                .containsExactly("401", "401");
        assertThat(directory.resolve("body"))
                .content()
                .doesNotContain(asked.password().reveal());
    }

    @Test
    @Tag("CWMP-174")
    void a_login_is_good_for_its_own_transfer_alone_and_in_no_archive() throws Exception {
        AcsRequest.Download first = download(",\"login\":true");
        String rpc =
                server.rest().queue(device.encoded(), "Upload", "{\"fileType\":\"2 Vendor Log File\",\"login\":true}");
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(EventCode.TRANSFER_COMPLETE);
            phone.sends(new CpeRequest.TransferComplete(
                    first.commandKey(), new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            AcsRequest.Upload upload = (AcsRequest.Upload) phone.hasNothingMore();
            phone.sends(new CpeResponse.UploadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            Files.writeString(directory.resolve("log"), "all is well");
            String others = first.username() + ":" + first.password().reveal();
            String own = upload.username() + ":" + upload.password().reveal();
            assertThat(statuses("--digest", "-u", others, "-T", "log", upload.url()))
                    .containsExactly("401", "401");
            assertThat(statuses("--digest", "-u", own, "-T", "log", upload.url()))
                    .containsExactly("401", "200");
            assertThat(server.rest().rpc(rpc).at("/result/file/size").asLong()).isEqualTo(11);
            await().untilAsserted(() -> {
                List<String> told = new ArrayList<>();
                for (JsonNode session : server.rest()
                        .get("/api/v1/devices/" + device.encoded() + "/sessions")
                        .get("items")) {
                    String id = session.get("id").asText();
                    told.add(server.rest().get("/api/v1/sessions/" + id).toString());
                }
                assertThat(told).anyMatch(each -> each.contains("<Username>" + first.username()));
                assertThat(told)
                        .noneMatch(each -> each.contains(first.password().reveal()));
            });
        }
    }

    @Test
    @Tag("CWMP-174")
    void the_simulated_phone_logs_in_where_the_setting_says_so() throws Exception {
        server.close();
        server = new LocalServer(
                directory.resolve("data"),
                "public.host",
                "127.0.0.1",
                "cpe.auth",
                "open",
                "lab",
                "true",
                "files.login",
                "true");
        URI acs = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
        try (Fleet fleet = new Fleet(PhonesOptions.of(acs, 1).withBootDelay(Duration.ofMillis(10)))) {
            fleet.start();
            Phone phone = fleet.phones().get(0);
            String id = phone.id().encoded();
            await().until(() -> server.rest().status("/api/v1/devices/" + id) == 200);
            String rpc =
                    server.rest().queue(id, "Download", "{\"fileType\":\"" + IMAGE + "\",\"file\":\"a.loads\"}", true);
            await().atMost(Duration.ofSeconds(30)).until(() -> server.rest()
                    .get("/api/v1/rpcs/" + rpc + "?wait=10s")
                    .hasNonNull("endedAt"));
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
            assertThat(phone.disk().fetched().orElseThrow().octets()).isEqualTo(LENGTH);
        }
    }

    @Test
    void a_scheduled_download_names_a_file_of_this_server_as_a_download_does() throws Exception {
        String rpc = server.rest()
                .queue(
                        device.encoded(),
                        "ScheduleDownload",
                        "{\"fileType\":\"" + IMAGE
                                + "\",\"file\":\"a.loads\",\"login\":true,\"windows\":[{\"end\":\"1h\"}]}");
        AcsRequest.ScheduleDownload asked =
                (AcsRequest.ScheduleDownload) asked(rpc, new CpeResponse.ScheduleDownloadResponse());
        assertThat(asked.fileSize()).isEqualTo(LENGTH);
        assertThat(asked.targetFileName()).isEqualTo("a.loads");
        String login = asked.username() + ":" + asked.password().reveal();
        assertThat(curl("-f", "--digest", "-u", login, "-o", "fetched", asked.url())
                        .exit())
                .isZero();
        assertThat(directory.resolve("fetched")).hasBinaryContent(image);
    }
}
