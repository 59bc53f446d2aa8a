package carillon.server.console;

import carillon.server.console.view.CertificatesView;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.AuthorityActions.Step;
import carillon.server.operator.TlsActions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/** Certificates and authorities. */
final class CertificatePages {
    private final Frames frames;
    private final TlsActions tls;
    private final AuthorityActions authority;
    private final Supplier<String> acsUrl;

    CertificatePages(Frames frames, TlsActions tls, AuthorityActions authority, Supplier<String> acsUrl) {
        this.frames = frames;
        this.tls = tls;
        this.authority = authority;
        this.acsUrl = acsUrl;
    }

    Answer show(Visit visit) {
        return page(visit, Optional.empty());
    }

    private Answer.Page page(Visit visit, Optional<String> trouble) {
        String url = acsUrl.get();
        CertificatesView view = new CertificatesView(
                authority.status(visit.actor()),
                tls.clientRoots(visit.actor()),
                url.isEmpty() ? "" : url + "ca.pem",
                trouble);
        return Answer.Page.of(
                "certificates", frames.frame(visit, visit.words().say("tls.title"), "tls"), new Answer.Part("v", view));
    }

    /** A step, or a root that comes or goes. */
    Answer change(Visit visit) {
        try {
            switch (visit.segment(1)) {
                case "authority" ->
                    authority.step(
                            visit.actor(),
                            step(visit.typed("step")),
                            !visit.typed("even").isEmpty());
                case "add" -> tls.addClientRoots(visit.actor(), visit.typed("pem"));
                case "remove" -> tls.removeClientRoot(visit.actor(), visit.typed("fingerprint"));
                default -> throw ActionRefused.notFound("there is no such form");
            }
            return Answer.Redirect.to("/tls?done=tls");
        } catch (ActionRefused refused) {
            if (refused.reason() instanceof ActionRefused.NotPermitted) {
                throw refused;
            }
            return page(visit, Optional.of(refused.sentence())).withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
        }
    }

    private static Step step(String text) {
        return Arrays.stream(Step.values())
                .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> ActionRefused.invalid("there is no such step"));
    }
}
