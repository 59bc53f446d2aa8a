package carillon.server.connect;

import static carillon.server.connect.ScriptedListener.accepts;
import static carillon.server.connect.ScriptedListener.challenges;
import static carillon.server.connect.ScriptedListener.hangsUp;
import static carillon.server.connect.ScriptedListener.says;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.server.connect.ScriptedListener.Step;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.tls.LocalNames;
import carillon.server.tls.TestKeyStores;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a listener on loopback that does what phones do. */
class HttpConnectionRequestTest {
    private static final String DIGEST = "Digest realm=\"phone\", nonce=\"%s\", qop=\"auth\"";
    private static final Duration LONG = Duration.ofSeconds(20);

    private static Answer send(ScriptedListener phone, Duration timeout, String... passwords) throws Exception {
        return send(phone, timeout, false, passwords);
    }

    private static Answer send(ScriptedListener phone, Duration timeout, boolean basic, String... passwords)
            throws Exception {
        try (HttpConnectionRequest request = new HttpConnectionRequest(
                RequestUrl.parse(phone.url()), InetAddress.getByName("127.0.0.1"), timeout, basic)) {
            return request.send(
                    "me", List.of(passwords).stream().map(Secret::new).toList());
        }
    }

    private static void ended(Answer answer, Outcome outcome, int status) {
        assertThat(answer.outcome()).as(answer.sentence()).isEqualTo(outcome);
        assertThat(answer.status()).isEqualTo(status == 0 ? OptionalInt.empty() : OptionalInt.of(status));
    }

    /** Accepts who proves this password for this nonce; to others it says 401 with that nonce. */
    private static Step knows(String password, String nonce, String more) {
        return (request, out) -> {
            boolean right = proven(request, password) && request.contains("nonce=\"" + nonce + "\"");
            Step then = right ? accepts() : challenges(String.format(DIGEST, nonce) + more);
            return then.answers(request, out);
        };
    }

    private static boolean proven(String request, String password) {
        String first = md5("me:phone:" + password);
        String second = md5("GET:/bell?a=%20b");
        String middle = part(request, "qop").isEmpty()
                ? part(request, "nonce")
                : part(request, "nonce") + ":" + part(request, "nc") + ":" + part(request, "cnonce") + ":"
                        + part(request, "qop");
        return part(request, "response").equals(md5(first + ":" + middle + ":" + second));
    }

    private static String part(String request, String name) {
        Matcher matcher =
                Pattern.compile("[ ,]" + name + "=(?:\"([^\"]*)\"|([^\\s,]+))").matcher(request);
        return !matcher.find() ? "" : matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    @Tag("CWMP-197")
    @Tag("CWMP-198")
    void a_phone_that_asks_for_nothing_gets_one_plain_get() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(accepts())) {
            ended(send(phone, LONG), Outcome.ACCEPTED, 200);
            String host = phone.url().replaceAll("http://([^/]*)/.*", "$1");
            assertThat(phone.requests)
                    .containsExactly("GET /bell?a=%20b HTTP/1.1\nHost: " + host + "\nUser-Agent: Carillon\n");
        }
    }

    @Test
    @Tag("CWMP-197")
    @Tag("CWMP-199")
    void a_challenge_is_answered_on_the_same_connection() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(knows("right", "n1", ""))) {
            ended(send(phone, LONG, "right"), Outcome.ACCEPTED, 200);
            assertThat(phone.requests).hasSize(2);
            assertThat(phone.connections).hasValue(1);
        }
    }

    @Test
    @Tag("CWMP-197")
    @Tag("CWMP-200")
    void a_challenge_without_qop_is_answered_without() throws Exception {
        Step listener = (request, out) -> (proven(request, "right")
                                && part(request, "qop").isEmpty()
                        ? says("HTTP/1.1 204 No Content")
                        : challenges("Digest realm=\"phone\", nonce=\"n1\""))
                .answers(request, out);
        try (ScriptedListener phone = new ScriptedListener(listener)) {
            ended(send(phone, LONG, "right"), Outcome.ACCEPTED, 204);
        }
    }

    @Test
    @Tag("CWMP-199")
    void a_phone_that_closes_after_its_challenge_is_dialled_again() throws Exception {
        try (ScriptedListener told =
                new ScriptedListener(challenges(String.format(DIGEST, "n1"), "Connection: close"), accepts())) {
            ended(send(told, LONG, "right"), Outcome.ACCEPTED, 200);
            assertThat(told.connections).hasValue(2);
        }
        Step closesSilently = (request, out) -> {
            challenges(String.format(DIGEST, "n1")).answers(request, out);
            return false;
        };
        try (ScriptedListener untold = new ScriptedListener(closesSilently, accepts())) {
            ended(send(untold, LONG, "right"), Outcome.ACCEPTED, 200);
            assertThat(untold.connections).hasValue(2);
            assertThat(untold.requests.get(1)).contains("Authorization: Digest ");
        }
    }

    @Test
    @Tag("CWMP-200")
    void a_challenge_with_a_body_or_in_folded_lines_is_read() throws Exception {
        Step folded = (request, out) -> {
            String answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"phone\",\r\n"
                    + "   nonce=\"n1\",\r\n\tqop=\"auth\"\r\nContent-Length: 4\r\n\r\nbody";
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        };
        try (ScriptedListener phone = new ScriptedListener(folded, knows("right", "n1", ""))) {
            ended(send(phone, LONG, "right"), Outcome.ACCEPTED, 200);
            assertThat(phone.connections).hasValue(1);
        }
    }

    @Test
    void a_stale_nonce_costs_another_round_and_no_password() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(
                challenges(String.format(DIGEST, "old")),
                challenges(String.format(DIGEST, "new") + ", stale=true"),
                knows("right", "new", ""))) {
            ended(send(phone, LONG, "right", "other"), Outcome.ACCEPTED, 200);
            assertThat(phone.requests).hasSize(3);
        }
    }

    @Test
    void a_nonce_that_is_always_stale_comes_to_an_end() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(challenges(String.format(DIGEST, "n") + ", stale=true"))) {
            ended(send(phone, LONG, "a", "b"), Outcome.REFUSED, 401);
            assertThat(phone.requests).hasSize(4);
        }
    }

    @Test
    void the_older_password_is_tried_after_the_newer() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(knows("older", "n", ""))) {
            ended(send(phone, LONG, "newer", "older"), Outcome.ACCEPTED, 200);
            assertThat(phone.requests).hasSize(3);
        }
    }

    @Test
    @Tag("CWMP-202")
    void a_wrong_password_is_a_refusal() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(knows("right", "n", ""))) {
            Answer answer = send(phone, LONG, "wrong");
            ended(answer, Outcome.REFUSED, 401);
            assertThat(answer.sentence()).contains("does not take the connection-request password");
            assertThat(phone.requests).hasSize(2);
        }
    }

    @Test
    void without_a_password_a_challenge_is_a_refusal() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(knows("right", "n", ""))) {
            Answer answer = send(phone, LONG);
            ended(answer, Outcome.REFUSED, 401);
            assertThat(answer.sentence()).contains("has not set one");
        }
    }

    @Test
    @Tag("CWMP-201")
    void a_password_is_never_sent_in_clear() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(challenges("Basic realm=\"phone\""))) {
            ended(send(phone, LONG, "right"), Outcome.REFUSED, 401);
            assertThat(phone.requests).hasSize(1);
        }
    }

    @Test
    @Tag("CWMP-201")
    void where_it_is_allowed_a_basic_challenge_is_answered() throws Exception {
        String proof = "Authorization: Basic bWU6cmlnaHQ="; // me:right
        Step knowsBasic = (request, out) ->
                (request.contains(proof) ? accepts() : challenges("Basic realm=\"phone\"")).answers(request, out);
        try (ScriptedListener phone = new ScriptedListener(knowsBasic)) {
            ended(send(phone, LONG, true, "wrong", "right"), Outcome.ACCEPTED, 200);
            assertThat(phone.requests).hasSize(3);
        }
        try (ScriptedListener phone = new ScriptedListener(knowsBasic)) {
            Answer answer = send(phone, LONG, false, "right");
            ended(answer, Outcome.REFUSED, 401);
            assertThat(answer.sentence()).contains("connection-request.basic");
        }
        try (ScriptedListener both = new ScriptedListener(
                challenges("Basic realm=\"phone\", " + String.format(DIGEST, "n")), knows("right", "n", ""))) {
            ended(send(both, LONG, true, "right"), Outcome.ACCEPTED, 200);
            assertThat(both.requests.get(1)).as("the better one is taken").contains("Authorization: Digest");
        }
    }

    @Test
    @Tag("CWMP-207")
    void an_https_url_is_called_whoever_certified_the_phone(@TempDir Path directory) throws Exception {
        var tls = TestKeyStores.of(directory, LocalNames.of("phone.example"), InstantSource.system())
                .forPeople();
        tls.start();
        try (ScriptedListener phone = new ScriptedListener(
                tls.getSslContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
                knows("right", "n", ""))) {
            ended(send(phone, LONG, "right"), Outcome.ACCEPTED, 200);
            assertThat(phone.url()).startsWith("https://");
            assertThat(phone.requests.get(1)).contains("Authorization: Digest").contains("GET /bell?a=%20b");
        } finally {
            tls.stop();
        }
    }

    @Test
    void what_is_no_tls_is_unreachable_over_https() throws Exception {
        try (ScriptedListener plain = new ScriptedListener(says("HTTP/1.1 400 Bad Request"))) {
            String url = plain.url().replace("http:", "https:");
            try (HttpConnectionRequest request = new HttpConnectionRequest(
                    RequestUrl.parse(url), InetAddress.getByName("127.0.0.1"), Duration.ofMillis(700), false)) {
                ended(request.send("me", List.of()), Outcome.UNREACHABLE, 0);
            }
        }
    }

    @Test
    @Tag("CWMP-207")
    void a_redirect_is_not_followed() throws Exception {
        try (ScriptedListener elsewhere = new ScriptedListener(accepts());
                ScriptedListener phone = new ScriptedListener(
                        says("HTTP/1.1 302 Found", "Location: " + elsewhere.url(), "Content-Length: 0"))) {
            ended(send(phone, LONG, "right"), Outcome.REFUSED, 302);
            assertThat(elsewhere.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 404, 500})
    @Tag("CWMP-202")
    void other_answers_are_refusals(int status) throws Exception {
        try (ScriptedListener phone =
                new ScriptedListener(says("HTTP/1.1 " + status + " Sorry", "Content-Length: 0"))) {
            ended(send(phone, LONG, "right"), Outcome.REFUSED, status);
        }
    }

    @Test
    void interim_answers_are_passed_over_but_not_for_ever() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        try (ScriptedListener phone = new ScriptedListener(says(interim + interim + "HTTP/1.1 200 OK"))) {
            ended(send(phone, LONG), Outcome.ACCEPTED, 200);
        }
        try (ScriptedListener phone = new ScriptedListener(says(interim.repeat(9) + "HTTP/1.1 200 OK"))) {
            ended(send(phone, LONG), Outcome.UNREACHABLE, 0);
        }
    }

    @Test
    void an_endless_body_is_not_read() throws Exception {
        Step endless = (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(new byte[8192]); // until the other side closes
            }
        };
        try (ScriptedListener phone = new ScriptedListener(endless)) {
            ended(send(phone, LONG), Outcome.ACCEPTED, 200);
        }
    }

    @Test
    void an_endless_head_is_given_up() throws Exception {
        Step endless = (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(new byte[8192]);
            }
        };
        try (ScriptedListener phone = new ScriptedListener(endless)) {
            Answer answer = send(phone, LONG);
            ended(answer, Outcome.UNREACHABLE, 0);
            assertThat(answer.sentence()).contains("too long");
        }
    }

    @Test
    void what_does_not_speak_http_is_said_so() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(says("SSH-2.0-OpenSSH_9.6", "x"))) {
            Answer answer = send(phone, LONG);
            ended(answer, Outcome.UNREACHABLE, 0);
            assertThat(answer.sentence()).contains("does not speak HTTP");
        }
    }

    @Test
    @Tag("CWMP-207")
    void silence_and_dripping_end_with_the_deadline() throws Exception {
        try (ScriptedListener silent = new ScriptedListener((request, out) -> true)) {
            Answer answer = send(silent, Duration.ofMillis(300));
            ended(answer, Outcome.UNREACHABLE, 0);
            assertThat(answer.sentence()).contains("within 300 ms");
        }
        Step drips = (request, out) -> {
            while (true) {
                out.write('\n'); // each octet alone is in time
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        };
        try (ScriptedListener dripping = new ScriptedListener(drips)) {
            ended(send(dripping, Duration.ofMillis(400)), Outcome.UNREACHABLE, 0);
        }
    }

    @Test
    @Tag("CWMP-202")
    void a_phone_that_hangs_up_or_hears_nothing_is_unreachable() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(hangsUp())) {
            ended(send(phone, LONG), Outcome.UNREACHABLE, 0);
            assertThat(phone.connections)
                    .as("nothing was asked yet, so nothing is asked again")
                    .hasValue(1);
        }
        int closed;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = taken.getLocalPort();
        }
        try (HttpConnectionRequest request = new HttpConnectionRequest(
                RequestUrl.parse("http://phone.example:" + closed + "/"),
                InetAddress.getByName("127.0.0.1"),
                LONG,
                false)) {
            Answer answer = request.send("me", List.of());
            ended(answer, Outcome.UNREACHABLE, 0);
            assertThat(answer.sentence()).contains("no way to 127.0.0.1 port " + closed);
        }
    }
}
