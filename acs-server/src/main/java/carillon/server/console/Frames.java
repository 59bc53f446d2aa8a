package carillon.server.console;

import carillon.db.Role;
import carillon.rpc.session.TrustMode;
import carillon.server.access.Csrf;
import carillon.server.access.Identity;
import carillon.server.config.TrustConfig;
import carillon.server.console.view.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a frame around pages. */
final class Frames {
    /** What a page can say about what was just done; nothing else is taken from a URL. */
    static final Set<String> NOTICES = Set.of(
            "queued",
            "rotate",
            "tls",
            "cancelled",
            "decided",
            "saved",
            "approved",
            "refused",
            "deleted",
            "claim",
            "password",
            "user",
            "revoked",
            "reading",
            "file",
            "filegone");

    private final Map<String, String> assets;
    private final List<String> warnings;

    Frames(Assets assets, TrustConfig trust) {
        this.assets = assets.urls();
        List<String> unsafe = new ArrayList<>();
        if (trust.mode() == TrustMode.OPEN) {
            unsafe.add("warning.open");
        }
        if (trust.cleartextSecrets()) {
            unsafe.add("warning.cleartext");
        }
        this.warnings = List.copyOf(unsafe);
    }

    /** The frame of a page of a section. */
    Frame frame(Visit visit, String title, String section) {
        String done = visit.asked("done");
        return new Frame(
                visit.words(),
                title,
                section,
                visit.post() ? "/" : Visit.local(visit.here()),
                visit.identity()
                        .filter(identity -> !identity.mustChangePassword())
                        .map(Frames::person),
                visit.cookie().isEmpty() ? "" : Csrf.token(visit.cookie()),
                visit.theme(),
                warnings,
                NOTICES.contains(done) ? Optional.of("done." + done) : Optional.empty(),
                assets);
    }

    private static Frame.Person person(Identity identity) {
        String scope = (identity.scope().site() + " " + identity.scope().tag()).strip();
        return new Frame.Person(
                identity.name().substring(identity.name().indexOf(':') + 1),
                identity.role().name().toLowerCase(Locale.ROOT),
                scope,
                identity.role().compareTo(Role.OPERATOR) >= 0,
                identity.role() == Role.ADMINISTRATOR);
    }
}
