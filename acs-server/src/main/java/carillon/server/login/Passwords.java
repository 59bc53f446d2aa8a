package carillon.server.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether an Authorization header shows that its sender knows a password (RFC 2617: Digest with MD5, and Basic). */
public final class Passwords {
    /** The realm of every challenge of this server. */
    static final String REALM = "Carillon";

    private static final Pattern ABSOLUTE = Pattern.compile("^[a-zA-Z]+://[^/?]*");

    private Passwords() {}

    /** What was asked for: the part of a request that a Digest is made over. */
    public record Asked(String method, String target, boolean tls) {}

    /** Basic counts over TLS alone, where nobody else can read it (CWMP-044). Takes the same time for any password. */
    public static boolean fits(Authorization given, Asked asked, String password) {
        return given.scheme().equals("digest")
                ? digestFits(given, asked, password)
                : asked.tls() && same(password, given.get("password"));
    }

    private static boolean digestFits(Authorization given, Asked asked, String password) {
        String uri = given.get("uri");
        String qop = given.get("qop").toLowerCase(Locale.ROOT);
        String realm = given.get("realm");
        if (uri.isEmpty()
                || !sameResource(uri, asked.target())
                || !(qop.isEmpty() || qop.equals("auth"))
                || !realm.equals(REALM)) {
            return false;
        }
        return same(
                response(given, asked.method(), password), given.get("response").toLowerCase(Locale.ROOT));
    }

    /** What the response must be; as the client wrote its URI, not as we read it (CWMP-050). */
    static String response(Authorization given, String method, String password) {
        String first = md5(given.get("username") + ":" + given.get("realm") + ":" + password);
        if (given.get("algorithm").toLowerCase(Locale.ROOT).equals("md5-sess")) {
            first = md5(first + ":" + given.get("nonce") + ":" + given.get("cnonce"));
        }
        String second = md5(method + ":" + given.get("uri"));
        // who answers without qop answers in the old way, although it was offered (CWMP-048)
        String middle = given.get("qop").isEmpty()
                ? given.get("nonce")
                : given.get("nonce") + ":" + given.get("nc") + ":" + given.get("cnonce") + ":" + given.get("qop");
        return md5(first + ":" + middle + ":" + second);
    }

    /** What the client wrote may be the path, the path with its query, or the absolute form (CWMP-050). */
    static boolean sameResource(String uri, String target) {
        String path = uri.startsWith("/") ? uri : ABSOLUTE.matcher(uri).replaceFirst("");
        String wanted = path.isEmpty() || path.startsWith("?") ? "/" + path : path;
        String withoutQuery = target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
        return wanted.equals(target) || wanted.equals(withoutQuery);
    }

    /** The same in constant time. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without MD5", impossible);
        }
    }
}
