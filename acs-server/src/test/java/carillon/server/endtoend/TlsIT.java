package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the phones' listener does TLS, as openssl and curl see it; in a process of its own, as the runtime's settings are. */
class TlsIT {
    private static final String ASK = "GET /ca.pem HTTP/1.1\r\nHost: acs\r\nConnection: close\r\n\r\n";

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.startCompiled(
                directory.resolve("data"), "--public.host=acs.example.org", "--http.threads=8");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String client(ServerProcess to, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + to.port("cwmp.https"),
                "-ign_eof",
                "-CAfile",
                directory.resolve("data/tls/ca.pem").toString()));
        command.addAll(List.of(more));
        return Program.run(directory, ASK, command).text();
    }

    @Test
    @Tag("CWMP-038")
    void tls_1_2_and_1_3_are_spoken_and_older_versions_only_where_that_was_set() throws Exception {
        String weak = "DEFAULT@SECLEVEL=0";
        assertThat(client(server, "-tls1_3")).contains("TLSv1.3", "Verify return code: 0 (ok)", "200 OK");
        assertThat(client(server, "-tls1_2")).contains("TLSv1.2", "Verify return code: 0 (ok)", "200 OK");
        for (String old : List.of("-tls1_1", "-tls1")) {
            assertThat(client(server, old, "-cipher", weak))
                    .contains("Cipher is (NONE)")
                    .doesNotContain("200 OK");
        }
        try (ServerProcess lax = ServerProcess.startCompiled(directory.resolve("lax"), "--tls.oldest=1.0")) {
            for (String version : List.of("-tls1", "-tls1_1", "-tls1_2")) {
                assertThat(client(lax, version, "-cipher", weak)).as(version).contains("200 OK");
            }
            assertThat(client(lax, "-tls1_3")).contains("200 OK");
            assertThat(Files.readString(lax.log().toPath())).contains("tls.oldest=TLSv1");
        }
    }

    @Test
    @Tag("CWMP-039")
    @Tag("CWMP-246")
    void the_certificate_holds_the_public_host_and_every_address_as_phones_write_them() throws Exception {
        Files.writeString(directory.resolve("shown.pem"), client(server, "-showcerts"));
        String text = Program.must(directory, "openssl", "x509", "-in", "shown.pem", "-noout", "-text");
        assertThat(text)
                .contains("DNS:acs.example.org", "DNS:localhost", "IP Address:127.0.0.1", "IP Address:0:0:0:0:0:0:0:1");
        assertThat(client(server, "-verify_hostname", "acs.example.org")).contains("Verify return code: 0 (ok)");
        assertThat(client(server, "-verify_ip", "::1")).contains("Verify return code: 0 (ok)");
        assertThat(client(server, "-verify_hostname", "other.example.org")).contains("hostname mismatch");
    }

    @Test
    @Tag("CWMP-040")
    void who_names_no_server_or_another_one_is_served_with_the_same_certificate() throws Exception {
        assertThat(client(server, "-noservername")).contains("CN = acs.example.org", "200 OK");
        assertThat(client(server, "-servername", "nobody.example.net")).contains("CN = acs.example.org", "200 OK");
        DeviceId device = ScriptedPhone.identity(61_001);
        Files.writeString(directory.resolve("inform.xml"), Soap.inform(device, "1 BOOT"));
        Program.Said said = Program.run(
                directory,
                "curl",
                "-sSk",
                "--noproxy",
                "*",
                "--connect-to",
                "nobody.example.net:443:127.0.0.1:" + server.port("cwmp.https"),
                "-H",
                "Content-Type: text/xml",
                "--data-binary",
                "@inform.xml",
                "https://nobody.example.net/acs");
        assertThat(said.text()).contains("InformResponse");
    }

    @Test
    @Tag("CWMP-043")
    void sessions_are_resumed_in_both_versions_without_tickets_and_x25519_comes_first() throws Exception {
        String full = client(server, "-tls1_2");
        assertThat(full).contains("Server Temp Key: X25519").doesNotContain("TLS session ticket:");
        assertThat(full.lines().filter(line -> line.startsWith("New, TLSv1.2"))).hasSize(1);
        String again = Program.run(
                        directory,
                        "",
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.port("cwmp.https"),
                                "-tls1_2",
                                "-reconnect"))
                .text();
        assertThat(again.lines().filter(line -> line.startsWith("Reused, TLSv1.2")))
                .as(again)
                .hasSize(5);
        assertThat(client(server, "-tls1_3", "-sess_out", "session.pem")).contains("New, TLSv1.3");
        assertThat(client(server, "-tls1_3", "-sess_in", "session.pem")).contains("Reused, TLSv1.3", "200 OK");
    }

    @Test
    @Tag("CWMP-043")
    void handshakes_that_take_long_hold_up_nobody() throws Exception {
        byte[] begun = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01};
        List<Socket> slow = new ArrayList<>();
        try {
            // many more than there are threads
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port("cwmp.https"));
                slow.add(socket);
                socket.getOutputStream().write(begun);
                socket.getOutputStream().flush();
            }
            try (RawPhone phone = RawPhone.overTls(server.port("cwmp.https"))) {
                assertThat(phone.post("", Soap.inform(ScriptedPhone.identity(61_002), "1 BOOT"))
                                .status())
                        .isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void who_connects_and_goes_at_once_leaves_no_line_in_the_log() throws Exception {
        long before = Files.size(server.log().toPath());
        for (int i = 0; i < 5; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port("cwmp.https"))) {
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isNegative();
            }
        }
        String told = Files.readString(server.log().toPath()).substring((int) before);
        assertThat(told).doesNotContain("WARN").doesNotContain("Exception");
    }

    @Test
    @Tag("CWMP-249")
    void the_phones_listeners_reach_no_operator_function_and_the_operators_takes_no_inform() throws Exception {
        for (String path : List.of(
                "/api/v1/devices",
                "/api/v1/users",
                "/api/docs",
                "/api/openapi.json",
                "/metrics",
                "/healthz",
                "/login",
                "/phones",
                "/live",
                "/tls",
                "/")) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
                try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
                    raw.send(method + " " + path + " HTTP/1.1\r\nHost: acs\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{}");
                    RawPhone.Answer answer = raw.answer();
                    assertThat(answer.status()).as(method + " " + path).isIn(400, 405);
                    assertThat(answer.body()).isEmpty();
                }
            }
        }
        try (RawPhone raw = RawPhone.connect(server.port("web"))) {
            assertThat(raw.post("", Soap.inform(ScriptedPhone.identity(61_003), "1 BOOT"))
                            .status())
                    .isGreaterThanOrEqualTo(300);
        }
        assertThat(server.rest()
                        .status("/api/v1/devices/"
                                + ScriptedPhone.identity(61_003).encoded()))
                .isEqualTo(404);
    }
}
