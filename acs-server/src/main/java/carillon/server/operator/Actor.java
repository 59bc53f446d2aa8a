package carillon.server.operator;

import carillon.db.Role;
import carillon.db.Scope;
import carillon.server.access.Identity;
import java.util.Optional;

/**
 * Who asks for a change.
 *
 * @param name as the audit log writes it: {@code user:admin}, {@code token:ID}, {@code schedule}, {@code command line}
 * @param userKey 0 where it is no user
 * @param once the write is to be done once, however often it is asked for
 */
public record Actor(String name, long userKey, Role role, Scope scope, Optional<Once> once) {
    /** A user or a token. */
    public static Actor of(Identity identity) {
        return new Actor(identity.name(), identity.userKey(), identity.role(), identity.scope(), Optional.empty());
    }

    /** The server itself ({@code schedule}, {@code command line}), with every right. */
    public static Actor server(String name) {
        return new Actor(name, 0, Role.ADMINISTRATOR, Scope.ALL, Optional.empty());
    }

    /** The same actor with a write that must not be done twice. */
    public Actor once(Once only) {
        return new Actor(name, userKey, role, scope, Optional.of(only));
    }

    /**
     * A write that must not be done twice.
     *
     * @param key what the client calls it
     * @param fingerprint of the request: the same key for another request is a mistake
     */
    public record Once(String key, String fingerprint) {}
}
