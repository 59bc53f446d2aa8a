package carillon.server.console;

import carillon.cwmp.Secret;
import carillon.db.AuditEntry;
import carillon.db.Page;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.server.access.Permission;
import carillon.server.console.view.PeopleView;
import carillon.server.console.view.Query;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.Guard;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Users, tokens, and the audit log. */
final class PeoplePages {
    private static final int PAGE = 100;

    private final Frames frames;
    private final Guard guard;
    private final UserActions users;
    private final TokenActions tokens;
    private final InstantSource clock;

    PeoplePages(Frames frames, Guard guard, UserActions users, TokenActions tokens, InstantSource clock) {
        this.frames = frames;
        this.guard = guard;
        this.users = users;
        this.tokens = tokens;
        this.clock = clock;
    }

    Answer users(Visit visit) {
        return users(visit, Map.of(), Optional.empty());
    }

    private Answer.Page users(Visit visit, Map<String, String> typed, Optional<String> trouble) {
        String me = visit.actor().name();
        PeopleView.Users view =
                new PeopleView.Users(users.list(visit.actor()), me.substring(me.indexOf(':') + 1), typed, trouble);
        return Answer.Page.of(
                "users", frames.frame(visit, visit.words().say("users.title"), "users"), new Answer.Part("v", view));
    }

    Answer create(Visit visit) {
        try {
            users.create(
                    visit.actor(),
                    new UserActions.NewUser(
                            visit.typed("name").strip(),
                            new Secret(visit.typed("password")),
                            role(visit.typed("role")),
                            new Scope(
                                    visit.actor().scope().tenant(),
                                    visit.typed("site").strip(),
                                    visit.typed("tag").strip())));
            return Answer.Redirect.to("/users?done=user");
        } catch (ActionRefused refused) {
            Map<String, String> typed = new HashMap<>();
            for (String field : new String[] {"name", "role", "site", "tag"}) {
                typed.put(field, visit.typed(field));
            }
            return users(visit, typed, Optional.of(refused.sentence())).withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
    }

    Answer change(Visit visit) {
        String password = visit.typed("password");
        users.patch(
                visit.actor(),
                visit.segment(1),
                new UserActions.Patch(
                        password.isEmpty() ? Optional.empty() : Optional.of(new Secret(password)),
                        Optional.of(role(visit.typed("role"))),
                        Optional.empty(),
                        Optional.of(!visit.typed("disabled").isEmpty())));
        return Answer.Redirect.to("/users?done=saved");
    }

    private static Role role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ActionRefused.invalid("the role is viewer, operator or administrator"));
    }

    Answer tokens(Visit visit) {
        return tokens(visit, Optional.empty(), Optional.empty());
    }

    private Answer.Page tokens(Visit visit, Optional<String> made, Optional<String> trouble) {
        Actor actor = visit.actor();
        return Answer.Page.of(
                "tokens",
                frames.frame(visit, visit.words().say("tokens.title"), "tokens"),
                new Answer.Part("v", new PeopleView.Tokens(tokens.list(actor), made, trouble, clock.instant())));
    }

    Answer makeToken(Visit visit) {
        try {
            TokenActions.Made made = tokens.create(
                    visit.actor(),
                    new TokenActions.Request(
                            visit.typed("label").strip(),
                            Optional.of(role(visit.typed("role"))),
                            Optional.empty(),
                            Optional.of(Duration.ofDays(Typed.number("days", visit.typed("days"))))));
            // shown with this very answer: a redirect would have to carry it
            return tokens(visit, Optional.of(made.text().reveal()), Optional.empty());
        } catch (ActionRefused refused) {
            return tokens(visit, Optional.empty(), Optional.of(refused.sentence()))
                    .withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
    }

    Answer revoke(Visit visit) {
        tokens.revoke(visit.actor(), visit.segment(1));
        return Answer.Redirect.to("/tokens?done=revoked");
    }

    Answer audit(Visit visit) {
        String subject = visit.asked("subject");
        String cursor = visit.asked("cursor");
        Page<AuditEntry> page = guard.read(visit.actor(), Permission.READ_AUDIT, stores -> stores.audit()
                .list(visit.actor().scope(), subject, PAGE, cursor));
        String link = "/audit?subject=" + Query.of(subject);
        return Answer.Page.of(
                "audit",
                frames.frame(visit, visit.words().say("audit.title"), "audit"),
                new Answer.Part(
                        "v",
                        new PeopleView.Audit(page.items(), subject, HistoryPages.trail(link, cursor, page.next()))));
    }
}
