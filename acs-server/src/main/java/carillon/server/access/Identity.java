package carillon.server.access;

import carillon.db.ApiToken;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.User;

/**
 * Somebody who proved who they are.
 *
 * @param name as the audit log writes it: {@code user:admin}, {@code token:ID}
 * @param userKey the user, or whose token it is
 * @param mustChangePassword nothing but a change of the password is allowed
 */
public record Identity(String name, long userKey, Role role, Scope scope, boolean mustChangePassword) {
    /** A person. */
    public static Identity of(User user) {
        return new Identity("user:" + user.name(), user.key(), user.role(), user.scope(), user.mustChangePassword());
    }

    /** A script with a token of this user: never more than the user has. */
    public static Identity of(ApiToken token, User user) {
        Role role = token.role().compareTo(user.role()) <= 0 ? token.role() : user.role();
        Scope scope = new Scope(
                user.scope().tenant(),
                user.scope().site().isEmpty()
                        ? token.scope().site()
                        : user.scope().site(),
                user.scope().tag().isEmpty()
                        ? token.scope().tag()
                        : user.scope().tag());
        return new Identity("token:" + token.id(), user.key(), role, scope, false);
    }

    /** Whether this role has the permission. */
    public boolean may(Permission permission) {
        return permission.isOf(role);
    }
}
