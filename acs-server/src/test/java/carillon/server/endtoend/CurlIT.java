package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.phones.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's curl as a phone: it checks names, logs in as it likes, and keeps cookies. */
class CurlIT {
    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Phone phone;

    @BeforeAll
    static void start() throws IOException {
        server = new LocalServer(directory.resolve("data"), "cwmp.http.host", "*", "cwmp.https.host", "*");
        phone = new Factory(server).own(31_000);
        Files.writeString(directory.resolve("inform.xml"), Soap.inform(phone.id(), "2 PERIODIC"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Program.Said curl(String url, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "-g",
                "--max-time",
                "30",
                "--noproxy",
                "*",
                "-c",
                "jar",
                "-b",
                "jar",
                "-w",
                "\n%{http_code} %{num_connects}",
                "-H",
                "Content-Type: text/xml; charset=utf-8",
                "-H",
                "SOAPAction: \"\"",
                "--cacert",
                directory.resolve("data/tls/ca.pem").toString()));
        command.addAll(List.of(more));
        command.add(url);
        return Program.run(directory, "", command);
    }

    private static String login() {
        return phone.id().encoded() + ":" + Factory.login(phone).password();
    }

    private static void opensASession(String url, String scheme) throws IOException, InterruptedException {
        Files.deleteIfExists(directory.resolve("jar"));
        int claims = new Factory(server).claims(phone);
        Program.Said opened = curl(url, scheme, "-u", login(), "--data-binary", "@inform.xml");
        assertThat(opened.text()).as(url).contains("InformResponse").contains("\n200 1");
        Program.Said ended = curl(url, "-X", "POST", "--data-binary", "");
        assertThat(ended.text()).as(url).endsWith("\n204 1");
        assertThat(new Factory(server).claims(phone)).isEqualTo(claims);
    }

    @Test
    @Tag("CWMP-044")
    @Tag("CWMP-046")
    @Tag("CWMP-047")
    void curl_opens_a_session_with_digest_over_http() throws Exception {
        opensASession("http://localhost:" + server.port("cwmp.http") + "/acs", "--digest");
    }

    @Test
    @Tag("CWMP-037")
    @Tag("CWMP-039")
    @Tag("CWMP-044")
    void curl_opens_a_session_with_digest_basic_and_whatever_fits_over_https_by_name_and_by_address() throws Exception {
        int port = server.port("cwmp.https");
        opensASession("https://localhost:" + port + "/", "--digest");
        opensASession("https://127.0.0.1:" + port + "/", "--basic");
        opensASession("https://127.0.0.1:" + port + "/", "--anyauth");
    }

    @Test
    @Tag("CWMP-039")
    @Tag("CWMP-246")
    void over_ipv6_the_literal_address_is_in_the_certificate() throws Exception {
        opensASession("https://[::1]:" + server.port("cwmp.https") + "/", "--digest");
        opensASession("http://[::1]:" + server.port("cwmp.http") + "/", "--digest");
    }

    @Test
    @Tag("CWMP-044")
    void basic_over_http_is_answered_with_a_challenge() throws Exception {
        String url = "http://localhost:" + server.port("cwmp.http") + "/";
        Program.Said wrong = curl(url, "--basic", "-u", login(), "--data-binary", "@inform.xml");
        assertThat(wrong.text()).endsWith("\n401 1");
    }
}
