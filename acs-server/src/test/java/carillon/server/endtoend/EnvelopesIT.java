package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.server.endtoend.RawPhone.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes as phones write them, well or badly, through the whole server: what can be understood is, and is stored. */
class EnvelopesIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(8000);

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

    private static DeviceId newDevice() {
        return ScriptedPhone.identity(NUMBERS.incrementAndGet());
    }

    private static Answer posts(String body) throws IOException {
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            return phone.post("", body);
        }
    }

    /** In an address, the percent signs of an identity are percent-encoded once more. */
    private static String path(DeviceId device) {
        return "/api/v1/devices/" + device.encoded().replace("%", "%25");
    }

    private static JsonNode device(DeviceId device) {
        return server.rest().get(path(device));
    }

    /** The value that the server remembers of a parameter; missing where there is none. */
    private static JsonNode value(DeviceId device, String path) {
        JsonNode items =
                server.rest().get(path(device) + "/parameters?limit=1000").get("items");
        for (JsonNode item : items) {
            if (item.get("path").asText().equals(path)) {
                return item.get("value");
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String told(DeviceId device, String name, String value) {
        return Soap.inform(device, "1 BOOT")
                .replace(
                        "</ParameterList>",
                        "<ParameterValueStruct><Name>" + name + "</Name><Value xsi:type=\"xsd:string\">" + value
                                + "</Value></ParameterValueStruct></ParameterList>");
    }

    // prefixes, declaration, identifiers

    @ParameterizedTest
    @ValueSource(strings = {"SOAP-ENV", "soapenv", "soap"})
    @Tag("CWMP-062")
    void a_phone_is_answered_with_its_own_prefixes(String prefix) throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT").replace("soapenv", prefix);
        assertThat(posts(inform).body())
                .contains("<" + prefix + ":Envelope ", "</" + prefix + ":Body>", " xmlns:" + prefix + "=");
    }

    @Test
    @Tag("CWMP-003")
    void the_prefix_of_cwmp_may_be_any_or_none_and_be_declared_anywhere() throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT");
        String declaration = " xmlns:cwmp=\"" + Soap.NAMESPACE + "\"";
        assertThat(inform).contains(declaration);
        for (String form : new String[] {
            inform.replace("cwmp:", "ns1:").replace("xmlns:cwmp", "xmlns:ns1"),
            inform.replace(declaration, "")
                    .replace("<cwmp:Inform>", "<cwmp:Inform" + declaration + ">")
                    .replace("<cwmp:ID ", "<cwmp:ID" + declaration + " "),
            inform.replace("<cwmp:Inform>", "<Inform xmlns=\"" + Soap.NAMESPACE + "\">")
                    .replace("</cwmp:Inform>", "</Inform>")
                    .replace("<DeviceId>", "<DeviceId xmlns=\"\">")
        }) {
            Answer answer = posts(form);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("InformResponse", Soap.NAMESPACE);
        }
    }

    @Test
    @Tag("CWMP-061")
    void an_answer_declares_all_its_namespaces_at_once_and_holds_nothing_fancy() throws IOException {
        String body = posts(Soap.inform(newDevice(), "1 BOOT")).body();
        String start =
                body.substring(body.indexOf("<soapenv:Envelope"), body.indexOf('>', body.indexOf("<soapenv:Envelope")));
        assertThat(start)
                .contains(
                        "\"http://schemas.xmlsoap.org/soap/envelope/\"",
                        "\"http://schemas.xmlsoap.org/soap/encoding/\"",
                        "\"http://www.w3.org/2001/XMLSchema\"",
                        "\"http://www.w3.org/2001/XMLSchema-instance\"",
                        "\"" + Soap.NAMESPACE + "\"");
        assertThat(body.substring(body.indexOf(start) + start.length())).doesNotContain("xmlns");
        assertThat(body).doesNotContain("xmlns=", "<!", "<![CDATA[").startsWith("<?xml ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a b  c",
                "&lt;&amp;&gt;&quot;",
                "0",
                "00000000-0000",
                "\u00e9\u20ac",
                "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
                        + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
            })
    @Tag("CWMP-070")
    void an_id_comes_back_as_it_was_sent(String id) throws Exception {
        String inform = Soap.inform(newDevice(), "1 BOOT").replace(">1</cwmp:ID>", ">" + id + "</cwmp:ID>");
        assertThat(idOf(posts(inform).body())).isEqualTo(idOf(inform));
    }

    private static String idOf(String envelope) throws Exception {
        return javax.xml.parsers.DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(envelope.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagNameNS("*", "ID")
                .item(0)
                .getTextContent();
    }

    @Test
    @Tag("CWMP-070")
    void requests_of_ours_have_ids_that_differ_within_the_session() throws IOException {
        DeviceId device = newDevice();
        for (int i = 0; i < 3; i++) {
            posts(Soap.inform(device, "1 BOOT"));
            server.rest().queue(device.encoded(), "GetRPCMethods", "{}");
        }
        java.util.Set<String> ids = new java.util.HashSet<>();
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            Answer answer = phone.post("", Soap.inform(device, "2 PERIODIC"));
            String cookie = "Cookie: " + answer.cookie() + "\r\n";
            answer = phone.nothing(cookie);
            while (answer.status() == 200) {
                String id = answer.body().replaceAll("(?s).*<cwmp:ID soapenv:mustUnderstand=\"1\">([^<]+)<.*", "$1");
                assertThat(ids.add(id)).as(id).isTrue();
                String response = answer.body().contains("GetRPCMethods")
                        ? Soap.envelope("<cwmp:GetRPCMethodsResponse><MethodList><string>Reboot</string></MethodList>"
                                + "</cwmp:GetRPCMethodsResponse>")
                        : Soap.setParameterValuesResponse();
                answer = phone.post(cookie, response.replace(">1</cwmp:ID>", ">" + id + "</cwmp:ID>"));
            }
            assertThat(ids).hasSizeGreaterThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<soapenv:Header/>", "<soapenv:Header></soapenv:Header>"})
    @Tag("CWMP-071")
    void who_sends_no_id_is_answered_without(String header) throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT").replaceAll("<soapenv:Header>.*</soapenv:Header>", header);
        assertThat(posts(inform).body()).contains("InformResponse").doesNotContain("ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">x</cwmp:ID>", ">999</cwmp:ID>"})
    @Tag("CWMP-072")
    void an_answer_with_a_wrong_id_or_none_is_the_answer_to_what_was_asked(String id) throws IOException {
        DeviceId device = newDevice();
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"));
                LogLines log = new LogLines()) {
            Answer opened = phone.post("", Soap.inform(device, "1 BOOT"));
            String cookie = "Cookie: " + opened.cookie() + "\r\n";
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            String answer = Soap.setParameterValuesResponse();
            answer = id.isEmpty()
                    ? answer.replaceAll("<soapenv:Header>.*</soapenv:Header>", "")
                    : answer.replace(">1</cwmp:ID>", id);
            assertThat(phone.post(cookie, answer).status()).isEqualTo(204);
            log.holdOne(device.toString(), "another ID");
        }
    }

    // headers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<x:Thing xmlns:x=\"urn:x\" soapenv:mustUnderstand=\"0\">1</x:Thing>",
                "<x:Thing xmlns:x=\"urn:x\" soapenv:mustUnderstand=\"false\"/>",
                "<x:Thing xmlns:x=\"urn:x\"/>",
                "<cwmp:NoMoreRequests soapenv:mustUnderstand=\"1\">1</cwmp:NoMoreRequests>",
                "<cwmp:NoMoreRequests>0</cwmp:NoMoreRequests>",
                "<cwmp:HoldRequests soapenv:mustUnderstand=\"1\">1</cwmp:HoldRequests>"
            })
    @Tag("CWMP-073")
    @Tag("CWMP-095")
    void headers_that_need_not_be_understood_and_old_ones_are_passed_over(String header) throws IOException {
        DeviceId device = newDevice();
        String inform = Soap.inform(device, "1 BOOT").replace("</soapenv:Header>", header + "</soapenv:Header>");
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            Answer opened = phone.post("", inform);
            assertThat(opened.body()).contains("InformResponse");
            assertThat(phone.nothing("Cookie: " + opened.cookie() + "\r\n").body())
                    .contains("SetParameterValues");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "soapenv:mustUnderstand=\"1\",true", "soapenv:mustUnderstand=\"true\",true",
                "soapenc:mustUnderstand=\"1\",true",
        "mustUnderstand=\"1\",true", "soapenv:mustUnderstand=\"0\",false", "mustUnderstand=\"false\",false"
    })
    @Tag("CWMP-073")
    @Tag("CWMP-074")
    void must_understand_is_read_in_every_writing(String attribute, boolean must) throws IOException {
        String header = "<x:Thing xmlns:x=\"urn:x\" " + attribute + "/></soapenv:Header>";
        String inform = Soap.inform(newDevice(), "1 BOOT").replace("</soapenv:Header>", header);
        Answer answer = posts(inform);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(must ? ":MustUnderstand</faultcode>" : "InformResponse");
    }

    // bodies

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 99})
    @Tag("CWMP-075")
    @Tag("CWMP-103")
    void one_envelope_is_allowed_whatever_the_phone_asks_for(int asked) throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT").replace("<MaxEnvelopes>1<", "<MaxEnvelopes>" + asked + "<");
        assertThat(posts(inform).body()).contains("<MaxEnvelopes>1</MaxEnvelopes>");
    }

    @Test
    @Tag("CWMP-076")
    void of_two_envelopes_in_one_body_the_first_is_read_and_the_other_told() throws IOException {
        DeviceId first = newDevice();
        DeviceId second = newDevice();
        String other = Soap.inform(second, "1 BOOT");
        try (LogLines log = new LogLines()) {
            Answer answer = posts(Soap.inform(first, "1 BOOT") + other.substring(other.indexOf("<soapenv:Envelope")));
            assertThat(answer.body()).contains("InformResponse");
            posts(Soap.inform(first, "2 PERIODIC"));
            log.holdOne(first.toString(), "; tolerated: ");
        }
        assertThat(device(first).get("serial").asText()).isEqualTo(first.serial());
        assertThat(server.rest().status("/api/v1/devices/" + second.encoded())).isEqualTo(404);
    }

    @Test
    @Tag("CWMP-077")
    void elements_may_come_in_any_order_with_others_between_or_be_missing() throws IOException {
        DeviceId device = newDevice();
        String inform = Soap.envelope("<cwmp:Inform><MaxEnvelopes>1</MaxEnvelopes><X_Extra><Inner>1</Inner></X_Extra>"
                + "<ParameterList/><Event><EventStruct><CommandKey/><EventCode>1 BOOT</EventCode></EventStruct></Event>"
                + "<DeviceId><SerialNumber>" + device.serial() + "</SerialNumber><OUI>" + device.oui()
                + "</OUI></DeviceId></cwmp:Inform>");
        assertThat(posts(inform).body()).contains("InformResponse");
        DeviceId stored = new DeviceId(device.oui(), "", device.serial());
        assertThat(device(stored).get("productClass").asText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"UTF-8,utf-8", "ISO-8859-1,iso-8859-1", "ISO-8859-1,none", "UTF-16,none", "UTF-16,utf-16"})
    @Tag("CWMP-078")
    void a_name_with_an_accent_is_stored_equal_in_each_encoding(String encoding, String label) throws IOException {
        DeviceId device = newDevice();
        byte[] body = told(device, "Device.X_ACDE48_Place", "Caf\u00e9")
                .replace(" encoding=\"UTF-8\"", "")
                .getBytes(Charset.forName(encoding));
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            phone.send("POST / HTTP/1.1\r\nHost: acs\r\nContent-Type: text/xml"
                    + (label == null ? "" : "; charset=" + label) + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            phone.send(body);
            assertThat(phone.answer().status()).isEqualTo(200);
        }
        assertThat(value(device, "Device.X_ACDE48_Place").asText()).isEqualTo("Caf\u00e9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a&#2;b|a\ufffdb",
                "a\u0002b|a\ufffdb",
                "a&#0;b|a\ufffdb",
                "a\u0000b|a\ufffdb",
                "R & D|R & D",
                "x?a=1&b=2|x?a=1&b=2"
            })
    @Tag("CWMP-079")
    @Tag("CWMP-080")
    void what_xml_forbids_and_a_bare_ampersand_cost_no_message(String written, String stored) throws IOException {
        DeviceId device = newDevice();
        try (LogLines log = new LogLines()) {
            assertThat(posts(told(device, "Device.X_ACDE48_Odd", written)).status())
                    .isEqualTo(200);
            posts(Soap.inform(device, "2 PERIODIC"));
            log.holdOne(device.toString(), "; tolerated: ");
        }
        assertThat(value(device, "Device.X_ACDE48_Odd").asText()).isEqualTo(stored);
    }

    @Test
    @Tag("CWMP-080")
    void what_stands_before_and_after_an_envelope_does_no_harm() throws IOException {
        String inform = Soap.inform(newDevice(), "1 BOOT");
        for (String odd : new String[] {
            inform + "\0\0\0", inform + "\r\n\r\n", inform + " more", "\ufeff" + inform, "\r\n" + inform, "  " + inform
        }) {
            assertThat(posts(odd).body()).contains("InformResponse");
        }
    }

    @Test
    @Tag("CWMP-082")
    @Tag("CWMP-193")
    void blanks_of_values_are_kept_and_an_empty_value_is_a_value() throws IOException {
        DeviceId device = newDevice();
        posts(told(device, "Device.X_ACDE48_Blank", "  a  b ").replace("12.0.1", ""));
        assertThat(value(device, "Device.X_ACDE48_Blank").asText()).isEqualTo("  a  b ");
        assertThat(value(device, "Device.DeviceInfo.SoftwareVersion").isTextual())
                .isTrue();
        assertThat(value(device, "Device.DeviceInfo.SoftwareVersion").asText()).isEmpty();
        assertThat(value(device, "Device.DeviceInfo.HardwareVersion").isMissingNode())
                .isTrue();
    }

    @Test
    @Tag("CWMP-068")
    void a_value_that_its_type_does_not_allow_is_kept_as_text() throws IOException {
        DeviceId device = newDevice();
        posts(told(device, "Device.X_ACDE48_Boot", "Bootloader: 205").replace("xsd:string\">Boot", "xsd:int\">Boot"));
        assertThat(value(device, "Device.X_ACDE48_Boot").asText()).isEqualTo("Bootloader: 205");
    }

    @Test
    @Tag("CWMP-104")
    void one_serial_number_under_two_ouis_is_two_devices() throws IOException {
        DeviceId device = newDevice();
        DeviceId other = new DeviceId("ACDE48", device.productClass(), device.serial());
        posts(Soap.inform(device, "1 BOOT"));
        posts(Soap.inform(other, "1 BOOT"));
        posts(Soap.inform(device, "1 BOOT")
                .replace(">" + device.oui() + "<", ">" + device.oui().toLowerCase(java.util.Locale.ROOT) + "<"));
        assertThat(server.rest()
                        .get("/api/v1/devices?q=" + device.serial())
                        .get("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    @Tag("CWMP-122")
    @Tag("CWMP-113")
    void events_of_vendors_and_unknown_ones_are_shown_as_they_came() throws IOException {
        DeviceId device = newDevice();
        for (String event : new String[] {"X ACDE48 Local Reset", "99 FOO", "X_Boot &lt;b&gt;"}) {
            assertThat(posts(Soap.inform(device, event)).status()).isEqualTo(200);
        }
        assertThat(server.rest()
                        .get("/api/v1/devices/" + device.encoded() + "/events")
                        .get("items"))
                .extracting(event -> event.get("event").asText())
                .contains("X ACDE48 Local Reset", "99 FOO", "X_Boot <b>");
    }

    @Test
    @Tag("CWMP-120")
    void a_changed_value_is_stored_and_its_event_shown() throws IOException {
        DeviceId device = newDevice();
        posts(told(device, "Device.X_ACDE48_State", "Idle"));
        posts(told(device, "Device.X_ACDE48_State", "Busy").replace("1 BOOT", "4 VALUE CHANGE"));
        assertThat(value(device, "Device.X_ACDE48_State").asText()).isEqualTo("Busy");
        assertThat(server.rest()
                        .get("/api/v1/devices/" + device.encoded() + "/events")
                        .get("items"))
                .extracting(event -> event.get("event").asText())
                .contains("4 VALUE CHANGE");
    }

    @Test
    @Tag("CWMP-250")
    void what_a_hostile_phone_calls_itself_is_text_wherever_it_is_shown() throws IOException {
        DeviceId device = new DeviceId("00562B", "../../<script>", "=cmd|' /C calc'!A0-" + NUMBERS.incrementAndGet());
        String inform = Soap.inform(new DeviceId("00562B", "CLASS", "SERIAL"), "1 BOOT")
                .replace(">CLASS<", ">../../&lt;script&gt;<")
                .replace(">SERIAL<", ">" + device.serial() + "<")
                .replace(">12.0.1<", ">'; DROP TABLE device; --\r\n[fake] line<");
        try (LogLines log = new LogLines()) {
            assertThat(posts(inform).status()).isEqualTo(200);
            assertThat(log.lines()).noneMatch(line -> line.contains("\n") || line.contains("<script>"));
        }
        assertThat(device(device).get("productClass").asText()).isEqualTo("../../<script>");
        assertThat(value(device, "Device.DeviceInfo.SoftwareVersion").asText()).startsWith("'; DROP TABLE");
        assertThat(server.rest()
                        .get("/api/v1/devices?q=%25_%27%22%5B")
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    @Tag("CWMP-187")
    void names_that_differ_in_case_are_two_names_and_may_be_256_characters_long() throws IOException {
        DeviceId device = newDevice();
        String stem = "Device.X_ACDE48_" + "N".repeat(256 - "Device.X_ACDE48_".length() - 1);
        String body = told(device, stem + "A", "upper");
        body = body.replace(
                "</ParameterList>",
                told(device, stem + "a", "lower")
                                .replaceAll(
                                        "(?s).*(<ParameterValueStruct><Name>" + stem
                                                + "a</Name>.*?</ParameterValueStruct>).*",
                                        "$1")
                        + "</ParameterList>");
        assertThat(posts(body).status()).isEqualTo(200);
        assertThat(value(device, stem + "A").asText()).isEqualTo("upper");
        assertThat(value(device, stem + "a").asText()).isEqualTo("lower");
    }

    @Test
    @Tag("CWMP-188")
    void parameters_of_vendors_are_set_and_read_like_any_other() throws IOException {
        DeviceId device = newDevice();
        for (int i = 0; i < 2; i++) {
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(carillon.cwmp.EventCode.BOOT);
            }
        }
        String name = "Device.X_ACDE48_Example.X_EXAMPLE-COM_Mode";
        server.rest()
                .queue(
                        device.encoded(),
                        "SetParameterValues",
                        "{\"values\":[{\"path\":\"" + name + "\",\"value\":\"a\"}]}");
        server.rest().queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"" + name + "\"]}");
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(carillon.cwmp.EventCode.PERIODIC);
            assertThat(phone.hasNothingMore())
                    .isInstanceOfSatisfying(
                            carillon.cwmp.message.AcsRequest.SetParameterValues.class,
                            set -> assertThat(set.values().get(0).path()).isEqualTo(name));
            assertThat(phone.sends(new carillon.cwmp.message.CpeResponse.SetParameterValuesResponse(0)))
                    .isEqualTo(new carillon.cwmp.message.AcsRequest.GetParameterValues(java.util.List.of(name)));
            phone.sends(new carillon.cwmp.message.CpeResponse.GetParameterValuesResponse(
                    java.util.List.of(carillon.cwmp.ParameterValue.string(name, "b"))));
        }
        assertThat(value(device, name).asText()).isEqualTo("b");
    }
}
