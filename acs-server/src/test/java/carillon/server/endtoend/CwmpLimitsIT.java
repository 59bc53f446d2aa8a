package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.DeviceId;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the server one phone, one address, and all of them together may use. */
class CwmpLimitsIT {
    @TempDir
    Path directory;

    private LocalServer server(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "cpe.auth";
        all[1] = "open";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return new LocalServer(directory.resolve("data"), all);
    }

    private static Answer informs(LocalServer server, DeviceId device, String from) throws IOException {
        try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"), from)) {
            return raw.post("", Soap.inform(device, "1 BOOT"));
        }
    }

    private static void isPutOff(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 3600);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @Tag("CWMP-256")
    void a_device_that_informs_without_end_is_put_off_with_one_line_and_others_are_served() throws IOException {
        try (LocalServer server = server("cwmp.informs.per-device", "5");
                LogLines log = new LogLines()) {
            DeviceId device = ScriptedPhone.identity(1);
            for (int i = 0; i < 5; i++) {
                assertThat(informs(server, device, "127.0.0.1").status()).isEqualTo(200);
            }
            log.clear();
            for (int i = 0; i < 20; i++) {
                isPutOff(informs(server, device, "127.0.0.1"));
            }
            log.holdOne("put off " + device + " from 127.0.0.1: too many Informs");
            assertThat(informs(server, ScriptedPhone.identity(2), "127.0.0.1").status())
                    .isEqualTo(200);
            assertThat(informs(server, device, "127.0.0.2").status()).isEqualTo(200);
        }
    }

    @Test
    void an_address_that_floods_is_put_off_with_one_line_while_its_open_session_and_others_go_on() throws IOException {
        try (LocalServer server = server("cwmp.calls.per-source", "10");
                LogLines log = new LogLines();
                RawPhone phone = RawPhone.connect(server.port("cwmp.http"), "127.0.0.2")) {
            Answer opened = phone.post("", Soap.inform(ScriptedPhone.identity(1), "1 BOOT"));
            for (int i = 0; i < 9; i++) {
                try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"), "127.0.0.2")) {
                    assertThat(raw.post("", "<").status()).isEqualTo(400);
                }
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("too many calls"))
                    .hasSize(1);
            log.clear();
            for (int i = 0; i < 20; i++) {
                try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"), "127.0.0.2")) {
                    isPutOff(raw.post("Cookie: SID=0123456789ABCDEFGHJKMNPQRS\r\n", "<"));
                }
            }
            assertThat(log.lines()).isEmpty();
            assertThat(phone.post("Cookie: " + opened.cookie() + "\r\n", Soap.getRpcMethods())
                            .status())
                    .isEqualTo(200);
            assertThat(informs(server, ScriptedPhone.identity(2), "127.0.0.1").status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Tag("CWMP-029")
    void beyond_the_limit_of_sessions_new_ones_are_put_off_with_one_line_until_silent_ones_are_swept()
            throws IOException {
        try (LocalServer server = server("cwmp.session.limit", "2");
                LogLines log = new LogLines();
                RawPhone first = RawPhone.connect(server.port("cwmp.http"))) {
            Answer opened = first.post("", Soap.inform(ScriptedPhone.identity(1), "1 BOOT"));
            assertThat(informs(server, ScriptedPhone.identity(2), "127.0.0.1").status())
                    .isEqualTo(200);
            log.clear();
            for (int i = 3; i < 10; i++) {
                isPutOff(informs(server, ScriptedPhone.identity(i), "127.0.0.1"));
            }
            assertThat(log.lines()).hasSizeBetween(1, 2).allMatch(line -> line.contains("too many sessions are open"));
            assertThat(first.post("Cookie: " + opened.cookie() + "\r\n", Soap.getRpcMethods())
                            .status())
                    .isEqualTo(200);
            server.later(Duration.ofSeconds(40));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informs(server, ScriptedPhone.identity(9), "127.0.0.1")
                                    .status()
                            == 200);
        }
    }

    @Test
    void only_what_was_asked_for_may_be_large() throws IOException {
        try (LocalServer server = server();
                RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            String large = "<!--" + "x".repeat(300 * 1024) + "-->";
            Answer opened = phone.post("", Soap.inform(ScriptedPhone.identity(1), "1 BOOT"));
            String cookie = "Cookie: " + opened.cookie() + "\r\n";
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            String answer = Soap.setParameterValuesResponse().replace("<cwmp:Set", large + "<cwmp:Set");
            assertThat(phone.post(cookie, answer).status()).isEqualTo(204);
            try (RawPhone other = RawPhone.connect(server.port("cwmp.http"))) {
                String inform = Soap.inform(ScriptedPhone.identity(2), "1 BOOT")
                        .replace("<cwmp:Inform", large + "<cwmp:Inform");
                other.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: " + inform.length() + "\r\n\r\n");
                assertThat(other.answer().status()).isEqualTo(413);
            }
        }
    }
}
