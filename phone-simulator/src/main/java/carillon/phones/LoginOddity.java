package carillon.phones;

import static carillon.phones.Bends.informPost;
import static carillon.phones.Bends.login;
import static carillon.phones.Prediction.UNDERSTOOD;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What phones do with credentials. The prediction is for a server that asks for none; where it does, who logs in wrongly
 * is refused with 401.
 */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum LoginOddity implements Misbehaviour {
    BASIC_UNASKED(
            "Q-31: Basic with the first request, unasked", UNDERSTOOD, unasked("Basic " + base64("phone:secret"))),
    BASIC_EMPTY("Q-31: Basic with an empty user, unasked", UNDERSTOOD, unasked("Basic " + base64(":"))),
    NO_SECOND_TRY("Q-31: gives up on a challenge", UNDERSTOOD, login(right -> "")),
    DIGEST_CUT(
            "a Digest header cut in the middle, unasked",
            UNDERSTOOD,
            unasked("Digest username=\"phone\", realm=\"Carillon\", nonce=\"abc")),
    DIGEST_WITHOUT_QOP(
            "Q-27: Digest of RFC 2069, though qop was offered", UNDERSTOOD, login(DigestSpelling::withoutQop)),
    DIGEST_SAME_COUNT("Q-28: nc never rises", UNDERSTOOD, login(Login::header)),
    DIGEST_MD5_SESS("Q-29: MD5-sess, though MD5 was offered", UNDERSTOOD, login(DigestSpelling::session)),
    DIGEST_CROWDED("Q-30: no blank behind the commas", UNDERSTOOD, login(right -> right.header()
            .replace(", ", ","))),
    DIGEST_QUOTED("Q-30: algorithm and qop in quotes", UNDERSTOOD, login(right -> right.header()
            .replace("algorithm=MD5", "algorithm=\"MD5\"")
            .replace("qop=auth", "qop=\"auth\""))),
    DIGEST_ABSOLUTE_URI("Q-30: an absolute URI", UNDERSTOOD, login(DigestSpelling::absolute)),
    DIGEST_MORE(
            "Q-30: parameters that nobody knows, with commas in quotes",
            UNDERSTOOD,
            login(right -> right.header() + ", note=\"a, b=\\\"c\\\"\", auth-param=1"));

    private static Manner unasked(String header) {
        return informPost(post -> post.headers().putIfAbsent("Authorization", header));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private final Trait trait;

    LoginOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
