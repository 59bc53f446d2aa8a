package carillon.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    private static Authorization digest(String qop, String nc, String cnonce, String algorithm, String uri) {
        return new Authorization(
                "digest",
                Map.of(
                        "username", "ACDE48-EX8841-SN00000001",
                        "realm", "cwmp",
                        "nonce", "3f2a9c",
                        "uri", uri,
                        "qop", qop,
                        "nc", nc,
                        "cnonce", cnonce,
                        "algorithm", algorithm));
    }

    @ParameterizedTest
    @CsvSource({
        "auth, 00000001, 9b1d, '', /acs, b0e2abcc4b7a801ae95db66aa712908c",
        "'', '', '', '', /acs, 2a34388b6e2686f89a29a79d25c823ff",
        "auth, 00000002, 9b1d, '', /acs, fcffa92b2549e35550e935f73dd30300",
        "auth, 00000001, 9b1d, MD5-sess, /acs, 84831ca5daf5a867ec95c01cac782843",
        "auth, 00000001, 9b1d, '', http://acs.example.com:7547/acs, eaf17f8839a991614bc118495fa96bdc"
    })
    @Tag("CWMP-047")
    @Tag("CWMP-048")
    @Tag("CWMP-050")
    void the_responses_are_those_of_the_known_vectors(
            String qop, String nc, String cnonce, String algorithm, String uri, String response) {
        assertThat(Passwords.response(digest(qop, nc, cnonce, algorithm, uri), "POST", "s3cret-cpe"))
                .isEqualTo(response);
    }

    @Test
    @Tag("CWMP-047")
    void the_worked_example_of_the_standard_and_one_outside_of_ascii() {
        Authorization mufasa = new Authorization(
                "digest",
                Map.of(
                        "username", "Mufasa",
                        "realm", "testrealm@host.com",
                        "nonce", "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "uri", "/dir/index.html",
                        "qop", "auth",
                        "nc", "00000001",
                        "cnonce", "0a4f113b"));
        assertThat(Passwords.response(mufasa, "GET", "Circle Of Life")).isEqualTo("6629fae49393a05397450978507c4ef1");
        Authorization zoe = new Authorization(
                "digest",
                Map.of(
                        "username",
                        "Zoë",
                        "realm",
                        "cwmp",
                        "nonce",
                        "3f2a9c",
                        "uri",
                        "/acs",
                        "qop",
                        "auth",
                        "nc",
                        "00000001",
                        "cnonce",
                        "9b1d"));
        assertThat(Passwords.response(zoe, "POST", "päss")).isEqualTo("911e722c10d43f44414398134fa16311");
    }

    @ParameterizedTest
    @CsvSource({
        "/acs, /acs, true",
        "/acs, /acs?x=1, true",
        "/acs?x=1, /acs?x=1, true",
        "http://a:7547/acs, /acs, true",
        "HTTP://a/acs?x=1, /acs?x=1, true",
        "http://a, /, true",
        "http://a?x=1, /?x=1, true",
        "/acs?x=2, /acs?x=1, false",
        "/other, /acs, false",
        "http://a/other, /acs, false",
        "http://a/acs/, /acs, false"
    })
    @Tag("CWMP-050")
    void the_address_may_be_written_in_three_ways(String uri, String target, boolean same) {
        assertThat(Passwords.sameResource(uri, target)).isEqualTo(same);
    }

    @Test
    @Tag("CWMP-044")
    void basic_counts_over_tls_alone() {
        Authorization basic = new Authorization("basic", Map.of("username", "u", "password", "p"));
        assertThat(Passwords.fits(basic, new Passwords.Asked("POST", "/", true), "p"))
                .isTrue();
        assertThat(Passwords.fits(basic, new Passwords.Asked("POST", "/", true), "q"))
                .isFalse();
        assertThat(Passwords.fits(basic, new Passwords.Asked("POST", "/", false), "p"))
                .isFalse();
    }
}
