package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.phones.Phone;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones with certificates of their manufacturer: curl plays them, openssl makes the certificates. */
class ClientCertificateIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(41_000);

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static TestAuthority maker;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer(directory.resolve("data"));
        maker = TestAuthority.make(directory, "maker");
        imports(server, maker);
        // curl as old phones are: it takes keys and signatures that it would refuse to use by itself
        Files.writeString(
                directory.resolve("weak.cnf"),
                "openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = all\n[all]\n"
                        + "CipherString = DEFAULT@SECLEVEL=0\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String imports(LocalServer server, TestAuthority authority) throws IOException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("pem", authority.pem())
                .toString();
        Rest.Answer answer = server.rest().call("POST", "/api/v1/tls/client-roots", body);
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().get("items").get(0).get("fingerprint").asText();
    }

    private static DeviceId device() {
        return ScriptedPhone.identity(NUMBERS.incrementAndGet());
    }

    private static String path(DeviceId device) {
        return "/api/v1/devices/" + device.encoded();
    }

    /** One POST over HTTPS; the answer's body and then its status. */
    private static Program.Said posts(LocalServer to, String data, String body, String... more)
            throws IOException, InterruptedException {
        Files.writeString(directory.resolve("body.xml"), body);
        List<String> command = new ArrayList<>(List.of(
                "env",
                "OPENSSL_CONF=" + directory.resolve("weak.cnf"),
                "curl",
                "-sS",
                "--max-time",
                "30",
                "--noproxy",
                "*",
                "-w",
                "\n%{http_code}",
                "-H",
                "Content-Type: text/xml; charset=utf-8",
                "-X",
                "POST",
                "--data-binary",
                "@body.xml",
                "--cacert",
                directory.resolve(data).resolve("tls/ca.pem").toString()));
        command.addAll(List.of(more));
        command.add("https://localhost:" + to.port("cwmp.https") + "/");
        return Program.run(directory, "", command);
    }

    private static Program.Said informs(DeviceId device, String certificate) throws IOException, InterruptedException {
        return posts(
                server,
                "data",
                Soap.inform(device, "1 BOOT"),
                "--cert",
                certificate + ".pem",
                "--key",
                certificate + ".key",
                "-c",
                "jar");
    }

    private static Program.Said goesOn(String certificate) throws IOException, InterruptedException {
        return posts(server, "data", "", "--cert", certificate + ".pem", "--key", certificate + ".key", "-b", "jar");
    }

    @Test
    @Tag("CWMP-041")
    @Tag("CWMP-044")
    @Tag("CWMP-252")
    void a_certificate_in_any_style_is_enough_for_the_device_it_names_which_then_gets_its_own_login() throws Exception {
        for (String style : List.of("classic", "sudi", "short", "long")) {
            DeviceId device = device();
            String serial = device.serial();
            maker.sign(
                    style,
                    switch (style) {
                        case "classic" -> "/OU=CP-8851-3PCC/L=" + serial + "/ST=00562b043615";
                        case "sudi" ->
                            "/serialNumber=PID:CP-8851 SN:" + serial
                                    + "/O=Cisco Systems Inc./OU=CTG/CN=CP-8851-SEP2C3124C9F8E1";
                        case "short" -> "/CN=" + device.oui() + "-" + serial;
                        default -> "/CN=" + device.encoded();
                    });
            Program.Said opened = informs(device, style);
            assertThat(opened.text()).as(style).contains("InformResponse").endsWith("\n200");
            assertThat(server.rest().get(path(device)).get("state").asText()).isEqualTo("approved");
            assertThat(goesOn(style).text()).contains("PeriodicInformInterval");
            assertThat(posts(server, "data", Soap.setParameterValuesResponse(), "-b", "jar")
                            .text())
                    .contains("ManagementServer.Password");
        }
    }

    @Test
    @Tag("CWMP-041")
    @Tag("CWMP-055")
    void a_certificate_of_another_device_is_refused_and_leaves_no_trace_but_a_line() throws Exception {
        DeviceId device = device();
        maker.sign("other", "/CN=" + device().encoded());
        try (LogLines log = new LogLines()) {
            assertThat(informs(device, "other").text()).endsWith("\n403");
            log.holdOne("refused with 403", device.toString(), "names another device");
        }
        assertThat(server.rest().status(path(device))).isEqualTo(404);
    }

    @Test
    @Tag("CWMP-042")
    void a_certificate_that_devices_share_identifies_none_of_them() throws Exception {
        maker.sign("shared", "/O=Cisco/CN=Generic CPE");
        DeviceId device = device();
        assertThat(informs(device, "shared").text()).endsWith("\n200");
        assertThat(server.rest().get(path(device)).get("state").asText()).isEqualTo("waiting");
        Phone phone = new Factory(server).own(NUMBERS.incrementAndGet());
        assertThat(informs(phone.id(), "shared").text()).endsWith("\n401");
        Login login = Factory.login(phone);
        assertThat(posts(
                                server,
                                "data",
                                Soap.inform(phone.id(), "2 PERIODIC"),
                                "--cert",
                                "shared.pem",
                                "--key",
                                "shared.key",
                                "-u",
                                login.user() + ":" + login.password())
                        .text())
                .endsWith("\n200");
    }

    @Test
    @Tag("CWMP-041")
    void a_certificate_under_no_imported_root_counts_for_nothing_and_does_not_shut_the_phone_out() throws Exception {
        TestAuthority stranger = TestAuthority.make(directory, "stranger");
        DeviceId device = device();
        stranger.sign("strange", "/CN=" + device.encoded());
        assertThat(informs(device, "strange").text()).endsWith("\n200");
        assertThat(server.rest().get(path(device)).get("state").asText()).isEqualTo("waiting");
    }

    @Test
    @Tag("CWMP-055")
    @Tag("CWMP-252")
    void who_comes_in_the_name_of_a_certified_device_without_its_certificate_is_a_claim_beside_it() throws Exception {
        DeviceId device = device();
        maker.sign("certified", "/CN=" + device.encoded());
        assertThat(informs(device, "certified").text()).endsWith("\n200");
        assertThat(posts(server, "data", Soap.inform(device, "1 BOOT"), "-c", "jar")
                        .text())
                .endsWith("\n200");
        assertThat(posts(server, "data", "", "-b", "jar").text()).endsWith("\n204");
        assertThat(server.rest().get(path(device) + "/claims").get("items")).hasSize(1);
    }

    @Test
    @Tag("CWMP-041")
    void where_it_is_required_nobody_comes_in_without_one_that_counts() throws Exception {
        TestAuthority stranger = TestAuthority.make(directory, "nobody");
        DeviceId device = device();
        stranger.sign("nobodys", "/CN=" + device.encoded());
        maker.sign("good", "/CN=" + device.encoded());
        try (LocalServer strict = new LocalServer(directory.resolve("strict"), "cpe.client-cert", "require")) {
            imports(strict, maker);
            String inform = Soap.inform(device, "1 BOOT");
            assertThat(posts(strict, "strict", inform).text()).doesNotContain("\n200");
            assertThat(posts(strict, "strict", inform, "--cert", "nobodys.pem", "--key", "nobodys.key")
                            .text())
                    .doesNotContain("\n200");
            assertThat(posts(strict, "strict", inform, "--cert", "good.pem", "--key", "good.key")
                            .text())
                    .endsWith("\n200");
        }
    }

    @Test
    @Tag("CWMP-041")
    void old_manufacturing_certificates_count_only_where_that_was_set() throws Exception {
        TestAuthority old = TestAuthority.makeOld(directory, "old", 2048);
        TestAuthority older = TestAuthority.makeOld(directory, "older", 1024);
        DeviceId sha1 = device();
        DeviceId small = device();
        old.sign("sha1", "/CN=" + sha1.encoded(), "rsa:2048", "-sha1");
        older.sign("small", "/CN=" + small.encoded(), "rsa:1024", "-sha256");
        try (LocalServer lax = new LocalServer(directory.resolve("lax"), "cpe.client-cert.old-algorithms", "true")) {
            for (boolean accepted : new boolean[] {false, true}) {
                LocalServer each = accepted ? lax : server;
                String data = accepted ? "lax" : "data";
                imports(each, old);
                imports(each, older);
                for (DeviceId device : List.of(sha1, small)) {
                    String name = device.equals(sha1) ? "sha1" : "small";
                    assertThat(posts(
                                            each,
                                            data,
                                            Soap.inform(device, "1 BOOT"),
                                            "--cert",
                                            name + ".pem",
                                            "--key",
                                            name + ".key")
                                    .text())
                            .as(name)
                            .endsWith("\n200");
                    assertThat(each.rest().get(path(device)).get("state").asText())
                            .as(name)
                            .isEqualTo(accepted ? "approved" : "waiting");
                }
            }
        }
    }

    @Test
    @Tag("CWMP-041")
    @Tag("CWMP-253")
    void roots_are_listed_and_removed_and_who_did_it_is_written_down() throws Exception {
        TestAuthority passing = TestAuthority.make(directory, "passing");
        DeviceId device = device();
        passing.sign("passes", "/CN=" + device.encoded());
        String fingerprint = imports(server, passing);
        assertThat(server.rest().get("/api/v1/tls/client-roots").get("items"))
                .extracting(each -> each.get("fingerprint").asText())
                .contains(fingerprint);
        assertThat(server.rest()
                        .call("DELETE", "/api/v1/tls/client-roots/" + fingerprint, "")
                        .status())
                .isEqualTo(204);
        assertThat(server.rest()
                        .call("DELETE", "/api/v1/tls/client-roots/" + fingerprint, "")
                        .status())
                .isEqualTo(404);
        assertThat(server.rest()
                        .call("POST", "/api/v1/tls/client-roots", "{\"pem\":\"nothing\"}")
                        .status())
                .isEqualTo(400);
        assertThat(informs(device, "passes").text()).endsWith("\n200");
        assertThat(server.rest().get(path(device)).get("state").asText()).isEqualTo("waiting");
        assertThat(server.rest().get("/api/v1/audit").get("items").toString())
                .contains("client-root.add", "client-root.remove", fingerprint);
    }

    @Test
    @Tag("CWMP-041")
    void a_revoked_certificate_counts_for_nothing_from_the_moment_its_authority_says_so() throws Exception {
        TestAuthority strict = TestAuthority.make(directory, "strict");
        TestAuthority namesake = TestAuthority.make(Files.createDirectories(directory.resolve("else")), "strict");
        imports(server, strict);
        DeviceId stolen = device();
        DeviceId honest = device();
        strict.sign("stolen", "/CN=" + stolen.encoded());
        strict.sign("honest", "/CN=" + honest.encoded());
        Path lists = directory.resolve("data/tls/clients");
        assertThat(informs(stolen, "stolen").text()).endsWith("\n200");
        assertThat(server.rest().get(path(stolen)).get("state").asText()).isEqualTo("approved");

        // a list that another authority of this name has signed
        Files.copy(directory.resolve("stolen.pem"), directory.resolve("else/stolen.pem"));
        namesake.revoke(lists.resolve("forged.crl"), "stolen");
        reloads();
        assertThat(informs(stolen, "stolen").text()).endsWith("\n200");
        assertThat(server.rest().get(path(stolen) + "/claims").get("items")).isEmpty();

        strict.revoke(lists.resolve("strict.crl"), "stolen");
        Files.writeString(lists.resolve("broken.crl"), "nothing of the kind");
        reloads();
        assertThat(informs(stolen, "stolen").text()).endsWith("\n200");
        assertThat(server.rest().get(path(stolen) + "/claims").get("items")).hasSize(1);
        assertThat(informs(honest, "honest").text()).endsWith("\n200");
        assertThat(server.rest().get(path(honest)).get("state").asText()).isEqualTo("approved");
    }

    private static void reloads() {
        assertThat(server.rest().call("POST", "/api/v1/tls/reload", "").status())
                .isEqualTo(200);
    }
}
