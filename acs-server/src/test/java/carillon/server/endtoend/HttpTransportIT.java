package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How CWMP uses HTTP, as phones of every age do. */
class HttpTransportIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(7000);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int port() {
        return server.port("cwmp.http");
    }

    private static DeviceId newDevice() {
        return ScriptedPhone.identity(NUMBERS.incrementAndGet());
    }

    /** A device that has its inform plan, so that nothing is asked of it. */
    private static DeviceId settledDevice() throws IOException {
        DeviceId device = newDevice();
        try (ScriptedPhone phone = ScriptedPhone.connect(port(), device)) {
            phone.completes(EventCode.BOOT);
        }
        return device;
    }

    private static String cookie(Answer opened) {
        return "Cookie: " + opened.cookie() + "\r\n";
    }

    // answers

    @Test
    @Tag("CWMP-008")
    @Tag("CWMP-010")
    @Tag("CWMP-011")
    @Tag("CWMP-012")
    @Tag("CWMP-013")
    @Tag("CWMP-017")
    void an_envelope_comes_with_200_and_its_length_and_the_end_with_204_and_nothing() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer opened = phone.post("", Soap.inform(device, "1 BOOT"));
            Answer asked = phone.nothing(cookie(opened));
            Answer fault = phone.post(cookie(opened), Soap.envelope("<cwmp:MakeCoffee/>"));
            for (Answer answer : List.of(opened, asked, fault)) {
                assertThat(answer.protocol()).isEqualTo("HTTP/1.1");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).isEqualTo("text/xml; charset=\"utf-8\"");
                assertThat(answer.headers()).containsKey("content-length").doesNotContainKey("transfer-encoding");
                assertThat(answer.body()).contains("Envelope");
            }
            assertThat(fault.body()).contains("<FaultCode>8000</FaultCode>");
            Answer end = phone.post(cookie(opened), Soap.setParameterValuesResponse());
            assertThat(end.status()).isEqualTo(204);
            assertThat(end.headers()).doesNotContainKeys("content-type", "transfer-encoding");
            assertThat(end.header("content-length")).isIn("", "0");
            assertThat(end.body()).isEmpty();
        }
    }

    @Test
    @Tag("CWMP-017")
    void a_long_answer_is_not_chunked_either() throws IOException {
        DeviceId device = settledDevice();
        StringBuilder paths = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            paths.append(i == 0 ? "" : ",")
                    .append("\"Device.X_ACDE48_")
                    .append("N".repeat(150))
                    .append(i)
                    .append('"');
        }
        server.rest().queue(device.encoded(), "GetParameterValues", "{\"paths\":[" + paths + "]}");
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer opened = phone.post("", Soap.inform(device, "2 PERIODIC"));
            Answer asked = phone.nothing(cookie(opened));
            assertThat(asked.body()).contains("GetParameterValues").hasSizeGreaterThan(8_000);
            assertThat(asked.headers()).doesNotContainKey("transfer-encoding");
            assertThat(Integer.parseInt(asked.header("content-length")))
                    .isEqualTo(asked.body().length());
        }
    }

    @Test
    @Tag("CWMP-028")
    void no_address_is_answered_with_a_redirection_for_good() throws IOException {
        for (String target :
                new String[] {"/", "", "//", "/cwmp", "/acs/", "/a/../b", "/?x=y", "http://acs/", "/%2e%2e/"}) {
            try (RawPhone phone = RawPhone.connect(port())) {
                String body = Soap.inform(newDevice(), "1 BOOT");
                phone.send("POST " + (target.isEmpty() ? "*" : target) + " HTTP/1.1\r\nHost: acs\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
                assertThat(phone.answer().status()).as(target).isIn(200, 400, 404);
            }
        }
    }

    // what phones leave out or write in their own way

    @ParameterizedTest
    @ValueSource(strings = {"", "SOAPAction:\r\n", "SOAPAction: \"\"\r\n", "SOAPAction: urn:anything#Inform\r\n"})
    @Tag("CWMP-014")
    void a_soap_action_may_be_anything_or_missing(String action) throws IOException {
        String body = Soap.inform(newDevice(), "1 BOOT");
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Type: text/xml\r\n" + action + "Content-Length: "
                    + body.length() + "\r\n\r\n" + body);
            Answer opened = phone.answer();
            assertThat(opened.status()).isEqualTo(200);
            assertThat(phone.nothing(action + cookie(opened)).status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CWMP-009")
    void an_empty_message_needs_neither_content_type_nor_action() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer opened = phone.post("", Soap.inform(newDevice(), "1 BOOT"));
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\n" + cookie(opened) + "Content-Length: 0\r\n\r\n");
            Answer asked = phone.answer();
            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.body()).contains("SetParameterValues");
        }
    }

    @Test
    @Tag("CWMP-015")
    void names_of_headers_are_read_in_any_case_and_their_values_with_any_blanks() throws IOException {
        String body = Soap.inform(newDevice(), "1 BOOT");
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHOST:acs\r\ncontent-type:text/xml\r\nsoapaction:\t \r\nCONTENT-length:   "
                    + body.length() + "  \r\n\r\n" + body);
            Answer opened = phone.answer();
            assertThat(opened.status()).isEqualTo(200);
            phone.send("POST / HTTP/1.1\r\nhost: acs\r\nCOOKIE:" + opened.cookie() + "\r\nContent-LENGTH:0\r\n\r\n");
            assertThat(phone.answer().body()).contains("SetParameterValues");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 512, 4096})
    @Tag("CWMP-016")
    void chunks_of_each_size_are_read_and_trailers_passed_over(int size) throws IOException {
        String body = Soap.inform(newDevice(), "1 BOOT");
        StringBuilder chunked = new StringBuilder();
        for (int i = 0; i < body.length(); i += size) {
            String part = body.substring(i, Math.min(body.length(), i + size));
            chunked.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + chunked
                    + "0\r\nX-Sum: 1\r\n\r\n");
            Answer opened = phone.answer();
            assertThat(opened.status()).isEqualTo(200);
            assertThat(phone.nothing(cookie(opened)).body()).contains("SetParameterValues");
        }
    }

    @Test
    @Tag("CWMP-033")
    void an_inform_that_is_longer_than_it_says_gets_one_answer_and_the_rest_is_no_request() throws IOException {
        String body = Soap.inform(newDevice(), "1 BOOT");
        try (RawPhone phone = RawPhone.connect(port());
                LogLines log = new LogLines()) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: " + (body.length() - 2) + "\r\n\r\n" + body);
            assertThat(phone.answer().status()).isEqualTo(400);
            assertThat(phone.isClosed()).isTrue();
            log.holdOne("refused with 400, from 127.0.0.1: ");
        }
    }

    // connections

    @Test
    @Tag("CWMP-019")
    void a_session_is_held_over_one_connection_or_over_one_for_each_message() throws IOException {
        for (boolean one : new boolean[] {true, false}) {
            DeviceId device = newDevice();
            RawPhone phone = RawPhone.connect(port());
            Answer answer = phone.post("", Soap.inform(device, "1 BOOT"));
            String cookie = cookie(answer);
            for (String body : new String[] {"", Soap.setParameterValuesResponse()}) {
                assertThat(answer.closes()).isFalse();
                if (!one) {
                    phone.close();
                    phone = RawPhone.connect(port());
                }
                answer = body.isEmpty() ? phone.nothing(cookie) : phone.post(cookie, body);
            }
            assertThat(answer.status()).isEqualTo(204);
            phone.close();
        }
    }

    @Test
    @Tag("CWMP-020")
    void a_connection_is_closed_shortly_after_its_session_but_serves_another_that_comes_at_once() throws IOException {
        DeviceId device = settledDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            for (int i = 0; i < 2; i++) {
                Answer opened = phone.post("", Soap.inform(device, "2 PERIODIC"));
                assertThat(opened.status()).isEqualTo(200);
                assertThat(phone.nothing(cookie(opened)).status()).isEqualTo(204);
            }
            // long before the 65 s of silence that a listener allows within a session
            assertThat(phone.isClosed()).isTrue();
        }
    }

    @Test
    @Tag("CWMP-021")
    void a_whole_session_is_held_in_http_1_0() throws IOException {
        DeviceId device = newDevice();
        String cookie = "";
        int status = 0;
        for (String body : new String[] {Soap.inform(device, "1 BOOT"), "", Soap.setParameterValuesResponse()}) {
            try (RawPhone phone = RawPhone.connect(port())) {
                phone.send("POST / HTTP/1.0\r\n" + cookie + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                Answer answer = phone.answer();
                assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
                assertThat(phone.isClosed()).isTrue();
                cookie = cookie.isEmpty() ? cookie(answer) : cookie;
                status = answer.status();
            }
        }
        assertThat(status).isEqualTo(204);
    }

    // cookies

    @Test
    @Tag("CWMP-022")
    @Tag("CWMP-023")
    @Tag("CWMP-025")
    void the_cookie_is_short_for_every_path_and_ends_with_its_session() throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port());
                RawPhone tls = RawPhone.overTls(server.port("cwmp.https"))) {
            Answer opened = phone.post("", Soap.inform(device, "1 BOOT"));
            String set = opened.header("set-cookie");
            assertThat(Arrays.stream(set.split(";")).map(String::strip))
                    .contains("Path=/", "HttpOnly")
                    .doesNotContain("Secure")
                    .noneMatch(part -> part.startsWith("Expires") || part.startsWith("Max-Age"));
            assertThat(set).hasSizeLessThan(128);
            assertThat(tls.post("", Soap.inform(newDevice(), "1 BOOT")).header("set-cookie"))
                    .contains("Secure", "HttpOnly", "Path=/");
            assertThat(phone.nothing(cookie(opened)).headers()).doesNotContainKey("set-cookie");
            Answer next = phone.post(cookie(opened), Soap.inform(device, "2 PERIODIC"));
            assertThat(next.cookie()).startsWith("SID=").isNotEqualTo(opened.cookie());
        }
    }

    // packed bodies

    private static byte[] packed(String coding, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing =
                switch (coding) {
                    case "gzip", "x-gzip" -> new GZIPOutputStream(out);
                    case "bare deflate" -> new DeflaterOutputStream(out, new Deflater(6, true));
                    default -> new DeflaterOutputStream(out);
                }) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "deflate,deflate", "bare deflate,deflate", "x-gzip,x-gzip"})
    @Tag("CWMP-030")
    void a_packed_message_is_read_and_answered_in_the_same_coding(String coding, String header) throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String headers = "Content-Encoding: " + header + "\r\n";
            Answer opened = phone.post(headers, packed(coding, Soap.inform(device, "1 BOOT")));
            assertThat(opened.status()).isEqualTo(200);
            assertThat(opened.header("content-encoding")).isEqualTo(header);
            assertThat(opened.body()).contains("InformResponse");
            Answer plain = phone.nothing(cookie(opened));
            assertThat(plain.headers()).doesNotContainKey("content-encoding");
            Answer end = phone.post(headers + cookie(opened), packed(coding, Soap.setParameterValuesResponse()));
            assertThat(end.status()).isEqualTo(204);
            assertThat(end.headers()).doesNotContainKey("content-encoding");
        }
    }

    @Test
    @Tag("CWMP-030")
    void a_coding_that_is_not_known_is_refused_with_415_and_told_which_are() throws IOException {
        try (RawPhone phone = RawPhone.connect(port())) {
            Answer answer = phone.post("Content-Encoding: br\r\n", Soap.inform(newDevice(), "1 BOOT"));
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.header("accept-encoding")).isEqualTo("gzip, deflate");
        }
    }

    // size

    @Test
    @Tag("CWMP-032")
    void a_listing_of_25_000_names_and_a_body_of_8_mib_are_taken_in_one_session() throws IOException {
        DeviceId device = settledDevice();
        String names = server.rest()
                .queue(device.encoded(), "GetParameterNames", "{\"path\":\"Device.\",\"nextLevel\":false}");
        String values =
                server.rest().queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"Device.X_ACDE48_Log.\"]}");
        StringBuilder listing = new StringBuilder();
        for (int i = 0; i < 25_000; i++) {
            listing.append("<ParameterInfoStruct><Name>Device.X_ACDE48_Table.")
                    .append(i / 50 + 1)
                    .append(".Parameter")
                    .append(i % 50)
                    .append("OfSomeLength</Name><Writable>1</Writable></ParameterInfoStruct>");
        }
        StringBuilder log = new StringBuilder();
        for (int i = 0; log.length() < 8 * 1024 * 1024; i++) {
            log.append("<ParameterValueStruct><Name>Device.X_ACDE48_Log.")
                    .append(i)
                    .append("</Name><Value xsi:type=\"xsd:string\">")
                    .append("x".repeat(4000))
                    .append("</Value></ParameterValueStruct>");
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(device, "2 PERIODIC")));
            assertThat(phone.nothing(cookie).body()).contains("GetParameterNames");
            String first = Soap.envelope("<cwmp:GetParameterNamesResponse><ParameterList>" + listing
                    + "</ParameterList></cwmp:GetParameterNamesResponse>");
            assertThat(first).hasSizeGreaterThan(2_500_000);
            assertThat(phone.post(cookie, first).body()).contains("GetParameterValues");
            String second = Soap.envelope("<cwmp:GetParameterValuesResponse><ParameterList>" + log
                    + "</ParameterList></cwmp:GetParameterValuesResponse>");
            assertThat(phone.post(cookie, second).status()).isEqualTo(204);
        }
        for (String rpc : List.of(names, values)) {
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        }
    }

    // other servers

    @ParameterizedTest
    @ValueSource(ints = {302, 307})
    @Tag("CWMP-027")
    void a_phone_is_sent_to_another_server_for_one_session(int status) throws IOException {
        DeviceId device = newDevice();
        try (LocalServer first = new LocalServer(
                directory.resolve("first" + status),
                "cpe.auth",
                "open",
                "cwmp.redirect.status",
                Integer.toString(status),
                "cwmp.redirect.url",
                "http://127.0.0.1:" + port() + "/there")) {
            try (RawPhone phone = RawPhone.connect(first.port("cwmp.http"))) {
                for (int i = 0; i < 2; i++) {
                    Answer sent = phone.post("", Soap.inform(device, "1 BOOT"));
                    assertThat(sent.status()).isEqualTo(status);
                    assertThat(sent.header("location")).isEqualTo("http://127.0.0.1:" + port() + "/there");
                    assertThat(sent.headers()).doesNotContainKey("set-cookie");
                }
            }
            assertThat(first.rest().get("/api/v1/devices").get("items")).isEmpty();
        }
        try (ScriptedPhone phone = ScriptedPhone.connect(port(), device)) {
            phone.informs(EventCode.BOOT);
            CwmpMessage said = phone.hasNothingMore();
            assertThat(said).isInstanceOf(AcsRequest.SetParameterValues.class);
            assertThat(phone.sends(new carillon.cwmp.message.CpeResponse.SetParameterValuesResponse(0)))
                    .isEqualTo(new Empty());
        }
        assertThat(server.rest()
                        .get("/api/v1/devices/" + device.encoded())
                        .get("state")
                        .asText())
                .isEqualTo("approved");
    }
}
