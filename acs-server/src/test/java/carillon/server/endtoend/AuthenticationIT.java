package carillon.server.endtoend;

import static carillon.server.endtoend.Factory.isAskedToSet;
import static carillon.server.endtoend.Factory.login;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.phones.Phone;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a phone that has credentials of its own logs in, and what of all that clients get wrong is understood. */
class AuthenticationIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(21_000);

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Phone phone;
    private static String inform;

    @BeforeAll
    static void start() {
        server = Factory.askingForLogin(directory.resolve("data"));
        phone = own();
        inform = Soap.inform(phone.id(), "2 PERIODIC");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Phone own() {
        return new Factory(server).ownAfterLogin(NUMBERS.incrementAndGet());
    }

    private static RawPhone plain() throws IOException {
        return RawPhone.connect(server.port("cwmp.http"));
    }

    private static String challenge(RawPhone raw) throws IOException {
        return challengeOf(raw.post("", inform));
    }

    private static String challengeOf(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        return answer.header("www-authenticate");
    }

    private static void ends(RawPhone raw, Answer opened) throws IOException {
        assertThat(opened.status()).isEqualTo(200);
        assertThat(raw.nothing("Cookie: " + opened.cookie() + "\r\n").status()).isEqualTo(204);
    }

    @Test
    @Tag("CWMP-044")
    @Tag("CWMP-046")
    @Tag("CWMP-047")
    @Tag("CWMP-049")
    void the_challenge_is_one_header_with_digest_md5_and_auth_alone_and_the_connection_is_kept() throws IOException {
        for (String road : List.of("http", "https")) {
            try (RawPhone raw = road.equals("http") ? plain() : RawPhone.overTls(server.port("cwmp.https"))) {
                Answer answer = raw.post("", inform);
                String header = challengeOf(answer);
                assertThat(header)
                        .matches("Digest realm=\"Carillon\", qop=\"auth\", nonce=\"[0-9a-f]{64}\", algorithm=MD5");
                assertThat(answer.closes()).isFalse();
                assertThat(answer.header("content-length")).isEqualTo("0");
                assertThat(challenge(raw)).isNotEqualTo(header);
                ends(raw, raw.post(login(phone).answers(header), inform));
            }
        }
    }

    @Test
    @Tag("CWMP-048")
    @Tag("CWMP-049")
    @Tag("CWMP-050")
    void old_style_md5_sess_and_absolute_addresses_are_understood_and_another_resource_is_not() throws IOException {
        String host = "http://acs.example.com:7547";
        List<Login> good = List.of(
                login(phone),
                login(phone).oldStyle(),
                login(phone).with("algorithm", "MD5-sess"),
                login(phone).with("algorithm", "MD5"),
                login(phone).with("uri", host + "/"),
                login(phone).with("uri", host));
        for (Login each : good) {
            try (RawPhone raw = plain()) {
                ends(raw, raw.post(each.answers(challenge(raw)), inform));
            }
        }
        byte[] body = inform.getBytes(StandardCharsets.UTF_8);
        for (String uri : List.of("/acs?x=1", "/acs", host + "/acs?x=1", host + "/acs")) {
            try (RawPhone raw = plain()) {
                String challenge = challengeOf(raw.postTo("/acs?x=1", "", body));
                ends(raw, raw.postTo("/acs?x=1", login(phone).with("uri", uri).answers(challenge), body));
            }
        }
        for (Login each : List.of(
                login(phone).with("uri", "/other"),
                login(phone).with("uri", host + "/other"),
                login(phone).with("uri", ""),
                login(phone).with("qop", "auth-int"))) {
            try (RawPhone raw = plain()) {
                assertThat(raw.post(each.answers(challenge(raw)), inform).status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    @Tag("CWMP-051")
    void twenty_writings_of_one_login_are_read_alike() throws IOException {
        List<Function<Map<String, String>, String>> writings = new ArrayList<>(List.of(
                values -> "Digest " + joined(values, ", ", "=", true),
                values -> "digest " + joined(values, ",", "=", true),
                values -> "DIGEST " + joined(values, " , ", " = ", true),
                values -> "Digest   " + joined(values, ",  ", "= ", true),
                values -> "Digest " + joined(values, ", ", "=", false),
                values -> "Digest " + joined(values, ",", "=", false),
                values -> "Digest " + joined(values, ", ", "=", true) + ",",
                values -> "Digest " + joined(values, ", ", "=", true) + ", opaque=\"\"",
                values -> "Digest opaque=\"x,y=z\", " + joined(values, ", ", "=", true),
                values -> "Digest x=1, " + joined(values, ", ", "=", true) + ", auth-param=\"a\\\"b\"",
                values -> "Digest " + joined(values, ", ", "=", true).replace("username=", "UserName="),
                values -> "Digest " + joined(values, ", ", "=", true).replace("qop=\"auth\"", "qop=auth"),
                values -> "Digest " + joined(values, ", ", "=", true).replace("nc=\"00000001\"", "nc=00000001"),
                values -> "Digest " + joined(values, ", ", "=", true) + ", algorithm=\"MD5\"",
                values -> "Digest " + joined(values, ", ", "=", true) + ", algorithm=md5"));
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            writings.add(values -> {
                List<String> names = new ArrayList<>(values.keySet());
                Collections.shuffle(names, random);
                StringBuilder out = new StringBuilder("Digest ");
                names.forEach(name ->
                        out.append(name).append("=\"").append(values.get(name)).append("\", "));
                return out.toString();
            });
        }
        assertThat(writings).hasSize(20);
        for (Function<Map<String, String>, String> writing : writings) {
            try (RawPhone raw = plain()) {
                String line = writing.apply(login(phone).values(challenge(raw)));
                assertThat(raw.post("Authorization: " + line + "\r\n", inform).status())
                        .as(line)
                        .isEqualTo(200);
            }
        }
    }

    private static String joined(Map<String, String> values, String comma, String equals, boolean quoted) {
        String quote = quoted ? "\"" : "";
        return String.join(
                comma,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + equals + quote + entry.getValue() + quote)
                        .toList());
    }

    @Test
    @Tag("CWMP-052")
    void a_nonce_is_good_on_another_connection_for_a_minute_and_then_it_is_stale() throws IOException {
        String challenge;
        try (RawPhone raw = plain()) {
            challenge = challenge(raw);
        }
        String cookie;
        try (RawPhone raw = plain()) {
            Answer opened = raw.post(login(phone).answers(challenge), inform);
            assertThat(opened.status()).isEqualTo(200);
            cookie = opened.cookie();
        }
        try (RawPhone raw = plain()) {
            assertThat(raw.nothing("Cookie: " + cookie + "\r\n").status()).isEqualTo(204);
            String old = challenge(raw);
            server.later(Duration.ofSeconds(61));
            Answer stale = raw.post(login(phone).answers(old), inform);
            assertThat(challengeOf(stale)).endsWith("stale=true").doesNotContain(Login.part(old, "nonce"));
            ends(raw, raw.post(login(phone).answers(challengeOf(stale)), inform));
        }
    }

    @Test
    @Tag("CWMP-053")
    void a_login_that_somebody_copied_is_stale_and_retries_on_the_same_connection_are_not() throws IOException {
        try (RawPhone raw = plain();
                RawPhone thief = plain()) {
            String line = login(phone).answers(challenge(raw));
            ends(raw, raw.post(line, inform));
            // the same again, and the same count with another cnonce
            ends(raw, raw.post(line, inform));
            String challenge = "realm=\"Carillon\", nonce=\"" + Login.part(line, "nonce") + "\"";
            ends(raw, raw.post(login(phone).with("cnonce", "ffff").answers(challenge), inform));
            ends(raw, raw.post(login(phone).with("nc", "00000002").answers(challenge), inform));

            Answer copied = thief.post(line, inform);
            assertThat(challengeOf(copied)).endsWith("stale=true");
            Answer old = thief.post(login(phone).oldStyle().answers(challenge), inform);
            assertThat(challengeOf(old)).endsWith("stale=true");
            // who knows the password goes on with the fresh nonce, or with a count that has risen
            ends(thief, thief.post(login(phone).answers(challengeOf(copied)), inform));
            ends(thief, thief.post(login(phone).with("nc", "00000003").answers(challenge), inform));
        }
    }

    @Test
    @Tag("CWMP-053")
    void a_nonce_from_before_a_restart_is_stale_and_a_wrong_password_is_not() throws IOException {
        try (RawPhone raw = plain()) {
            String foreign = "realm=\"Carillon\", nonce=\"" + "0".repeat(64) + "\"";
            assertThat(challengeOf(raw.post(login(phone).answers(foreign), inform)))
                    .endsWith("stale=true");
            Login wrong = Login.of(login(phone).user(), "guess");
            assertThat(challengeOf(raw.post(wrong.answers(challenge(raw)), inform)))
                    .doesNotContain("stale");
        }
    }

    @Test
    @Tag("CWMP-054")
    void a_login_may_come_with_the_first_message_alone_or_with_each_one() throws IOException {
        for (boolean each : List.of(false, true)) {
            String rpc = server.rest().queue(phone.id().encoded(), "GetRPCMethods", "{}");
            try (RawPhone raw = plain()) {
                String challenge = challenge(raw);
                Answer opened = raw.post(login(phone).answers(challenge), inform);
                String cookie = "Cookie: " + opened.cookie() + "\r\n";
                String second = each ? login(phone).with("nc", "00000002").answers(challenge) : "";
                String third = each ? login(phone).with("nc", "00000003").answers(challenge) : "";
                assertThat(raw.nothing(cookie + second).body()).contains("GetRPCMethods");
                assertThat(raw.post(cookie + third, methods()).status()).isEqualTo(204);
            }
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        }
    }

    private static String methods() {
        return Soap.envelope("<cwmp:GetRPCMethodsResponse><MethodList soapenc:arrayType=\"xsd:string[1]\">"
                + "<string>Reboot</string></MethodList></cwmp:GetRPCMethodsResponse>");
    }

    @Test
    @Tag("CWMP-054")
    void a_login_in_the_middle_of_a_session_that_is_wrong_or_old_does_not_disturb_it_nor_use_up_an_rpc()
            throws IOException {
        String rpc = server.rest().queue(phone.id().encoded(), "GetRPCMethods", "{}");
        try (RawPhone raw = plain()) {
            Answer opened = raw.post(login(phone).answers(challenge(raw)), inform);
            String cookie = "Cookie: " + opened.cookie() + "\r\n";
            Login wrong = Login.of("somebody", "else");
            Answer asked = raw.nothing(cookie + wrong.answers("realm=\"Carillon\", nonce=\"1\""));
            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.body()).contains("GetRPCMethods");
            assertThat(raw.post(cookie + "Authorization: Digest username=\"cut\r\n", methods())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        assertThat(server.rest().rpc(rpc).get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("CWMP-035")
    @Tag("CWMP-044")
    void an_empty_message_before_an_inform_is_a_probe_for_the_challenge() throws IOException {
        try (RawPhone raw = plain()) {
            Answer probe = raw.nothing("");
            assertThat(probe.closes()).isFalse();
            Answer opened = raw.post(login(phone).answers(challengeOf(probe)), inform);
            ends(raw, opened);
            // one more after the end has no effect
            assertThat(raw.nothing("").status()).isEqualTo(204);
            assertThat(raw.nothing("Cookie: " + opened.cookie() + "\r\n").status())
                    .isEqualTo(204);
        }
    }

    @Test
    @Tag("CWMP-045")
    void who_has_not_logged_in_changes_nothing_of_a_known_device_and_leaves_none_of_an_unknown_one()
            throws IOException {
        String device = Factory.path(phone);
        String before = server.rest().get(device).toString();
        int events = server.rest().get(device + "/events").get("items").size();
        long devices = server.rest().get("/api/v1/devices").get("total").asLong();
        try (LogLines log = new LogLines();
                RawPhone raw = plain()) {
            String header = challengeOf(raw.post("", Soap.inform(phone.id(), "0 BOOTSTRAP")));
            assertThat(header).doesNotContain("Basic");
            assertThat(log.lines()).isEmpty();
            challengeOf(raw.post("", Soap.inform(ScriptedPhone.identity(991), "1 BOOT")));
            log.holdOne("refused with 401", ScriptedPhone.identity(991).toString());
        }
        assertThat(server.rest().get(device)).hasToString(before);
        assertThat(server.rest().get(device + "/events").get("items")).hasSize(events);
        assertThat(server.rest().get("/api/v1/devices").get("total").asLong()).isEqualTo(devices);
    }

    @Test
    @Tag("CWMP-055")
    void one_devices_login_is_no_good_for_another_and_the_recommended_names_are_understood() throws IOException {
        Phone other = own();
        try (LogLines log = new LogLines();
                RawPhone raw = plain()) {
            String theirs = Soap.inform(other.id(), "2 PERIODIC");
            assertThat(raw.post(login(phone).answers(challenge(raw)), theirs).status())
                    .isEqualTo(401);
            log.holdOne("refused with 401", other.id().toString(), "wrong credentials");
            String password = login(phone).password();
            for (String name : List.of(
                    phone.id().encoded(),
                    phone.id().decoded(),
                    phone.id().oui() + "-" + phone.id().serial())) {
                ends(raw, raw.post(Login.of(name, password).answers(challenge(raw)), inform));
            }
        }
    }

    @Test
    @Tag("CWMP-044")
    void basic_is_never_good_over_http_and_is_over_https() throws IOException {
        try (RawPhone raw = plain();
                RawPhone tls = RawPhone.overTls(server.port("cwmp.https"))) {
            assertThat(raw.post(login(phone).basic(), inform).status()).isEqualTo(401);
            ends(tls, tls.post(login(phone).basic(), inform));
        }
    }

    @Test
    @Tag("CWMP-056")
    void passwords_are_in_no_file_of_the_server() throws IOException {
        String password = login(phone).password();
        String call = phone.value(Factory.MANAGEMENT + "ConnectionRequestPassword");
        assertThat(call).hasSize(26);
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(3)
                    .allSatisfy(file -> assertThat(text(file)).doesNotContain(password, call));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    @Tag("CWMP-059")
    void who_guesses_is_put_off_and_good_phones_at_the_same_address_are_not() throws IOException {
        Phone victim = own();
        String theirs = Soap.inform(victim.id(), "2 PERIODIC");
        try (LogLines log = new LogLines();
                RawPhone guesser = RawPhone.connect(server.port("cwmp.http"), "127.0.0.9")) {
            for (int i = 0; i < 10; i++) {
                assertThat(guesser.post(
                                        Login.of(victim.id().encoded(), "guess" + i)
                                                .answers(challenge(guesser)),
                                        theirs)
                                .status())
                        .isEqualTo(401);
            }
            Answer putOff = guesser.post(login(victim).answers(challenge(guesser)), theirs);
            assertThat(putOff.status()).isEqualTo(503);
            assertThat(Integer.parseInt(putOff.header("retry-after"))).isPositive();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("put off for a minute"))
                    .hasSize(1);
            // another device behind the same address
            ends(guesser, guesser.post(login(phone).answers(challenge(guesser)), inform));
        }
        assertThat(isAskedToSet(victim.session(Event.of(EventCode.PERIODIC)))).isEmpty();
    }

    @Test
    @Tag("CWMP-057")
    void phones_with_the_shared_first_login_wait_and_it_is_refused_once_they_have_their_own() throws IOException {
        try (LocalServer shared = new LocalServer(
                directory.resolve("shared"),
                "cpe.auth",
                "required",
                "cpe.first-contact.username",
                "phones",
                "cpe.first-contact.password",
                "let me in")) {
            Factory factory = new Factory(shared);
            Login first = Login.of("phones", "let me in");
            Phone fresh = factory.phone(NUMBERS.incrementAndGet(), "https");
            String hello = Soap.inform(fresh.id(), "1 BOOT");
            try (RawPhone raw = RawPhone.connect(shared.port("cwmp.http"))) {
                String challenge = challengeOf(raw.post("", hello));
                assertThat(raw.post(Login.of("phones", "no").answers(challenge), hello)
                                .status())
                        .isEqualTo(401);
                assertThat(raw.post(first.basic(), hello).status()).isEqualTo(401);
                assertThat(shared.rest().get("/api/v1/devices").get("items")).isEmpty();
                assertThat(raw.post(first.answers(challenge), hello).status()).isEqualTo(200);
            }
            assertThat(shared.rest().get(Factory.path(fresh)).get("state").asText())
                    .isEqualTo("waiting");
            factory.approve(fresh);
            assertThat(fresh.session().completed()).isFalse();
            fresh.changes(Factory.MANAGEMENT + "Username", "phones");
            fresh.changes(Factory.MANAGEMENT + "Password", "let me in");
            assertThat(isAskedToSet(fresh.session())).contains("Password");
            assertThat(login(fresh).password()).hasSize(26);
            assertThat(isAskedToSet(fresh.session(Event.of(EventCode.PERIODIC))))
                    .isEmpty();
            try (RawPhone raw = RawPhone.connect(shared.port("cwmp.http"))) {
                String challenge = challengeOf(raw.post("", hello));
                assertThat(raw.post(first.answers(challenge), hello).status()).isEqualTo(401);
                ends(raw, raw.post(login(fresh).answers(challenge), hello));
            }
        }
    }

    @Test
    @Tag("CWMP-044")
    void over_https_basic_is_asked_for_where_it_is_set_and_over_http_never() throws IOException {
        try (LocalServer basic = new LocalServer(
                        directory.resolve("basic"), "cpe.auth", "required", "cpe.https.challenge", "basic");
                RawPhone tls = RawPhone.overTls(basic.port("cwmp.https"));
                RawPhone raw = RawPhone.connect(basic.port("cwmp.http"))) {
            assertThat(challengeOf(tls.nothing(""))).startsWith("Basic realm=\"Carillon\"");
            assertThat(challengeOf(raw.nothing(""))).startsWith("Digest ");
        }
    }
}
