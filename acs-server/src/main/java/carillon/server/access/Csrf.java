package carillon.server.access;

import org.jspecify.annotations.Nullable;

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

    /**
     * Whether a browser says that it writes for a page that is not ours. Programs send neither header.
     *
     * @param site the header Sec-Fetch-Site, which decides where a browser sends it
     * @param origin the header Origin
     * @param host the header Host
     */
    public static boolean isForeign(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    /** Whether the token is this session's. */
    public static boolean isRight(String cookie, String token) {
        return Hashes.same(token(cookie), token);
    }
}
