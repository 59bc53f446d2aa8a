package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proxies tell of who called them, and what anybody else tells. */
class TrustedProxiesIT {
    @TempDir
    private Path directory;

    private LocalServer server;
    private final DeviceId device = ScriptedPhone.identity(1);

    private void starts(String... settings) {
        server = new LocalServer(directory.resolve("data"), settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Program.Said informs(String... headers) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("inform.xml"), Soap.inform(device, "1 BOOT"));
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "-i",
                "--noproxy",
                "*",
                "-H",
                "Content-Type: text/xml; charset=utf-8",
                "--data-binary",
                "@inform.xml"));
        for (String header : headers) {
            command.add("-H");
            command.add(header);
        }
        command.add("http://127.0.0.1:" + server.port("cwmp.http") + "/");
        return Program.run(directory, "", command);
    }

    private String source() {
        return server.rest()
                .get("/api/v1/devices/" + device.encoded())
                .get("sourceAddress")
                .asText();
    }

    private String state() {
        return server.rest()
                .get("/api/v1/devices/" + device.encoded())
                .get("state")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 203.0.113.7 | 203.0.113.7",
                "X-Forwarded-For: 198.51.100.9, 203.0.113.7 | 203.0.113.7",
                "X-Forwarded-For: 198.51.100.9, 203.0.113.7, 10.1.2.3 | 203.0.113.7",
                "X-Forwarded-For: 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "Forwarded: for=203.0.113.7;proto=http | 203.0.113.7",
                "Forwarded: for=198.51.100.9, for=\"203.0.113.7:4711\";by=10.1.2.3 | 203.0.113.7",
                "Forwarded: for=\"[2001:db8::7]:4711\" | 2001:db8:0:0:0:0:0:7",
                "X-Forwarded-For: unknown | 127.0.0.1",
                "X-Forwarded-For: localhost | 127.0.0.1",
                "X-Forwarded-For: 1.2.3.4.5'><b> | 127.0.0.1",
                "X-Other: 203.0.113.7 | 127.0.0.1"
            })
    @Tag("CWMP-248")
    void a_trusted_proxy_tells_who_called_it(String header, String address) throws Exception {
        starts("trusted.proxies", "127.0.0.1, 10.0.0.0/8");
        assertThat(informs(header).text()).contains("InformResponse");
        assertThat(source()).isEqualTo(address);
    }

    @Test
    @Tag("CWMP-248")
    void what_anybody_else_tells_is_not_believed() throws Exception {
        starts("trusted.proxies", "10.0.0.0/8", "trusted.proxies.certificate", "Client-Cert");
        TestAuthority maker = imports();
        maker.sign("phone", "/CN=" + device.encoded());
        Program.Said said = informs(
                "X-Forwarded-For: 203.0.113.7",
                "Forwarded: for=203.0.113.7;proto=https",
                "X-Forwarded-Proto: https",
                "Client-Cert: " + structured("phone"));
        assertThat(said.text()).contains("InformResponse").doesNotContainIgnoringCase("; secure");
        assertThat(source()).isEqualTo("127.0.0.1");
        assertThat(state()).isEqualTo("waiting");
    }

    @Test
    @Tag("CWMP-248")
    void by_default_nobody_is_trusted() throws Exception {
        starts();
        assertThat(informs("X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https")
                        .text())
                .doesNotContainIgnoringCase("; secure");
        assertThat(source()).isEqualTo("127.0.0.1");
    }

    @Test
    void a_trusted_proxy_tells_that_it_was_called_over_tls() throws Exception {
        starts("trusted.proxies", "127.0.0.1");
        assertThat(informs("X-Forwarded-Proto: https").text()).containsIgnoringCase("; secure");
        assertThat(informs("X-Forwarded-Proto: http").text()).doesNotContainIgnoringCase("; secure");
        assertThat(informs("Forwarded: for=203.0.113.7;proto=https").text()).containsIgnoringCase("; secure");
    }

    @Test
    @Tag("CWMP-041")
    void a_trusted_proxy_hands_on_the_certificate_of_a_phone_in_the_writing_of_rfc_9440_and_of_nginx()
            throws Exception {
        starts("trusted.proxies", "127.0.0.1", "trusted.proxies.certificate", "Client-Cert");
        TestAuthority maker = imports();
        maker.sign("phone", "/CN=" + device.encoded());
        maker.sign("other", "/CN=" + ScriptedPhone.identity(2).encoded());
        assertThat(informs("X-Forwarded-Proto: https", "Client-Cert: " + structured("other"))
                        .text())
                .startsWith("HTTP/1.1 403");
        assertThat(informs("X-Forwarded-Proto: https", "Client-Cert: :bm90aGluZw==:")
                        .text())
                .startsWith("HTTP/1.1 200");
        assertThat(state()).isEqualTo("waiting");
        for (String writing : List.of(structured("phone"), escaped("phone"))) {
            assertThat(informs("X-Forwarded-Proto: https", "Client-Cert: " + writing)
                            .text())
                    .startsWith("HTTP/1.1 200");
            assertThat(state()).isEqualTo("approved");
        }
    }

    private TestAuthority imports() throws Exception {
        TestAuthority maker = TestAuthority.make(directory, "maker");
        String body =
                JsonNodeFactory.instance.objectNode().put("pem", maker.pem()).toString();
        assertThat(server.rest().call("POST", "/api/v1/tls/client-roots", body).status())
                .isEqualTo(201);
        return maker;
    }

    private String structured(String who) throws IOException {
        return Files.readString(directory.resolve(who + ".pem"))
                .replaceAll("-----[A-Z ]+-----", ":")
                .replace("\n", "");
    }

    private String escaped(String who) throws IOException {
        return URLEncoder.encode(Files.readString(directory.resolve(who + ".pem")), StandardCharsets.US_ASCII)
                .replace("+", "%20");
    }
}
