package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs outside that are told what happens. */
class WebhooksIT {
    private static final String SECRET = "a secret of the integrator";

    @TempDir
    Path directory;

    private LocalServer server(String... more) {
        List<String> settings =
                new ArrayList<>(List.of("cpe.auth", "open", "lab", "true", "webhooks.networks", "127.0.0.0/8"));
        settings.addAll(List.of(more));
        return new LocalServer(directory.resolve("data"), settings.toArray(String[]::new));
    }

    private static String make(LocalServer server, WebhookReceiver receiver, String more) {
        Rest.Answer answer = server.rest()
                .call(
                        "POST",
                        "/api/v1/webhooks",
                        "{\"name\":\"crm\",\"url\":\"" + receiver.url() + "\",\"secret\":\"" + SECRET + "\"" + more
                                + "}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        assertThat(answer.body().get("secret").asText()).isEqualTo(SECRET);
        return answer.location();
    }

    private static void comes(LocalServer server, int number, EventCode code, ParameterValue... values)
            throws Exception {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(number))) {
            phone.telling(values).completes(code);
        }
    }

    private static JsonNode until(LocalServer server, String path, Predicate<JsonNode> good) throws Exception {
        JsonNode found = server.rest().get(path);
        for (int i = 0; i < 300 && !good.test(found); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            found = server.rest().get(path);
        }
        assertThat(good.test(found)).as("%s", found).isTrue();
        return found;
    }

    @Test
    void what_phones_do_is_told_signed_and_in_order() throws Exception {
        try (LocalServer server = server();
                WebhookReceiver receiver = WebhookReceiver.open()) {
            make(server, receiver, ",\"kinds\":[\"inform\",\"change\"]");
            comes(server, 1, EventCode.BOOT);
            WebhookReceiver.Message first = receiver.next();
            JsonNode told = first.json().get("events").get(0);
            assertThat(told.get("kind").asText()).isEqualTo("inform");
            assertThat(told.get("device").asText())
                    .isEqualTo(ScriptedPhone.identity(1).encoded());
            assertThat(told.get("events").get(0).asText()).isEqualTo("1 BOOT");
            assertThat(first.json().get("dropped").asLong()).isZero();
            assertThat(first.signature()).isEqualTo(signed(first));

            comes(
                    server,
                    1,
                    EventCode.VALUE_CHANGE,
                    new ParameterValue("Device.X_CISCO_HostName", "lobby", ParameterType.STRING));
            List<JsonNode> further = receiver.events(2);
            assertThat(further).extracting(event -> event.get("kind").asText()).containsExactly("inform", "change");
            assertThat(further.get(1).get("parameters").toString())
                    .contains("Device.X_CISCO_HostName")
                    .doesNotContain("lobby");
            assertThat(further.get(1).get("number").asLong())
                    .isGreaterThan(told.get("number").asLong());
            assertThat(receiver.unread()).isZero();
        }
    }

    private static String signed(WebhookReceiver.Message message) throws Exception {
        String seconds = message.signature().replaceAll("t=(\\d+),v1=.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(message.body()));
    }

    @Test
    void what_was_not_taken_is_told_again_in_its_order_also_after_a_restart() throws Exception {
        try (WebhookReceiver receiver = WebhookReceiver.open().answers(500)) {
            String hook;
            try (LocalServer server = server()) {
                hook = make(server, receiver, ",\"kinds\":[\"inform\"]");
                comes(server, 1, EventCode.BOOT);
                assertThat(receiver.next().answered()).isEqualTo(500);
                comes(server, 2, EventCode.BOOT);
                comes(server, 3, EventCode.PERIODIC);
                JsonNode shown = until(
                        server,
                        hook,
                        found -> found.get("failures").asInt() > 0
                                && found.get("waiting").asInt() == 3);
                assertThat(shown.get("lastOutcome").asText()).isEqualTo("answered 500");
            }
            receiver.answers(200);
            try (LocalServer server = server()) {
                assertThat(receiver.events(3))
                        .extracting(event -> event.get("device").asText())
                        .containsExactly(
                                ScriptedPhone.identity(1).encoded(),
                                ScriptedPhone.identity(2).encoded(),
                                ScriptedPhone.identity(3).encoded());
                JsonNode shown =
                        until(server, hook, found -> found.get("waiting").asInt() == 0);
                assertThat(shown.get("failures").asInt()).isZero();
            }
        }
    }

    @Test
    void only_what_lies_in_the_scope_and_is_wanted_is_told() throws Exception {
        try (LocalServer server = server();
                WebhookReceiver receiver = WebhookReceiver.open()) {
            comes(server, 1, EventCode.BOOT);
            comes(server, 2, EventCode.BOOT);
            String second = "/api/v1/devices/" + ScriptedPhone.identity(2).encoded();
            assertThat(server.rest()
                            .call("PATCH", second, "{\"site\":\"north\"}")
                            .status())
                    .isEqualTo(200);
            make(server, receiver, ",\"site\":\"north\",\"kinds\":[\"inform\",\"rpc\"]");
            comes(server, 1, EventCode.PERIODIC);
            server.rest().queue(ScriptedPhone.identity(1).encoded(), "GetRPCMethods", "{}");
            String rpc = server.rest().queue(ScriptedPhone.identity(2).encoded(), "GetRPCMethods", "{}");
            comes(server, 2, EventCode.PERIODIC);
            List<JsonNode> events = receiver.events(2);
            assertThat(events).allMatch(event -> event.get("device")
                    .asText()
                    .equals(ScriptedPhone.identity(2).encoded()));
            assertThat(events.get(0).get("kind").asText()).isEqualTo("rpc");
            assertThat(events.get(0).get("id").asText()).isEqualTo(rpc);
            assertThat(events.get(0).get("state").asText()).isEqualTo("queued");
        }
    }

    @Test
    void a_webhook_is_called_by_the_rules_and_follows_nothing() throws Exception {
        try (LocalServer server = new LocalServer(directory.resolve("strict"), "cpe.auth", "open");
                WebhookReceiver receiver = WebhookReceiver.open()) {
            Rest.Answer refused = server.rest()
                    .call("POST", "/api/v1/webhooks", "{\"name\":\"x\",\"url\":\"" + receiver.url() + "\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().get("detail").asText()).contains("127.0.0.1", "lab=true");
            Rest.Answer outside =
                    server.rest().call("POST", "/api/v1/webhooks", "{\"name\":\"x\",\"url\":\"http://192.0.2.1/\"}");
            assertThat(outside.body().get("detail").asText()).contains("192.0.2.1 is not within webhooks.networks");
            assertThat(server.rest()
                            .call("POST", "/api/v1/webhooks", "{\"name\":\"x\",\"url\":\"file:///etc/passwd\"}")
                            .status())
                    .isEqualTo(400);
        }
        try (LocalServer server = server();
                WebhookReceiver receiver = WebhookReceiver.open().answers(302)) {
            String hook = make(server, receiver, "");
            assertThat(server.rest().call("POST", hook + "/test", "").status()).isEqualTo(202);
            JsonNode shown = until(server, hook, found -> found.get("failures").asInt() > 0);
            assertThat(shown.get("lastOutcome").asText()).isEqualTo("answered 302");
            assertThat(shown.get("url").asText()).doesNotContain("hush").endsWith("/…");
            assertThat(receiver.next().json().at("/events/0/kind").asText()).isEqualTo("test");
            assertThat(receiver.unread()).as("the redirect was not followed").isZero();

            receiver.answers(410);
            server.rest().call("PATCH", hook, "{\"enabled\":true}");
            JsonNode gone = until(server, hook, found -> !found.get("enabled").asBoolean());
            assertThat(gone.get("lastOutcome").asText()).startsWith("410");
        }
    }

    @Test
    void what_is_too_much_is_dropped_and_the_webhook_is_told_how_much() throws Exception {
        try (LocalServer server = server("webhooks.queue", "100", "webhooks.keep", "30d");
                WebhookReceiver receiver = WebhookReceiver.open().answers(503)) {
            String hook = make(server, receiver, "");
            for (int i = 0; i < 130; i++) {
                server.rest().call("POST", hook + "/test", "");
            }
            server.later(Duration.ofMinutes(2));
            JsonNode shown = until(server, hook, found -> found.get("waiting").asInt() <= 100);
            assertThat(shown.get("dropped").asInt())
                    .isEqualTo(130 - shown.get("waiting").asInt());
            receiver.answers(200);
            server.rest().call("PATCH", hook, "{\"enabled\":true}");
            WebhookReceiver.Message message = receiver.next();
            while (message.answered() != 200) {
                message = receiver.next();
            }
            assertThat(message.json().get("dropped").asInt()).isEqualTo(30);
            until(
                    server,
                    hook,
                    found -> found.get("dropped").asInt() == 0
                            && found.get("waiting").asInt() == 0);
        }
    }

    @Test
    void over_https_its_certificate_must_be_of_an_authority_that_counts() throws Exception {
        Program.must(
                Files.createDirectories(directory.resolve("tls")),
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-days",
                "30",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-subj",
                "/CN=hook",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        Program.must(
                directory.resolve("tls"),
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                "cert.pem",
                "-inkey",
                "key.pem",
                "-out",
                "hook.p12",
                "-passout",
                "pass:secret");
        try (WebhookReceiver receiver = WebhookReceiver.secure(context(directory.resolve("tls/hook.p12")))) {
            try (LocalServer server = server()) {
                String hook = make(server, receiver, "");
                server.rest().call("POST", hook + "/test", "");
                JsonNode shown =
                        until(server, hook, found -> found.get("failures").asInt() > 0);
                assertThat(shown.get("lastOutcome").asText()).contains("webhooks.ca.file");
                assertThat(receiver.unread()).isZero();
            }
            try (LocalServer server =
                    server("webhooks.ca.file", directory.resolve("tls/cert.pem").toString())) {
                assertThat(receiver.events(1).get(0).get("kind").asText()).isEqualTo("test");
                assertThat(server.rest().get("/api/v1/webhooks").get("items")).hasSize(1);
            }
        }
    }

    private static SSLContext context(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "secret".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void only_administrators_deal_with_webhooks() throws Exception {
        try (LocalServer server = server()) {
            server.rest()
                    .call(
                            "POST",
                            "/api/v1/users",
                            "{\"name\":\"op\",\"password\":\"Correct-horse-7\",\"role\":\"operator\"}");
            Rest operator = new Rest(server.port("web"), "op", "Correct-horse-7");
            assertThat(operator.status("/api/v1/webhooks")).isEqualTo(403);
            assertThat(server.rest().status("/api/v1/webhooks/NONE")).isEqualTo(404);
        }
    }

    @Test
    void events_have_a_kind_that_somebody_can_ask_for() {
        try (LocalServer server = server()) {
            Rest.Answer refused = server.rest()
                    .call(
                            "POST",
                            "/api/v1/webhooks",
                            "{\"name\":\"x\",\"url\":\"http://127.0.0.1:1/\",\"kinds\":[\"everything\"]}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().get("detail").asText()).contains("'everything'", "inform");
        }
    }
}
