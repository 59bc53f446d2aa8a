package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.EncryptedContent;
import carillon.cwmp.flatprofile.KeyingMaterial;
import carillon.cwmp.flatprofile.ProfileCipher;
import carillon.cwmp.flatprofile.ProfileCipher.Derivation;
import carillon.cwmp.flatprofile.ProfilePacking;
import carillon.phones.ProfilePhone.Outcome;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a phone makes of the answers of a server that the test plays. */
class ProfilePhoneTest {
    private static final byte[] PROFILE =
            "<flat-profile><GPP_B>set</GPP_B></flat-profile>".getBytes(StandardCharsets.US_ASCII);
    private static final Secret KEY = new Secret("SecretPhrase1234");
    private static final Secret MATERIAL = new Secret("yqdlZ-tYemfogSmv7Ws5PQ");

    private final SecureRandom random = new SecureRandom();
    private HttpServer server;
    private volatile Answer answer = new Answer(200, PROFILE, Map.of());
    private volatile String heard = "";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, byte[] body, Map<String, String> headers) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        heard = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + Optional.ofNullable(exchange.getRequestHeaders().getFirst("User-Agent"))
                        .orElse("") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean moved = exchange.getRequestURI().getPath().startsWith("/moved");
        Answer said = moved ? new Answer(302, new byte[0], Map.of("Location", url("/there"))) : answer;
        said.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(said.status(), said.body().length == 0 ? -1 : said.body().length);
        exchange.getResponseBody().write(said.body());
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private ProfilePhone phone(String rule) {
        return new ProfilePhone(PhoneModel.CP_8841, 5, "sip88xx.12-0-7MPP0001-46", rule);
    }

    private Outcome resync(String rule) {
        ProfilePhone phone = phone(rule);
        phone.set("GPP_SA", KEY.reveal());
        phone.set("IKM_HTTP_Encrypt_Content", MATERIAL.reveal());
        Outcome outcome = phone.resync();
        assertThat(phone.value("GPP_B").isPresent()).isEqualTo(outcome == Outcome.SUCCESS);
        return outcome;
    }

    @Test
    void a_profile_is_taken_over_plain_and_packed_in_every_way() {
        ProfileCipher cipher = new ProfileCipher(random);
        byte[] gzip = ProfilePacking.compress(PROFILE);
        for (byte[] body : Arrays.asList(
                PROFILE, gzip, cipher.seal(PROFILE, KEY, Derivation.MD5), cipher.seal(gzip, KEY, Derivation.MD5))) {
            answer = new Answer(200, body, Map.of());
            assertThat(resync("[--key $SA] " + url("/$PSN.xml"))).isEqualTo(Outcome.SUCCESS);
        }
        answer = new Answer(200, gzip, Map.of());
        assertThat(resync(url("/x"))).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void what_says_aes128gcm_is_opened_with_that_key_whatever_the_rule_says() {
        byte[] body = new EncryptedContent(random)
                .seal(PROFILE, KeyingMaterial.AUTO.octets(MATERIAL), EncryptedContent.Form.USUAL);
        answer = new Answer(200, body, Map.of("Content-Encoding", "aes128gcm"));
        assertThat(resync("[--key $SA] " + url("/x"))).isEqualTo(Outcome.SUCCESS);
        answer = new Answer(200, body, Map.of());
        assertThat(resync("[--key $SA] " + url("/x"))).isEqualTo(Outcome.MISSING_OR_CORRUPT);
    }

    @Test
    void a_profile_for_another_key_or_with_openssl_s_own_digest_is_corrupt() {
        ProfileCipher cipher = new ProfileCipher(random);
        answer = new Answer(200, cipher.seal(PROFILE, new Secret("another"), Derivation.MD5), Map.of());
        assertThat(resync("[--key $SA] " + url("/x"))).isEqualTo(Outcome.MISSING_OR_CORRUPT);
        answer = new Answer(200, cipher.seal(PROFILE, KEY, Derivation.SHA256), Map.of());
        assertThat(resync("[--key $SA] " + url("/x"))).isEqualTo(Outcome.MISSING_OR_CORRUPT);
    }

    @Test
    void a_status_is_of_the_class_that_phones_know() {
        answer = new Answer(404, new byte[0], Map.of());
        assertThat(resync(url("/x"))).isEqualTo(Outcome.MISSING_OR_CORRUPT);
        for (int status : new int[] {304, 400, 401, 403, 500, 503}) {
            answer = new Answer(status, new byte[0], Map.of());
            assertThat(resync(url("/x"))).as("%d", status).isEqualTo(Outcome.FAILED);
        }
        answer = new Answer(200, PROFILE, Map.of());
        assertThat(resync(url("/moved"))).isEqualTo(Outcome.SUCCESS);
        assertThat(heard).startsWith("GET /there ");
    }

    @Test
    void it_says_who_it_is_and_posts_what_its_rule_names() {
        ProfilePhone phone = phone("[--post c] " + url("/$MA.cfg?x=$SN"));
        phone.set("GPP_C", "MAC = $MAC");
        assertThat(phone.resync()).isEqualTo(Outcome.SUCCESS);
        assertThat(heard)
                .isEqualTo("POST /" + phone.mac() + ".cfg?x=" + phone.serial()
                        + " Cisco-CP-8841-3PCC/sip88xx.12-0-7MPP0001-46 (" + phone.mac() + ") MAC = 00:56:2b:00:00:05");
    }

    @Test
    void rules_are_taken_in_their_order_and_the_first_failure_ends_it() {
        ProfilePhone phone = phone("(a = \"1\"; User_ID_1_ = \"2001\";)!");
        phone.set("Profile_Rule_B", "(\"$A\" eq \"1\")? " + url("/b"));
        phone.set("Profile_Rule_C", "(\"$B\" eq");
        phone.set("Profile_Rule_D", "(d = \"1\";)!");
        assertThat(phone.resync()).isEqualTo(Outcome.FAILED);
        assertThat(phone.value("GPP_B")).contains("set");
        assertThat(phone.value("User_ID_1_")).contains("2001");
        assertThat(phone.value("GPP_D")).isEmpty();
    }
}
