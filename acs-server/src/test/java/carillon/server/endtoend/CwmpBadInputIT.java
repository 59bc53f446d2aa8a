package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not belong on a CWMP port: the prescribed answer, one line in the log, and the server goes on. */
class CwmpBadInputIT {
    private static final int BODY_LIMIT = 64 * 1024;
    private static final AtomicInteger NUMBERS = new AtomicInteger(500);

    @TempDir
    static Path directory;

    private static LocalServer server;
    private LogLines log;

    @BeforeAll
    static void start() {
        server = new LocalServer(
                directory.resolve("data"), "cpe.auth", "open", "cwmp.body.limit", Integer.toString(BODY_LIMIT));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        log = new LogLines();
    }

    /** Whatever has come, a phone that behaves is served. */
    @AfterEach
    void the_server_goes_on() throws IOException {
        log.clear();
        DeviceId device = newDevice();
        try (ScriptedPhone phone = ScriptedPhone.connect(port(), device)) {
            phone.completes(carillon.cwmp.EventCode.BOOT);
        }
        log.holdOne(device.toString(), "ended well");
        log.close();
    }

    private static int port() {
        return server.port("cwmp.http");
    }

    private static DeviceId newDevice() {
        return ScriptedPhone.identity(NUMBERS.incrementAndGet());
    }

    /** A session that has been opened; returns its cookie header. */
    private static String opened(RawPhone phone, DeviceId device) throws IOException {
        Answer answer = phone.post("", Soap.inform(device, "2 PERIODIC"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("InformResponse");
        return "Cookie: " + answer.cookie() + "\r\n";
    }

    /** The answer to this body outside of a session, after which the connection is closed. */
    private static Answer refused(String headers, String body) throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer answer = phone.post(headers, body);
            assertThat(answer.closes()).isTrue();
            assertThat(phone.isClosed()).isTrue();
            return answer;
        }
    }

    // bodies

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<soapenv:Envelope",
                "not XML at all",
                "<a/>",
                "{\"json\":true}",
                "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Header/>"
                        + "</soapenv:Envelope>"
            })
    void what_is_no_envelope_is_refused_with_400(String body) throws IOException {
        assertThat(refused("", body).status()).isEqualTo(400);
        log.holdOne("refused with 400, from 127.0.0.1: ");
    }

    @Test
    @Tag("CWMP-033")
    @Tag("CWMP-097")
    void malformed_xml_within_a_session_ends_it_and_names_the_device() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            Answer answer = phone.post(cookie, "<soapenv:Envelope");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEmpty();
            assertThat(phone.isClosed()).isTrue();
            log.holdOne(device.toString(), "refused with 400: ");
            try (RawPhone again = RawPhone.connect(port())) {
                assertThat(again.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(400);
            }
            log.holdOne("refused with 400", "outside a session");
        }
    }

    @Test
    @Tag("CWMP-083")
    void a_document_type_is_refused_and_nothing_is_fetched() throws IOException {
        try (ServerSocket trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + trap.getLocalPort() + "/";
            String inform = Soap.inform(newDevice(), "1 BOOT");
            String start = inform.substring(0, inform.indexOf('\n') + 1);
            String rest = inform.substring(start.length());
            for (String type : new String[] {
                "<!DOCTYPE e SYSTEM \"" + address + "e.dtd\">",
                "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE e [<!ENTITY % x SYSTEM \"" + address + "\"> %x;]>"
            }) {
                String spoilt = start + type + rest.replace("12.0.1", "&x;");
                assertThat(refused("", spoilt).status()).isEqualTo(400);
                log.holdOne("refused with 400, from 127.0.0.1: ");
            }
            trap.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(trap::accept))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    @Tag("CWMP-083")
    void a_billion_laughs_are_refused_at_once() throws IOException {
        StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            bomb.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        bomb.append("]><l>&l11;</l>");
        long start = System.nanoTime();
        assertThat(refused("", bomb.toString()).status()).isEqualTo(400);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        log.holdOne("refused with 400, from 127.0.0.1: ");
    }

    @Test
    @Tag("CWMP-031")
    void a_body_over_the_limit_is_refused_by_its_length_before_it_is_sent() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: " + (BODY_LIMIT + 1) + "\r\n"
                    + "Expect: 100-continue\r\n\r\n");
            Answer answer = phone.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(phone.isClosed()).isTrue();
        }
        log.holdOne("refused with 413, from 127.0.0.1: a body of 65537 octets");
    }

    @Test
    @Tag("CWMP-031")
    void a_body_that_grows_over_the_limit_in_chunks_is_refused() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
            for (int i = 0; i < 4; i++) {
                phone.send(chunk);
            }
            phone.send("1\r\n \r\n");
            assertThat(phone.answer().status()).isEqualTo(413);
        }
        log.holdOne("refused with 413, from 127.0.0.1: a body over 65536 octets");
    }

    @Test
    @Tag("CWMP-031")
    void a_packed_body_is_read_and_one_that_unpacks_to_too_much_is_refused() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer answer = phone.post("Content-Encoding: gzip\r\n", packed(Soap.inform(device, "1 BOOT")));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("InformResponse");
        }
        log.clear();
        try (RawPhone phone = RawPhone.connect(port())) {
            byte[] bomb = packed(" ".repeat(10 * 1024 * 1024));
            assertThat(bomb.length).isLessThan(BODY_LIMIT);
            assertThat(phone.post("Content-Encoding: gzip\r\n", bomb).status()).isEqualTo(413);
        }
        log.holdOne("refused with 413, from 127.0.0.1: a packed body");
        assertThat(refused("Content-Encoding: gzip\r\n", "not gzip").status()).isEqualTo(400);
        log.holdOne("refused with 400, from 127.0.0.1: a body that is not packed");
        Answer unknown = refused("Content-Encoding: br\r\n", Soap.inform(device, "1 BOOT"));
        assertThat(unknown.status()).isEqualTo(415);
        assertThat(unknown.header("accept-encoding")).isEqualTo("gzip, deflate");
        log.holdOne("refused with 415, from 127.0.0.1: the content coding 'br'");
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    @Tag("CWMP-031")
    void a_body_that_comes_too_slowly_is_refused_with_408() throws Exception {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 1000\r\n\r\n<");
            phone.sendsSlowly(" ", Duration.ofMillis(300));
            assertThat(phone.answer().status()).isEqualTo(408);
        }
        log.holdOne("refused with 408, from 127.0.0.1: the body came too slowly");
    }

    @Test
    void a_body_that_is_cut_off_is_one_line() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 1000\r\n\r\n<soapenv");
        }
        log.holdOne("refused with 400, from 127.0.0.1: the body was cut off");
    }

    @Test
    void chunks_that_are_none_are_refused() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
            assertThat(phone.answer().status()).isEqualTo(400);
        }
        log.holdOne("refused with 400, from 127.0.0.1: ");
    }

    // HTTP

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    @Tag("CWMP-008")
    void only_post_is_known(String method) throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send(method + " / HTTP/1.1\r\nHost: acs\r\nContent-Length: 0\r\n\r\n");
            Answer answer = phone.answer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
        log.holdOne("refused with 405, from 127.0.0.1: the method '" + method + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HELLO\r\n\r\n",
                "POST / HTTP/1.1\r\n\r\n",
                "POST / HTTP/9.9\r\nHost: acs\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: acs\r\nno colon\r\n\r\n"
            })
    void what_is_not_http_is_refused(String request) throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send(request);
            assertThat(phone.answer().status()).isIn(400, 501, 505);
            assertThat(phone.isClosed()).isTrue();
        }
        log.holdOne("refused with ", ", from 127.0.0.1: ");
    }

    @Test
    @Tag("CWMP-031")
    void headers_without_end_are_refused() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
            assertThat(phone.answer().status()).isEqualTo(431);
        }
        log.holdOne("refused with 431, from 127.0.0.1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain; charset=klingon", "", "text/xml; charset="})
    void the_content_type_is_not_believed(String type) throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            byte[] body = Soap.inform(newDevice(), "1 BOOT").getBytes(StandardCharsets.UTF_8);
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            phone.send(body);
            assertThat(phone.answer().status()).isEqualTo(200);
            assertThat(phone.nothing("").status()).isIn(200, 204);
        }
    }

    @Test
    @Tag("CWMP-018")
    void expect_continue_is_answered_and_the_body_read() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            byte[] body = Soap.inform(newDevice(), "1 BOOT").getBytes(StandardCharsets.UTF_8);
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nExpect: 100-continue\r\nContent-Length: " + body.length
                    + "\r\n\r\n");
            assertThat(phone.answer().status()).isEqualTo(100);
            phone.send(body);
            assertThat(phone.answer().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CWMP-009")
    @Tag("CWMP-016")
    void chunks_of_any_size_are_read() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            String body = Soap.inform(newDevice(), "1 BOOT");
            StringBuilder chunked = new StringBuilder();
            for (int i = 0; i < body.length(); i += 7) {
                String part = body.substring(i, Math.min(body.length(), i + 7));
                chunked.append(Integer.toHexString(part.length()))
                        .append(";x=y\r\n")
                        .append(part)
                        .append("\r\n");
            }
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked + "0\r\n\r\n");
            assertThat(phone.answer().status()).isEqualTo(200);
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            Answer next = phone.answer();
            assertThat(next.status()).isEqualTo(200);
            assertThat(next.body()).contains("SetParameterValues");
        }
    }

    @Test
    @Tag("CWMP-021")
    void http_1_0_is_served_and_the_connection_closed_unless_it_is_to_be_kept() throws IOException {
        byte[] body = Soap.inform(newDevice(), "1 BOOT").getBytes(StandardCharsets.UTF_8);
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.0\r\nContent-Length: " + body.length + "\r\n\r\n");
            phone.send(body);
            Answer answer = phone.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(phone.isClosed()).isTrue();
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: " + body.length + "\r\n\r\n");
            phone.send(body);
            assertThat(phone.answer().status()).isEqualTo(200);
            phone.send("POST / HTTP/1.0\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n");
            assertThat(phone.answer().status()).isEqualTo(200);
        }
    }

    // the order of messages

    @Test
    @Tag("CWMP-035")
    @Tag("CWMP-085")
    void what_comes_before_an_inform_is_refused_but_an_empty_message_has_no_effect() throws IOException {
        assertThat(refused("", Soap.getRpcMethods()).status()).isEqualTo(400);
        log.holdOne("refused with 400, from 127.0.0.1: a GetRPCMethods outside a session");
        assertThat(refused("", Soap.rebootResponse()).status()).isEqualTo(400);
        log.holdOne("refused with 400, from 127.0.0.1: a RebootResponse outside a session");
        try (RawPhone phone = RawPhone.connect(port())) {
            assertThat(phone.nothing("").status()).isEqualTo(401);
            log.holdOne("answered with 401, from 127.0.0.1: an empty message before an Inform");
            assertThat(phone.nothing("Authorization: Basic eDp5\r\n").status()).isEqualTo(204);
        }
        log.holdOne("answered with 204, from 127.0.0.1: an empty message outside a session");
    }

    @Test
    void a_response_that_nobody_asked_for_ends_the_session() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            assertThat(phone.post(cookie, Soap.rebootResponse()).status()).isEqualTo(400);
            assertThat(phone.isClosed()).isTrue();
        }
        log.holdOne(device.toString(), "refused with 400: RebootResponse, which nobody asked for");
    }

    @Test
    @Tag("CWMP-097")
    void an_answer_to_another_method_than_asked_ends_the_session() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            assertThat(phone.post(cookie, Soap.rebootResponse()).status()).isEqualTo(400);
        }
        log.holdOne(device.toString(), "refused with 400: the phone answered SetParameterValues with RebootResponse");
    }

    @Test
    @Tag("CWMP-072")
    void an_answer_with_another_id_is_taken_and_noted() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            String answer = Soap.setParameterValuesResponse().replace(">1</cwmp:ID>", ">nobody</cwmp:ID>");
            assertThat(phone.post(cookie, answer).status()).isEqualTo(204);
        }
        log.holdOne(device.toString(), "ended well; an answer came with another ID than 1");
    }

    @Test
    @Tag("CWMP-130")
    void an_unknown_method_of_the_phone_gets_fault_8000() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, newDevice());
            Answer answer = phone.post(cookie, Soap.envelope("<cwmp:MakeCoffee/>"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("<FaultCode>8000</FaultCode>");
        }
    }

    @Test
    @Tag("CWMP-102")
    void a_session_that_never_ends_is_ended_by_the_number_of_its_messages() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            int answered = 0;
            Answer answer = phone.post(cookie, Soap.getRpcMethods());
            while (answer.status() == 200 && answered < 5000) {
                answered++;
                answer = phone.post(cookie, Soap.getRpcMethods());
            }
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answered).isBetween(50, 70);
        }
        log.holdOne(device.toString(), "refused with 400: the phone sent", "messages in one session");
    }

    @Test
    @Tag("CWMP-102")
    void a_session_that_never_ends_is_ended_by_its_length() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            Answer answer = phone.post(cookie, Soap.getRpcMethods());
            for (int i = 0; i < 60 && answer.status() == 200; i++) {
                server.later(Duration.ofSeconds(20));
                answer = phone.post(cookie, Soap.getRpcMethods());
            }
            assertThat(answer.status()).isEqualTo(400);
        }
        log.holdOne(device.toString(), "refused with 400: the session has lasted for over 10 minutes");
    }

    @Test
    @Tag("CWMP-090")
    void a_session_that_falls_silent_is_swept_and_its_cookie_is_stale() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            server.later(Duration.ofSeconds(40));
            log.holdOne(device.toString(), "the phone fell silent");
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(400);
            log.holdOne("refused with 400, from 127.0.0.1: a GetRPCMethods outside a session");
        }
    }

    // who it is

    @Test
    @Tag("CWMP-025")
    void an_inform_with_a_stale_cookie_begins_a_new_session() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer first = phone.post("Cookie: SID=0123456789ABCDEFGHJKMNPQRS\r\n", Soap.inform(device, "1 BOOT"));
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.cookie()).startsWith("SID=").isNotEqualTo("SID=0123456789ABCDEFGHJKMNPQRS");
        }
    }

    @Test
    void a_message_with_somebody_elses_cookie_is_refused_and_their_session_goes_on() throws IOException {
        DeviceId device = newDevice();
        DeviceId thief = newDevice();
        try (RawPhone phone = RawPhone.connect(port());
                RawPhone other = RawPhone.connect(port(), "127.0.0.2");
                RawPhone third = RawPhone.connect(port(), "127.0.0.2")) {
            String cookie = opened(phone, device);
            assertThat(other.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(400);
            log.holdOne("refused with 400, from 127.0.0.2: ", "outside a session");
            Answer own = third.post(cookie, Soap.inform(thief, "1 BOOT"));
            assertThat(own.status()).isEqualTo(200);
            assertThat(own.cookie()).isNotEqualTo(cookie.replace("Cookie: ", "").strip());
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(200);
        }
    }

    @Test
    void a_device_that_changes_its_identity_within_a_session_is_refused() throws IOException {
        DeviceId device = newDevice();
        DeviceId other = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            assertThat(phone.post(cookie, Soap.inform(other, "1 BOOT")).status())
                    .isEqualTo(400);
            assertThat(phone.isClosed()).isTrue();
        }
        log.holdOne(device.toString(), "refused with 400: the identity changed", other.toString());
    }

    @Test
    @Tag("CWMP-092")
    void a_second_inform_in_a_session_begins_another_one() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            Answer second = phone.post(cookie, Soap.inform(device, "1 BOOT"));
            assertThat(second.status()).isEqualTo(200);
            log.holdOne(device.toString(), "the phone began another session");
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(400);
            log.holdOne("refused with 400", "outside a session");
        }
    }

    @Test
    @Tag("CWMP-019")
    @Tag("CWMP-022")
    @Tag("CWMP-024")
    void one_connection_for_each_message_is_served_by_the_cookie() throws IOException {
        DeviceId device = newDevice();
        String cookie;
        try (RawPhone phone = RawPhone.connect(port())) {
            cookie = opened(phone, device);
        }
        for (String form : new String[] {
            cookie,
            cookie.replace("SID=", "$Version=\"0\"; SID=\"").replace("\r\n", "\"; $Path=\"/\"\r\n"),
            cookie.replace("Cookie", "COOKIE").replace("SID=", "a=b, SID=")
        }) {
            try (RawPhone phone = RawPhone.connect(port())) {
                assertThat(phone.post(form, Soap.getRpcMethods()).status())
                        .as(form)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_phone_without_cookies_is_known_by_its_connection() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            opened(phone, device);
            assertThat(phone.nothing("").body()).contains("SetParameterValues");
            assertThat(phone.post("", Soap.setParameterValuesResponse()).status())
                    .isEqualTo(204);
        }
        log.holdOne(device.toString(), "ended well");
    }

    // versions

    @Test
    @Tag("CWMP-002")
    void later_versions_are_answered_in_their_own_namespace() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            String inform = Soap.inform(newDevice(), "1 BOOT").replace(Soap.NAMESPACE, "urn:dslforum-org:cwmp-1-9");
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: " + inform.length() + "\r\n\r\n" + inform);
            Answer answer = phone.speakingNothingKnown().answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("urn:dslforum-org:cwmp-1-9", "InformResponse");
        }
    }

    @Test
    @Tag("CWMP-006")
    void versions_that_are_all_unknown_get_fault_8006() throws IOException {
        DeviceId device = newDevice();
        String inform = Soap.inform(device, "1 BOOT")
                .replace(
                        "</soapenv:Header>",
                        "<cwmp:SupportedCWMPVersions soapenv:mustUnderstand=\"0\">7.1,8.2"
                                + "</cwmp:SupportedCWMPVersions></soapenv:Header>");
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer answer = phone.speaking(carillon.cwmp.CwmpVersion.V1_4).post("", inform);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("<FaultCode>8006</FaultCode>");
        }
        log.holdOne(device.toString(), "no CWMP version of ours: 7.1,8.2");
    }

    @Test
    void a_namespace_that_is_not_cwmp_is_refused() throws IOException {
        DeviceId device = newDevice();
        String inform = Soap.inform(device, "1 BOOT").replace(Soap.NAMESPACE, "urn:example:other");
        assertThat(refused("", inform).status()).isEqualTo(400);
        log.holdOne("refused with 400, from 127.0.0.1: ", "urn:example:other");
    }

    @Test
    @Tag("CWMP-073")
    void a_header_that_must_be_understood_and_is_not_gets_the_fault_of_soap_for_it() throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT")
                .replace(
                        "</soapenv:Header>",
                        "<x:Thing xmlns:x=\"urn:x\" soapenv:mustUnderstand=\"1\"/></soapenv:Header>");
        Answer answer = refused("", inform);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<faultcode>soapenv:MustUnderstand</faultcode>", "Thing", ">1</cwmp:ID>")
                .doesNotContain("<detail>");
        log.holdOne("refused with fault MustUnderstand, from 127.0.0.1: ", "'Thing'");
    }

    @Test
    @Tag("CWMP-106")
    void an_inform_without_a_serial_number_gets_fault_8003() throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT").replaceAll("<SerialNumber>.*</SerialNumber>", "");
        Answer answer = refused("", inform);
        assertThat(answer.body()).contains("<FaultCode>8003</FaultCode>");
        log.holdOne("refused with fault 8003, from 127.0.0.1: ");
    }

    @Test
    @Tag("CWMP-034")
    void two_messages_at_once_are_answered_one_after_the_other() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = opened(phone, device);
            String message = Soap.getRpcMethods();
            String request = "POST / HTTP/1.1\r\nHost: acs\r\n" + cookie + "Content-Length: " + message.length()
                    + "\r\n\r\n" + message;
            phone.send(request + request);
            assertThat(phone.answer().body()).contains("GetRPCMethodsResponse");
            assertThat(phone.answer().body()).contains("GetRPCMethodsResponse");
        }
    }
}
