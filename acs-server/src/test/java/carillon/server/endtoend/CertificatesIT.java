package carillon.server.endtoend;

import static carillon.server.endtoend.Factory.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.phones.Phone;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate the server shows: the operator's or its own, and how either is replaced while phones come. */
class CertificatesIT {
    @TempDir
    static Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (String host : List.of("one", "two")) {
            Program.must(
                    directory,
                    "openssl",
                    "req",
                    "-x509",
                    "-nodes",
                    "-days",
                    "30",
                    "-newkey",
                    "rsa:2048",
                    "-keyout",
                    host + ".key",
                    "-out",
                    host + ".pem",
                    "-subj",
                    "/CN=" + host,
                    "-addext",
                    "subjectAltName=DNS:localhost,DNS:" + host + ".example.org");
        }
        Program.must(
                directory,
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                "one.pem",
                "-inkey",
                "one.key",
                "-out",
                "one.p12",
                "-passout",
                "pass:hush");
    }

    private static int reached(LocalServer server, Path trusted) throws IOException, InterruptedException {
        Program.Said said = Program.run(
                directory,
                "curl",
                "-sS",
                "--noproxy",
                "*",
                "--max-time",
                "30",
                "-o",
                "got.pem",
                "-w",
                "%{http_code}",
                "--cacert",
                trusted.toString(),
                "https://localhost:" + server.port("cwmp.https") + "/ca.pem");
        return said.exit() == 0 ? Integer.parseInt(said.text()) : 0;
    }

    private static void use(String which) throws IOException {
        Files.copy(
                directory.resolve(which + ".key"),
                directory.resolve("in-use.key"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                directory.resolve(which + ".pem"),
                directory.resolve("in-use.pem"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Tag("CWMP-039")
    void the_operators_files_are_shown_and_new_ones_are_put_to_use_without_a_restart() throws Exception {
        use("one");
        try (LogLines log = new LogLines();
                LocalServer server = new LocalServer(
                        directory.resolve("files"),
                        "public.host",
                        "one.example.org",
                        "tls.certificate",
                        directory.resolve("in-use.pem").toString(),
                        "tls.key",
                        directory.resolve("in-use.key").toString())) {
            assertThat(log.lines()).noneMatch(line -> line.contains("does not hold the name"));
            assertThat(reached(server, directory.resolve("one.pem"))).isEqualTo(200);
            assertThat(reached(server, directory.resolve("two.pem"))).isZero();
            JsonNode shown = server.rest().get("/api/v1/tls");
            assertThat(shown.get("source").asText()).isEqualTo("operator");
            assertThat(shown.get("names").toString()).contains("one.example.org");

            use("two");
            assertThat(server.rest().call("POST", "/api/v1/tls/reload", "").status())
                    .isEqualTo(200);
            assertThat(reached(server, directory.resolve("two.pem"))).isEqualTo(200);
            assertThat(reached(server, directory.resolve("one.pem"))).isZero();
            assertThat(log.lines()).anyMatch(line -> line.contains("does not hold the name one.example.org"));
            assertThat(server.rest().get("/api/v1/audit").get("items").toString())
                    .contains("certificate.reload");

            // a key that belongs to another certificate: told, and the one that works stays
            Files.copy(
                    directory.resolve("one.key"), directory.resolve("in-use.key"), StandardCopyOption.REPLACE_EXISTING);
            Rest.Answer refused = server.rest().call("POST", "/api/v1/tls/reload", "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().toString()).contains("the key does not belong to the certificate");
            assertThat(reached(server, directory.resolve("two.pem"))).isEqualTo(200);
            assertThat(server.rest()
                            .call("POST", "/api/v1/tls/authority/prepare", "")
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    @Tag("CWMP-039")
    void files_that_changed_are_found_without_being_told() throws Exception {
        use("one");
        try (LocalServer server = new LocalServer(
                directory.resolve("watched"),
                "tls.certificate",
                directory.resolve("in-use.pem").toString(),
                "tls.key",
                directory.resolve("in-use.key").toString())) {
            assertThat(reached(server, directory.resolve("one.pem"))).isEqualTo(200);
            use("two");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> reached(server, directory.resolve("two.pem")) == 200);
        }
    }

    @Test
    void a_pkcs12_file_does_as_well_and_what_cannot_be_used_is_told_at_the_start() throws Exception {
        String store = directory.resolve("one.p12").toString();
        try (LocalServer server =
                new LocalServer(directory.resolve("store"), "tls.keystore", store, "tls.keystore.password", "hush")) {
            assertThat(reached(server, directory.resolve("one.pem"))).isEqualTo(200);
        }
        assertThatThrownBy(() -> new LocalServer(
                        directory.resolve("wrong"), "tls.keystore", store, "tls.keystore.password", "shout"))
                .hasMessageContaining("tls.keystore.password")
                .hasMessageNotContaining("shout");
        assertThatThrownBy(() -> new LocalServer(
                        directory.resolve("none"), "tls.certificate", "nowhere.pem", "tls.key", "nowhere.key"))
                .hasMessageContaining("tls.certificate is nowhere.pem");
    }

    private static JsonNode step(LocalServer server, String step, String body) {
        Rest.Answer answer = server.rest().call("POST", "/api/v1/tls/authority/" + step, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().get("authority");
    }

    private static int refused(LocalServer server, String step, String body) {
        return server.rest().call("POST", "/api/v1/tls/authority/" + step, body).status();
    }

    private static void holds(LocalServer server, int called, int fetched, int missing) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    JsonNode holders =
                            server.rest().get("/api/v1/tls").get("authority").get("holders");
                    assertThat(holders.get("called").asInt()).isEqualTo(called);
                    assertThat(holders.get("fetched").asInt()).isEqualTo(fetched);
                    assertThat(holders.get("missing").asInt()).isEqualTo(missing);
                });
    }

    @Test
    @Tag("CWMP-039")
    void the_authority_is_replaced_step_by_step_and_no_phone_is_left_behind_unseen() throws Exception {
        Path data = directory.resolve("own");
        Path bundle = data.resolve("tls/ca.pem");
        Path old = directory.resolve("old-root.pem");
        Phone first;
        Phone second;
        try (LocalServer server = new LocalServer(data)) {
            Factory factory = new Factory(server);
            first = factory.own(71_001);
            second = factory.own(71_002);
            Files.copy(bundle, old);
            assertThat(refused(server, "switch", "")).isEqualTo(409);
            assertThat(refused(server, "finish", "")).isEqualTo(409);
            assertThat(refused(server, "hurry", "")).isEqualTo(400);

            JsonNode prepared = step(server, "prepare", "");
            assertThat(prepared.get("phase").asText()).isEqualTo("prepared");
            assertThat(prepared.get("other").get("fingerprint"))
                    .isNotEqualTo(prepared.get("signing").get("fingerprint"));
            assertThat(certificates(bundle)).isEqualTo(2);
            // the old one still signs: who holds it alone comes as before, and gets both
            assertThat(reached(server, old)).isEqualTo(200);
            assertThat(directory.resolve("got.pem")).hasSameBinaryContentAs(bundle);
            holds(server, 0, 0, 2);

            Program.must(
                    directory,
                    "curl",
                    "-sS",
                    "--noproxy",
                    "*",
                    "-f",
                    "http://127.0.0.1:" + server.port("cwmp.http") + "/ca/"
                            + first.id().serial() + ".pem");
            holds(server, 0, 1, 1);
            JsonNode missing =
                    server.rest().get("/api/v1/tls/authority/missing").get("items");
            assertThat(missing).hasSize(1);
            assertThat(missing.get(0).get("id").asText()).isEqualTo(second.id().encoded());
            assertThat(refused(server, "switch", "")).isEqualTo(409);

            assertThat(step(server, "switch", "{\"evenIfMissing\":true}")
                            .get("phase")
                            .asText())
                    .isEqualTo("switched");
            assertThat(reached(server, old)).isZero();
            assertThat(reached(server, bundle)).isEqualTo(200);
            completed(first.session(Event.of(EventCode.PERIODIC)));
            holds(server, 1, 0, 1);

            // phones do not come: back, and forward again
            assertThat(step(server, "back", "").get("phase").asText()).isEqualTo("prepared");
            assertThat(reached(server, old)).isEqualTo(200);
            step(server, "switch", "{\"evenIfMissing\":true}");
        }
        try (LocalServer server = new LocalServer(data)) {
            assertThat(reached(server, old)).isZero();
            assertThat(reached(server, bundle)).isEqualTo(200);
            completed(new Factory(server).moved(second).session(Event.of(EventCode.PERIODIC)));
            holds(server, 2, 0, 0);
            assertThat(step(server, "finish", "").get("phase").asText()).isEqualTo("settled");
            assertThat(certificates(bundle)).isEqualTo(1);
            assertThat(reached(server, bundle)).isEqualTo(200);
            assertThat(server.rest().get("/api/v1/audit").get("items").toString())
                    .contains("authority.prepare", "authority.switch", "authority.back", "authority.finish");
            // and one that is given up
            step(server, "prepare", "");
            assertThat(step(server, "abandon", "").get("phase").asText()).isEqualTo("settled");
            assertThat(certificates(bundle)).isEqualTo(1);
        }
    }

    private static long certificates(Path bundle) throws IOException {
        return Files.readAllLines(bundle).stream()
                .filter(line -> line.startsWith("-----BEGIN CERTIFICATE"))
                .count();
    }
}
