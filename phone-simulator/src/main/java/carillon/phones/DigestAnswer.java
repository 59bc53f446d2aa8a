package carillon.phones;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to an HTTP Digest challenge (RFC 2617, MD5): only what the challenge asks for. */
final class DigestAnswer {
    private DigestAnswer() {}

    static String to(String challenge, String username, String password, String method, String uri, String cnonce) {
        String realm = part(challenge, "realm");
        String nonce = part(challenge, "nonce");
        boolean auth = part(challenge, "qop").matches("(.*[, ])?auth([, ].*)?");
        String first = md5(username + ":" + realm + ":" + password);
        String second = md5(method + ":" + uri);
        String response = auth
                ? md5(first + ":" + nonce + ":00000001:" + cnonce + ":auth:" + second)
                : md5(first + ":" + nonce + ":" + second);
        String opaque = part(challenge, "opaque");
        return "Digest username=\"" + username + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=MD5"
                + (auth ? ", qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"" : "")
                + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"");
    }

    /** A parameter of a challenge or an answer, quoted or not; empty where it is missing. */
    static String part(String header, String name) {
        Matcher matcher = Pattern.compile("(?:^|[\\s,])" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))")
                .matcher(header);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }
}
