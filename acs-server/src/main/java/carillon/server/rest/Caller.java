package carillon.server.rest;

import carillon.server.access.Identity;
import carillon.server.operator.Actor;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sent a request of the API, as the {@link ApiDoor} found out before any resource saw it. */
record Caller(Identity identity) implements Principal {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Who sent this request. */
    static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a request came to a resource without passing the door");
    }

    /** As the actions know them. */
    static Actor actor(SecurityContext security) {
        return Actor.of(of(security).identity());
    }

    /** The same for a write that is to be done once for each Idempotency-Key; without a key it is done each time. */
    static Actor actor(SecurityContext security, @Nullable String idempotencyKey, String what, byte[] body) {
        Actor actor = actor(security);
        if (idempotencyKey == null) {
            return actor;
        }
        if (!KEY.matcher(idempotencyKey).matches()) {
            throw new InvalidRequestException(
                    "the Idempotency-Key must be 1 to 128 printable characters without spaces");
        }
        return actor.once(new Actor.Once(idempotencyKey, Fingerprints.of(what, body)));
    }

    /** The same for a write without a body. */
    static Actor actor(SecurityContext security, @Nullable String idempotencyKey, String what) {
        return actor(security, idempotencyKey, what, new byte[0]);
    }

    @Override
    public String getName() {
        return identity.name();
    }
}
