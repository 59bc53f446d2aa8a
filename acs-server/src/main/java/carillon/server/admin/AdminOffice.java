package carillon.server.admin;

import carillon.cwmp.Secret;
import carillon.db.ApiToken;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.User;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the owner of the data directory asks for at the shell; every change is in the audit log. */
public final class AdminOffice {
    private static final Logger LOG = LoggerFactory.getLogger(AdminOffice.class);
    private static final Actor OWNER = Actor.server("command line");

    private final UserActions users;
    private final TokenActions tokens;
    private final Backup backup;

    public AdminOffice(UserActions users, TokenActions tokens, Backup backup) {
        this.users = users;
        this.tokens = tokens;
        this.backup = backup;
    }

    /** Does it; what cannot be done is an answer too. */
    public AdminAnswer answer(AdminRequest request) {
        try {
            return switch (request.work()) {
                case USER_LIST ->
                    AdminAnswer.of(
                            users.list(OWNER).stream().map(AdminOffice::shown).toList());
                case USER_CREATE -> create(request);
                case USER_DISABLE -> changed(request, Optional.empty(), Optional.of(true));
                case USER_ENABLE -> changed(request, Optional.empty(), Optional.of(false));
                case USER_RESET -> reset(request);
                case TOKEN_LIST -> tokens(request);
                case TOKEN_CREATE -> createToken(request);
                case TOKEN_REVOKE -> revoke(request);
                case BACKUP -> AdminAnswer.told(backup.write(Path.of(request.argument("file"))));
            };
        } catch (ActionRefused refused) {
            return AdminAnswer.refused(refused.sentence());
        } catch (BackupException failed) {
            return AdminAnswer.refused(String.valueOf(failed.getMessage()));
        } catch (RuntimeException broken) {
            LOG.error("{} from the command line failed", request.work(), broken);
            return AdminAnswer.refused("it failed (" + broken.getMessage() + "); the server's log says more");
        }
    }

    private AdminAnswer create(AdminRequest request) {
        Optional<Secret> given = request.maybe("password").map(Secret::new);
        Secret password = given.orElseGet(UserActions::madeUp);
        User made = users.create(
                OWNER,
                new UserActions.NewUser(
                        request.argument("name"),
                        password,
                        role(request).orElse(Role.VIEWER),
                        new Scope(Scope.DEFAULT_TENANT, request.argument("site"), request.argument("tag"))));
        return AdminAnswer.of(List.of(shown(made)), given.isPresent() ? "" : password.reveal());
    }

    private AdminAnswer reset(AdminRequest request) {
        Optional<Secret> given = request.maybe("password").map(Secret::new);
        Secret password = given.orElseGet(UserActions::madeUp);
        AdminAnswer changed = changed(request, Optional.of(password), Optional.empty());
        return AdminAnswer.of(changed.items(), given.isPresent() ? "" : password.reveal());
    }

    private AdminAnswer changed(AdminRequest request, Optional<Secret> password, Optional<Boolean> disabled) {
        return AdminAnswer.of(List.of(shown(users.patch(
                OWNER,
                request.argument("name"),
                new UserActions.Patch(password, Optional.empty(), Optional.empty(), disabled)))));
    }

    private AdminAnswer tokens(AdminRequest request) {
        Map<Long, String> names = new LinkedHashMap<>();
        users.list(OWNER).forEach(user -> names.put(user.key(), user.name()));
        Optional<String> owner = request.maybe("user");
        return AdminAnswer.of(tokens.list(OWNER).stream()
                .filter(token -> owner.isEmpty() || owner.get().equals(names.get(token.userKey())))
                .map(token -> shown(token, names.getOrDefault(token.userKey(), "")))
                .toList());
    }

    private AdminAnswer createToken(AdminRequest request) {
        String name = request.argument("user");
        User owner = users.list(OWNER).stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        ActionRefused.notFound("there is no user '" + name + "'; 'carillon user list' shows them all"));
        Actor actor = new Actor(OWNER.name(), owner.key(), owner.role(), owner.scope(), Optional.empty());
        boolean scoped =
                request.maybe("site").isPresent() || request.maybe("tag").isPresent();
        TokenActions.Made made = tokens.create(
                actor,
                new TokenActions.Request(
                        request.argument("label"),
                        role(request),
                        scoped
                                ? Optional.of(new Scope(
                                        owner.scope().tenant(), request.argument("site"), request.argument("tag")))
                                : Optional.empty(),
                        request.maybe("life").map(Duration::parse)));
        return AdminAnswer.of(
                List.of(shown(made.token(), owner.name())), made.text().reveal());
    }

    private AdminAnswer revoke(AdminRequest request) {
        tokens.revoke(OWNER, request.argument("id"));
        return AdminAnswer.told("the token " + request.argument("id") + " is revoked");
    }

    private static Optional<Role> role(AdminRequest request) {
        return request.maybe("role").map(text -> Role.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private static Map<String, String> shown(User user) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("name", user.name());
        shown.put("role", user.role().name().toLowerCase(Locale.ROOT));
        shown.put("site", user.scope().site());
        shown.put("tag", user.scope().tag());
        shown.put(
                "state",
                user.disabled() ? "disabled" : user.mustChangePassword() ? "must change the password" : "active");
        shown.put("created", user.createdAt().toString());
        return shown;
    }

    private static Map<String, String> shown(ApiToken token, String owner) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("id", token.id());
        shown.put("user", owner);
        shown.put("label", token.label());
        shown.put("role", token.role().name().toLowerCase(Locale.ROOT));
        shown.put("site", token.scope().site());
        shown.put("tag", token.scope().tag());
        shown.put("expires", token.expiresAt().toString());
        shown.put("state", token.revoked() ? "revoked" : "good");
        return shown;
    }
}
