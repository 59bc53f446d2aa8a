package carillon.server.console;

import carillon.cwmp.Secret;
import carillon.server.access.AccessDeniedException;
import carillon.server.access.Identity;
import carillon.server.access.Logins;
import carillon.server.access.WebSessions;
import carillon.server.console.view.EntryView;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.UserActions;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Login, logout, the change of one's password, and how one likes pages to look. */
final class EntryPages {
    static final String LANGUAGE_COOKIE = "carillon-language";
    static final String THEME_COOKIE = "carillon-theme";
    static final List<String> THEMES = List.of("auto", "light", "dark");

    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    private final Frames frames;
    private final Logins logins;
    private final WebSessions sessions;
    private final UserActions users;

    EntryPages(Frames frames, Logins logins, WebSessions sessions, UserActions users) {
        this.frames = frames;
        this.logins = logins;
        this.sessions = sessions;
        this.users = users;
    }

    Answer login(Visit visit) {
        if (!visit.post()) {
            return visit.identity().isPresent()
                    ? Answer.Redirect.to(Visit.local(visit.asked("back")))
                    : login(visit, "", visit.asked("back"), Optional.empty());
        }
        String name = visit.typed("name").strip();
        String back = visit.typed("back");
        try {
            Optional<Identity> identity = logins.password(name, visit.typed("password"), visit.address());
            if (identity.isPresent()) {
                return enter(visit, identity.get(), back);
            }
            return login(visit, name, back, Optional.of(visit.words().say("login.wrong")))
                    .withStatus(HttpStatus.UNAUTHORIZED_401);
        } catch (AccessDeniedException denied) {
            long seconds = denied.retryAfter().map(after -> after.toSeconds()).orElse(0L);
            return login(visit, name, back, Optional.of(visit.words().say("login.later", seconds)))
                    .withStatus(HttpStatus.TOO_MANY_REQUESTS_429);
        }
    }

    private Answer enter(Visit visit, Identity identity, String back) {
        if (!visit.cookie().isEmpty()) {
            sessions.close(visit.cookie());
        }
        String cookie = WebSessions.setCookie(sessions.open(identity), visit.secure());
        return Answer.Redirect.to(identity.mustChangePassword() ? "/password" : Visit.local(back))
                .with(cookie);
    }

    private Answer.Page login(Visit visit, String name, String back, Optional<String> trouble) {
        return Answer.Page.of(
                "login",
                frames.frame(visit, visit.words().say("login.title"), ""),
                new Answer.Part("v", new EntryView(name, Visit.local(back), false, trouble)));
    }

    Answer logout(Visit visit) {
        sessions.close(visit.cookie());
        return Answer.Redirect.to("/login").with(WebSessions.clearCookie());
    }

    Answer password(Visit visit) {
        if (!visit.post()) {
            return password(visit, Optional.empty());
        }
        if (!visit.typed("new").equals(visit.typed("again"))) {
            return password(visit, Optional.of(visit.words().say("password.differ")))
                    .withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
        Identity identity = visit.identity().orElseThrow();
        try {
            users.changePassword(Actor.of(identity), new Secret(visit.typed("old")), new Secret(visit.typed("new")));
        } catch (ActionRefused refused) {
            return password(visit, Optional.of(refused.sentence())).withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
        // the change ended all of the user's sessions, this one too
        Identity changed = new Identity(identity.name(), identity.userKey(), identity.role(), identity.scope(), false);
        return Answer.Redirect.to("/?done=password")
                .with(WebSessions.setCookie(sessions.open(changed), visit.secure()));
    }

    private Answer.Page password(Visit visit, Optional<String> trouble) {
        Identity identity = visit.identity().orElseThrow();
        String name = identity.name().substring(identity.name().indexOf(':') + 1);
        return Answer.Page.of(
                "password",
                frames.frame(visit, visit.words().say("password.title"), ""),
                new Answer.Part("v", new EntryView(name, "/", identity.mustChangePassword(), trouble)));
    }

    Answer preferences(Visit visit) {
        Answer answer = Answer.Redirect.to(Visit.local(visit.asked("back")));
        if (Messages.LANGUAGES.contains(visit.asked("language"))) {
            answer = answer.with(kept(LANGUAGE_COOKIE, visit.asked("language")));
        }
        if (THEMES.contains(visit.asked("theme"))) {
            answer = answer.with(kept(THEME_COOKIE, visit.asked("theme")));
        }
        return answer;
    }

    private static String kept(String cookie, String value) {
        return cookie + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + YEAR_SECONDS;
    }
}
