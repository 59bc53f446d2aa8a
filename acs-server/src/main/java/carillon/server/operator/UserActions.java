package carillon.server.operator;

import carillon.cwmp.Secret;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.Stores;
import carillon.db.User;
import carillon.server.access.PasswordHash;
import carillon.server.access.Permission;
import carillon.server.access.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is done with users: make, change, disable, and the first administrator. */
public final class UserActions {
    /** The first administrator's name. */
    public static final String FIRST = "admin";

    private final Guard guard;
    private final PasswordHash hashes;

    public UserActions(Guard guard, PasswordHash hashes) {
        this.guard = guard;
        this.hashes = hashes;
    }

    /** A user as one is made; the password must be changed at the first login. */
    public record NewUser(String name, Secret password, Role role, Scope scope) {}

    /** What shall be different; what is left out stays. A password set by somebody else must be changed at the next login. */
    public record Patch(
            Optional<Secret> password, Optional<Role> role, Optional<Scope> scope, Optional<Boolean> disabled) {}

    /**
     * Makes the first administrator where there is no user at all.
     *
     * @param configured the password from the settings; without one a random one is made, which must be changed
     * @return the password that was made, where one was
     */
    public Optional<Secret> ensureAdministrator(Optional<Secret> configured) {
        Actor server = Actor.server("command line");
        if (guard.read(server, Permission.MANAGE_USERS, stores -> !stores.users()
                .list()
                .isEmpty())) {
            return Optional.empty();
        }
        Secret password = configured.orElseGet(UserActions::madeUp);
        String hash = hashes.hash(password.reveal());
        guard.change(
                server,
                Permission.MANAGE_USERS,
                ledger -> insert(ledger, FIRST, hash, Role.ADMINISTRATOR, Scope.ALL, configured.isEmpty()));
        return configured.isPresent() ? Optional.empty() : Optional.of(password);
    }

    /** A password that nobody has thought of. */
    public static Secret madeUp() {
        return new Secret(Tokens.next().replaceAll("[^A-Za-z0-9]", "").substring(8, 24));
    }

    /** All users that lie in the actor's scope. */
    public List<User> list(Actor actor) {
        return guard.read(actor, Permission.MANAGE_USERS, stores -> stores.users().list().stream()
                .filter(user -> covers(actor.scope(), user.scope()))
                .toList());
    }

    /** Makes a user. */
    public User create(Actor actor, NewUser wanted) {
        guard.check(actor, Permission.MANAGE_USERS);
        if (!wanted.name().matches("[A-Za-z0-9._@-]{1,64}")) {
            throw ActionRefused.invalid(
                    "name is " + Devices.shown(wanted.name()) + "; 1 to 64 letters, digits and . _ @ - are allowed");
        }
        String hash = hashes.hash(checked(wanted.password()));
        return guard.changeOnce(
                        actor,
                        Permission.MANAGE_USERS,
                        ledger -> {
                            mustCover(actor, wanted.scope());
                            return insert(ledger, wanted.name(), hash, wanted.role(), wanted.scope(), true);
                        },
                        User::name,
                        (stores, name) -> stores.users().find(name))
                .result();
    }

    private static User insert(Ledger ledger, String name, String hash, Role role, Scope scope, boolean mustChange) {
        if (ledger.stores().users().find(name).isPresent()) {
            throw ActionRefused.conflict("the user " + name + " exists already");
        }
        User user =
                ledger.stores().users().insert(new User(0, name, hash, role, scope, mustChange, false, ledger.now()));
        ledger.note("user.create", scope, name, Map.of(), shown(user));
        return user;
    }

    /** Changes a user; ends their sessions where they lose something. */
    public User patch(Actor actor, String name, Patch patch) {
        guard.check(actor, Permission.MANAGE_USERS);
        Optional<String> hash = patch.password().map(UserActions::checked).map(hashes::hash);
        return guard.changeOnce(
                        actor,
                        Permission.MANAGE_USERS,
                        ledger -> patch(ledger, actor, name, patch, hash),
                        User::name,
                        (stores, found) -> stores.users().find(found))
                .result();
    }

    private static User patch(Ledger ledger, Actor actor, String name, Patch patch, Optional<String> hash) {
        User before = get(ledger.stores(), actor, name);
        Scope scope = patch.scope().orElse(before.scope());
        mustCover(actor, scope);
        User after = new User(
                before.key(),
                before.name(),
                hash.orElse(before.passwordHash()),
                patch.role().orElse(before.role()),
                scope,
                hash.isPresent() || before.mustChangePassword(),
                patch.disabled().orElse(before.disabled()),
                before.createdAt());
        mustLeaveAnAdministrator(ledger.stores(), before, after);
        ledger.stores().users().update(after);
        if (hash.isPresent() || after.disabled()) {
            ledger.stores().users().deleteLogins(after.key());
        }
        Map<String, Object> became = shown(after);
        hash.ifPresent(changed -> became.put("password", "***"));
        ledger.note("user.change", scope, name, shown(before), became);
        return after;
    }

    /** Changes one's own password; ends all of one's sessions, so that one logs in again. */
    public void changePassword(Actor actor, Secret old, Secret wanted) {
        User user = guard.read(actor, Permission.READ, stores -> stores.users().find(actor.userKey()))
                .orElseThrow(() -> ActionRefused.invalid(actor.name() + " is no user and has no password"));
        if (!hashes.matches(old.reveal(), user.passwordHash())) {
            throw ActionRefused.invalid("the old password is wrong");
        }
        if (old.equals(wanted)) {
            throw ActionRefused.invalid("the new password is the old one; choose another");
        }
        String hash = hashes.hash(checked(wanted));
        guard.change(actor, Permission.READ, ledger -> {
            User now = ledger.stores().users().find(user.key()).orElseThrow();
            if (!now.passwordHash().equals(user.passwordHash())) {
                throw ActionRefused.conflict("the password was changed by somebody else meanwhile");
            }
            ledger.stores()
                    .users()
                    .update(new User(
                            now.key(),
                            now.name(),
                            hash,
                            now.role(),
                            now.scope(),
                            false,
                            now.disabled(),
                            now.createdAt()));
            ledger.stores().users().deleteLogins(now.key());
            ledger.note("user.password", now.scope(), now.name(), Map.of(), Map.of("password", "***"));
            return now;
        });
    }

    private static User get(Stores stores, Actor actor, String name) {
        return stores.users()
                .find(name)
                .filter(user -> covers(actor.scope(), user.scope()))
                .orElseThrow(() -> ActionRefused.notFound("there is no user " + Devices.shown(name)));
    }

    private static void mustLeaveAnAdministrator(Stores stores, User before, User after) {
        boolean lost = before.role() == Role.ADMINISTRATOR
                && !before.disabled()
                && (after.role() != Role.ADMINISTRATOR || after.disabled());
        boolean others = stores.users().list().stream()
                .anyMatch(user -> user.key() != before.key() && user.role() == Role.ADMINISTRATOR && !user.disabled());
        if (lost && !others) {
            throw ActionRefused.conflict(before.name() + " is the last administrator; make another one first");
        }
    }

    private static String checked(Secret password) {
        int length = password.reveal().length();
        if (length < PasswordHash.SHORTEST || length > PasswordHash.LONGEST) {
            throw ActionRefused.invalid("the password has " + length + " characters; " + PasswordHash.SHORTEST + " to "
                    + PasswordHash.LONGEST + " are allowed");
        }
        return password.reveal();
    }

    private static void mustCover(Actor actor, Scope scope) {
        if (!covers(actor.scope(), scope)) {
            throw ActionRefused.notPermitted(actor.name() + " cannot give a scope that is wider than their own");
        }
    }

    /** Whether all of the inner scope lies in the outer one. */
    static boolean covers(Scope outer, Scope inner) {
        return outer.tenant().equals(inner.tenant())
                && (outer.site().isEmpty() || outer.site().equals(inner.site()))
                && (outer.tag().isEmpty() || outer.tag().equals(inner.tag()));
    }

    private static Map<String, Object> shown(User user) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("role", user.role().name().toLowerCase(Locale.ROOT));
        shown.put("site", user.scope().site());
        shown.put("tag", user.scope().tag());
        shown.put("disabled", user.disabled());
        return shown;
    }
}
