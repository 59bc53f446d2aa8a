package carillon.phones;

import static carillon.phones.DigestAnswer.md5;
import static carillon.phones.DigestAnswer.part;

/** Digest answers in forms that are right and unusual. */
final class DigestSpelling {
    private DigestSpelling() {}

    /** As RFC 2069 had it: no qop, no cnonce, no nc. */
    static String withoutQop(Login login) {
        return DigestAnswer.to(
                login.challenge().replaceAll("qop=(\"[^\"]*\"|[a-z-]+),?", ""),
                login.username(),
                login.password(),
                "POST",
                login.target(),
                "");
    }

    /** MD5-sess, with qop. */
    static String session(Login login) {
        String nonce = part(login.challenge(), "nonce");
        String realm = part(login.challenge(), "realm");
        String cnonce = "0a4f113b";
        String first = md5(md5(login.username() + ":" + realm + ":" + login.password()) + ":" + nonce + ":" + cnonce);
        String response = md5(first + ":" + nonce + ":00000001:" + cnonce + ":auth:" + md5("POST:" + login.target()));
        return "Digest username=\"" + login.username() + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\""
                + login.target() + "\", response=\"" + response
                + "\", algorithm=MD5-sess, qop=auth, nc=00000001, cnonce=\""
                + cnonce + "\"";
    }

    /** The uri with scheme and host. */
    static String absolute(Login login) {
        return DigestAnswer.to(
                login.challenge(),
                login.username(),
                login.password(),
                "POST",
                "http://acs.example.org" + login.target(),
                "0a4f113b");
    }
}
