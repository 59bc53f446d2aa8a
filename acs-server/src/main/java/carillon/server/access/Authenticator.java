package carillon.server.access;

import carillon.server.access.AccessDeniedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who sends a request of the API or the live stream: a bearer token, a user's name and password, or a browser's cookie. */
public final class Authenticator {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern SECRET_NAMES =
            Pattern.compile("(^|&)(access_token|token|api_key|apikey|password)=", Pattern.CASE_INSENSITIVE);

    private final Logins logins;
    private final WebSessions sessions;

    public Authenticator(Logins logins, WebSessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    /**
     * What of a request says who sends it; texts are empty where the request has none.
     *
     * @param cookie the value of the cookie {@link WebSessions#COOKIE}
     * @param csrf the value of the header {@link Csrf#HEADER}
     * @param query the raw query of the URL
     * @param address where it came from
     */
    public record Request(
            String method, String authorization, String cookie, String csrf, String query, String address) {}

    /** Who it is. Throws {@link AccessDeniedException} for everybody else. */
    public Identity identify(Request request) {
        if (SECRET_NAMES.matcher(request.query()).find()) {
            throw new AccessDeniedException(
                    Reason.SECRET_IN_URL,
                    "a secret in a URL ends up in logs and histories; send it in the header Authorization, and revoke"
                            + " this one");
        }
        if (!request.authorization().isEmpty()) {
            return byHeader(request)
                    .orElseThrow(() -> new AccessDeniedException(
                            Reason.UNPROVEN, "the credentials are wrong, expired or revoked; get new ones"));
        }
        if (!request.cookie().isEmpty()) {
            Identity identity = sessions.find(request.cookie())
                    .orElseThrow(
                            () -> new AccessDeniedException(Reason.UNPROVEN, "the session has ended; log in again"));
            if (!READING.contains(request.method()) && !Csrf.isRight(request.cookie(), request.csrf())) {
                throw new AccessDeniedException(
                        Reason.FORBIDDEN,
                        "a write with the console's cookie needs the header " + Csrf.HEADER
                                + " with the page's token; reload the page");
            }
            return identity;
        }
        throw new AccessDeniedException(
                Reason.UNPROVEN, "log in: send a bearer token, or a user's name and password by HTTP Basic");
    }

    private Optional<Identity> byHeader(Request request) {
        String header = request.authorization();
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
        String proof = header.substring(space + 1).strip();
        if (scheme.equals("bearer")) {
            return logins.token(proof);
        }
        return scheme.equals("basic") ? byBasic(proof, request.address()) : Optional.empty();
    }

    private Optional<Identity> byBasic(String proof, String address) {
        String pair;
        try {
            pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(proof)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : logins.basic(pair.substring(0, colon), pair.substring(colon + 1), address);
    }
}
