package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example of RFC 2617, 3.5, and what phones make of it. */
class DigestChallengeTest {
    private static final String NONCE = "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
    private static final String REALM = "realm=\"testrealm@host.com\"";

    private static String answer(String challenge) {
        return DigestChallenge.choose(List.of(challenge))
                .orElseThrow()
                .answer("Mufasa", new Secret("Circle Of Life"), "/dir/index.html", "0a4f113b");
    }

    @Test
    @Tag("CWMP-200")
    void qop_auth_is_answered_as_the_standard_says() {
        assertThat(answer("Digest " + REALM + ", qop=\"auth,auth-int\", " + NONCE
                        + ", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""))
                .isEqualTo("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                        + " response=\"6629fae49393a05397450978507c4ef1\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001, cnonce=\"0a4f113b\"");
    }

    @Test
    @Tag("CWMP-200")
    void without_qop_nothing_is_sent_that_belongs_to_it() {
        assertThat(answer("Digest " + REALM + "," + NONCE))
                .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
                .doesNotContain("qop")
                .doesNotContain("nc=")
                .doesNotContain("cnonce")
                .doesNotContain("opaque")
                .doesNotContain("algorithm");
    }

    @Test
    @Tag("CWMP-200")
    void md5_sess_is_known_with_and_without_qop() {
        assertThat(answer("Digest " + REALM + ", algorithm=MD5-sess, qop=auth, " + NONCE))
                .contains("response=\"8e3825c57e897f5a0dec6c2d4e5059d0\"", "algorithm=MD5-sess");
        assertThat(answer("Digest " + REALM + ", algorithm=\"md5-sess\", " + NONCE))
                .contains("response=\"4726bc10c33fa6cb357eb27807b1cce8\"", "cnonce=\"0a4f113b\"");
    }

    @Test
    @Tag("CWMP-200")
    void auth_int_is_used_where_nothing_else_is_offered() {
        assertThat(answer("Digest " + REALM + ", qop=\"auth-int\", " + NONCE))
                .contains("response=\"5e6610ecf9ba3017a4870ad48e3ad30b\"", "qop=auth-int");
    }

    @Test
    @Tag("CWMP-200")
    void odd_writing_is_read() {
        assertThat(answer("digest REALM = \"a\\\"b\u00e9\" ," + NONCE + ",, stale=FALSE , algorithm=MD5"))
                .contains("realm=\"a\\\"b\u00e9\"", "response=\"c143327b22d2e9d6f5912b4932c09aed\"", "algorithm=MD5");
    }

    @Test
    @Tag("CWMP-200")
    void the_one_that_can_be_answered_is_chosen() {
        assertThat(DigestChallenge.choose(List.of(
                        "Basic realm=\"x\"",
                        "Digest realm=\"sha\", algorithm=SHA-256, qop=\"auth\", nonce=\"1\"",
                        "Basic realm=\"x\", Digest realm=\"md5\", qop=\"auth\", nonce=\"2\", stale=true")))
                .hasValueSatisfying(chosen -> {
                    assertThat(chosen.parameters())
                            .containsEntry("realm", "md5")
                            .containsEntry("nonce", "2");
                    assertThat(chosen.stale()).isTrue();
                });
        assertThat(DigestChallenge.choose(List.of(
                        "Basic realm=\"x\"",
                        "Digest realm=\"no nonce\"",
                        "Digest qop=\"other\", nonce=\"3\"",
                        "Negotiate YWJj==",
                        "",
                        "\"",
                        "Digest nonce=\"never closed")))
                .isEmpty();
    }
}
