package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Factory phones that ask for their first profile, played with curl, tftp and atftp. */
class FirstContactIT {
    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(
                directory.resolve("data"),
                "cpe.auth",
                "enroll",
                "public.host",
                "127.0.0.1",
                "waiting.per-source",
                "40");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String http(String path) {
        return "http://127.0.0.1:" + server.port("files.http") + path;
    }

    private static String agent(String model, String mac) {
        return "Cisco-CP-" + model + "-3PCC/12.0.7 (" + mac + ")";
    }

    private static String run(String... command) throws Exception {
        Tool ended = Tool.run(directory, command);
        assertThat(ended.exit()).as(ended.output()).isZero();
        return ended.output();
    }

    private static Optional<JsonNode> contact(String field, String value) {
        JsonNode items = server.rest().get("/api/v1/first-contacts?limit=200").get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path(field).asText().equals(value))
                .findFirst();
    }

    private static JsonNode awaited(String field, String value) {
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> contact(field, value), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void the_first_profile_comes_by_every_road_with_the_same_bytes() throws Exception {
        String profile = run("curl", "-sf", "-A", agent("8841", "00562b000001"), http("/8841-3PCC.xml"));
        assertThat(profile)
                .startsWith("<?xml")
                .contains("<ACS_URL>https://127.0.0.1:" + server.port("cwmp.https") + "/</ACS_URL>")
                .contains("<Enable_TR-069>Yes</Enable_TR-069>")
                .contains("<User_Password></User_Password>");
        String https = "https://127.0.0.1:" + server.port("files.https") + "/Cisco/CP-8841-3PCC/00562b000001.cfg";
        assertThat(run("curl", "-sf", "--cacert", "data/tls/ca.pem", https)).isEqualTo(profile);
        String port = String.valueOf(server.port("files.tftp"));
        run("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "/8841-3PCC.xml", "by-tftp");
        assertThat(Files.readString(directory.resolve("by-tftp"))).isEqualTo(profile);
        run(
                "atftp",
                "--option",
                "blksize 128",
                "-g",
                "-r",
                "Cisco/00562b000001.cfg",
                "-l",
                "by-atftp",
                "127.0.0.1",
                port);
        assertThat(Files.readString(directory.resolve("by-atftp"))).isEqualTo(profile);
    }

    @Test
    void the_certificate_that_it_names_is_there_and_is_the_one_to_trust() throws Exception {
        String profile = run("curl", "-sf", http("/8841-3PCC.xml"));
        String rule = profile.replaceAll("(?s).*<Custom_CA_Rule>(.*)</Custom_CA_Rule>.*", "$1");
        String acs = profile.replaceAll("(?s).*<ACS_URL>(.*)</ACS_URL>.*", "$1");
        run("curl", "-sf", "-o", "fetched.pem", rule);
        assertThat(run("curl", "-s", "-o", "out", "-w", "%{http_code}", "--cacert", "fetched.pem", acs))
                .matches("[24]\\d\\d");
    }

    @Test
    void head_tells_the_length_and_a_phone_that_has_it_already_is_told_200() throws Exception {
        assertThat(run("curl", "-sI", "-A", agent("7841", "00562b000002"), http("/7841-3PCC.xml")))
                .contains("200 OK")
                .containsIgnoringCase("Content-Length: ")
                .doesNotContainIgnoringCase("ETag")
                .doesNotContainIgnoringCase("Transfer-Encoding");
        assertThat(run("curl", "-s", "-0", "-D", "-", "-H", "If-None-Match: *", http("/7841-3PCC.xml")))
                .contains("200 OK")
                .containsIgnoringCase("Content-Length: ");
    }

    @Test
    void who_asked_is_on_the_list_with_what_it_says() throws Exception {
        run("curl", "-sf", "-A", agent("8851", "00562B0000A1"), http("/8851-3PCC.xml"));
        JsonNode contact = awaited("mac", "00562b0000a1");
        assertThat(contact.get("model").asText()).isEqualTo("CP-8851-3PCC");
        assertThat(contact.get("version").asText()).isEqualTo("12.0.7");
        assertThat(contact.get("road").asText()).isEqualTo("http");
        assertThat(contact.get("path").asText()).isEqualTo("/8851-3PCC.xml");
        assertThat(contact.get("address").asText()).isEqualTo("127.0.0.1");
        assertThat(contact.has("device")).isFalse();
        assertThat(server.rest()
                        .call(
                                "DELETE",
                                "/api/v1/first-contacts/" + contact.get("id").asText(),
                                "")
                        .status())
                .isEqualTo(204);
        assertThat(contact("mac", "00562b0000a1")).isEmpty();
    }

    @Test
    void the_address_in_the_path_counts_more_than_the_one_beside_it() throws Exception {
        run("curl", "-sf", "-A", agent("8851", "00562b0000b2"), http("/Cisco/00562b0000b1.cfg"));
        assertThat(awaited("mac", "00562b0000b1").get("model").asText()).isEqualTo("CP-8851-3PCC");
        assertThat(contact("mac", "00562b0000b2")).isEmpty();
    }

    @Test
    void what_a_phone_posts_of_itself_is_kept_and_answered_with_the_profile() throws Exception {
        String said = "Product = \"CP-8841-3PCC\"; MAC_Addr = \"00562B0000C1\"; Ser_Num = \"FCH2133E8B9\";"
                + " SW_Ver = \"sip88xx.12-0-7MPP0001-46\";";
        String answer = run("curl", "-sf", "--data-binary", said, "-H", "Content-Type:", http("/8841-3PCC.xml"));
        assertThat(answer).isEqualTo(run("curl", "-sf", http("/8841-3PCC.xml")));
        JsonNode contact = awaited("mac", "00562b0000c1");
        assertThat(contact.get("serial").asText()).isEqualTo("FCH2133E8B9");
        assertThat(contact.get("version").asText()).isEqualTo("sip88xx.12-0-7MPP0001-46");
        assertThat(contact.get("description").asText()).isEqualTo(said);
    }

    @Test
    void a_body_that_is_too_long_is_refused_whether_its_length_was_said_or_not() throws Exception {
        Files.write(directory.resolve("long"), new byte[200_000]);
        assertThat(Tool.run(
                                directory,
                                "curl",
                                "-s",
                                "-o",
                                "out",
                                "-w",
                                "%{http_code}",
                                "--data-binary",
                                "@long",
                                http("/8841-3PCC.xml"))
                        .output())
                .contains("413");
        assertThat(Tool.run(
                                directory,
                                "curl",
                                "-s",
                                "-o",
                                "out",
                                "-w",
                                "%{http_code}",
                                "-H",
                                "Transfer-Encoding: chunked",
                                "--data-binary",
                                "@long",
                                http("/8841-3PCC.xml"))
                        .output())
                .contains("413");
    }

    @Test
    void its_session_by_cwmp_is_found_by_its_address_and_by_its_serial_number() throws Exception {
        DeviceId byMac = ScriptedPhone.identity(8801);
        run("curl", "-sf", "-A", agent("8841", "00562b0000d1"), http("/8841-3PCC.xml"));
        awaited("mac", "00562b0000d1");
        ScriptedPhone.connect(server.port("cwmp.http"), byMac)
                .telling(new ParameterValue("Device.LAN.MACAddress", "00:56:2B:00:00:D1", ParameterType.STRING))
                .informs(EventCode.BOOTSTRAP);
        await().atMost(Duration.ofSeconds(10)).until(() -> contact("mac", "00562b0000d1")
                .filter(found -> found.path("device").asText().equals(byMac.encoded()))
                .isPresent());

        DeviceId bySerial = ScriptedPhone.identity(8802);
        String said = "MAC_Addr = \"00562b0000d2\"; Ser_Num = \"" + bySerial.serial() + "\";";
        run("curl", "-sf", "--data-binary", said, http("/8841-3PCC.xml"));
        awaited("mac", "00562b0000d2");
        ScriptedPhone.connect(server.port("cwmp.http"), bySerial).informs(EventCode.BOOTSTRAP);
        await().atMost(Duration.ofSeconds(10)).until(() -> contact("mac", "00562b0000d2")
                .filter(found -> found.path("device").asText().equals(bySerial.encoded()))
                .isPresent());
    }

    @Test
    void a_known_phone_and_an_unknown_one_cannot_be_told_apart() throws Exception {
        DeviceId known = ScriptedPhone.identity(8803);
        ScriptedPhone.connect(server.port("cwmp.http"), known)
                .telling(new ParameterValue("Device.LAN.MACAddress", "00562B0000E1", ParameterType.STRING))
                .informs(EventCode.BOOTSTRAP);
        server.rest().call("PATCH", "/api/v1/devices/" + known.encoded(), "{\"state\":\"approved\"}");
        String first = run("curl", "-sif", http("/Cisco/00562b0000e1.cfg"));
        String second = run("curl", "-sif", http("/Cisco/00562b0000e2.cfg"));
        assertThat(first.replaceAll("(?i)Date: .*", "")).isEqualTo(second.replaceAll("(?i)Date: .*", ""));
    }

    @Test
    void a_flood_of_invented_phones_fills_the_list_no_further_than_allowed(@TempDir Path other) throws Exception {
        try (LocalServer small = new LocalServer(other, "waiting.limit", "5", "waiting.per-source", "3")) {
            for (int i = 0; i < 20; i++) {
                String path = "/Cisco/00562b00f0" + (10 + i) + ".cfg";
                String profile = run("curl", "-sf", "http://127.0.0.1:" + small.port("files.http") + path);
                assertThat(profile.getBytes(StandardCharsets.UTF_8))
                        .as("served all the same")
                        .isNotEmpty();
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> small.rest()
                                    .get("/api/v1/first-contacts")
                                    .get("items")
                                    .size()
                            == 3);
            assertThat(run("curl", "-sf", "http://127.0.0.1:" + small.port("web") + "/metrics"))
                    .contains("carillon_first_contacts_total{outcome=\"kept\"} 3.0")
                    .contains("carillon_first_contacts_total{outcome=\"refused\"}");
        }
    }

    @Test
    void with_bootstrap_off_nothing_is_there(@TempDir Path other) throws Exception {
        try (LocalServer closed = new LocalServer(other, "bootstrap", "false")) {
            String url = "http://127.0.0.1:" + closed.port("files.http") + "/8841-3PCC.xml";
            assertThat(Tool.run(directory, "curl", "-s", "-o", "out", "-w", "%{http_code}", url)
                            .output())
                    .isEqualTo("404");
        }
    }
}
