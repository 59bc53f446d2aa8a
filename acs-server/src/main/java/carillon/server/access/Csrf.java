package carillon.server.access;

/**
 * The token that a browser's page sends back with each write, so that another site's page cannot: derived from the
 * session's cookie, which no script can read, so every node knows it.
 */
public final class Csrf {
    /** The header that carries it. */
    public static final String HEADER = "X-CSRF-Token";

    /** The form field that carries it. */
    public static final String FIELD = "csrf";

    private Csrf() {}

    /** The token of the session with this cookie. */
    public static String token(String cookie) {
        return Hashes.sha256("carillon csrf\n" + cookie);
    }

    /** Whether the token is this session's. */
    public static boolean isRight(String cookie, String token) {
        return Hashes.same(token(cookie), token);
    }
}
