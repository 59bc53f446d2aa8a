package carillon.server.operator;

import carillon.db.AuthorityHolders;
import carillon.db.Device;
import carillon.server.access.Permission;
import carillon.server.tls.Fingerprint;
import carillon.server.tls.KeyStores;
import carillon.server.tls.OwnAuthorities;
import carillon.server.tls.OwnAuthorities.Phase;
import carillon.server.tls.ServerNames;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What administrators do about the certificate that this server shows, and about the authority that makes it. */
public final class AuthorityActions {
    private static final int MOST_SHOWN = 1000;

    private final Guard guard;
    private final OwnAuthorities authorities;
    private final KeyStores keyStores;

    public AuthorityActions(Guard guard, OwnAuthorities authorities, KeyStores keyStores) {
        this.guard = guard;
        this.authorities = authorities;
        this.keyStores = keyStores;
    }

    /** A step in the replacement of an authority. */
    public enum Step {
        /** A new one is made and given to phones; the old one signs. */
        PREPARE,
        /** The new one is given up. */
        ABANDON,
        /** The new one signs. */
        SWITCH,
        /** The old one signs again. */
        BACK,
        /** The old one is forgotten. */
        FINISH
    }

    /**
     * What is shown, and how far a replacement is.
     *
     * @param certificate the server's own
     * @param names that it is good for
     * @param operators whether it is the operator's; authorities of this server then have no part in it
     * @param holders of the authority that phones shall hold in the end
     */
    public record Status(
            X509Certificate certificate,
            Set<String> names,
            boolean operators,
            Phase phase,
            X509Certificate signing,
            Optional<X509Certificate> other,
            AuthorityHolders.Count holders) {}

    public Status status(Actor actor) {
        OwnAuthorities.State state = authorities.state();
        X509Certificate own = keyStores.chain().get(0);
        return new Status(
                own,
                ServerNames.of(own),
                keyStores.isOperators(),
                state.phase(),
                state.signing().root(),
                state.other().map(other -> other.root()),
                holders(actor));
    }

    private AuthorityHolders.Count holders(Actor actor) {
        String fingerprint = Fingerprint.of(authorities.state().newest().root());
        return guard.read(
                actor, Permission.MANAGE_TLS, stores -> stores.holders().count(actor.scope(), fingerprint));
    }

    /** Approved devices of which it is not known that they hold the new authority; at most a thousand. */
    public List<Device> missing(Actor actor) {
        if (authorities.state().phase() == Phase.SETTLED) {
            guard.check(actor, Permission.MANAGE_TLS);
            return List.of();
        }
        String fingerprint = Fingerprint.of(authorities.state().newest().root());
        return guard.read(actor, Permission.MANAGE_TLS, stores -> stores.holders()
                .missing(actor.scope(), fingerprint, MOST_SHOWN));
    }

    /**
     * Takes one step.
     *
     * @param evenIfMissing although phones would, or might, not come any more
     */
    public Status step(Actor actor, Step step, boolean evenIfMissing) {
        guard.check(actor, Permission.MANAGE_TLS);
        if (keyStores.isOperators()) {
            throw ActionRefused.conflict("this server shows the operator's own certificate (tls.certificate or"
                    + " tls.keystore); replace that, and its authorities have no part in it");
        }
        long missing = holders(actor).missing();
        if ((step == Step.SWITCH || step == Step.FINISH) && missing > 0 && !evenIfMissing) {
            throw ActionRefused.conflict(missing + " approved devices are not known to hold the new authority and might"
                    + " not come any more; see GET /api/v1/tls/authority/missing, or say evenIfMissing");
        }
        Map<String, String> before = shown();
        String left = authorities
                .state()
                .other()
                .map(other -> Fingerprint.of(other.root()))
                .orElse("");
        take(step);
        guard.change(actor, Permission.MANAGE_TLS, ledger -> {
            if (step == Step.FINISH || step == Step.ABANDON) {
                ledger.stores().holders().forget(left);
            }
            ledger.note("authority." + step.name().toLowerCase(Locale.ROOT), actor.scope(), "tls", before, shown());
            return step;
        });
        return status(actor);
    }

    private void take(Step step) {
        try {
            switch (step) {
                case PREPARE -> authorities.prepare();
                case ABANDON -> authorities.abandon();
                case SWITCH -> authorities.switchOver();
                case BACK -> authorities.switchBack();
                case FINISH -> authorities.finish();
            }
        } catch (IllegalStateException told) {
            throw ActionRefused.conflict(String.valueOf(told.getMessage()));
        }
        renew();
    }

    /** Puts to use what lies in the certificate's files by now. */
    public Status reload(Actor actor) {
        guard.check(actor, Permission.MANAGE_TLS);
        keyStores.readClientsAgain();
        if (renew()) {
            Map<String, String> now = shown();
            guard.change(actor, Permission.MANAGE_TLS, ledger -> {
                ledger.note("certificate.reload", actor.scope(), "tls", Map.of(), now);
                return now;
            });
        }
        return status(actor);
    }

    private boolean renew() {
        try {
            return keyStores.renew();
        } catch (IOException unusable) {
            throw ActionRefused.conflict("the certificate cannot be used, the old one stays: " + unusable.getMessage());
        }
    }

    private Map<String, String> shown() {
        OwnAuthorities.State state = authorities.state();
        return Map.of(
                "phase",
                state.phase().name().toLowerCase(Locale.ROOT),
                "signing",
                Fingerprint.of(state.signing().root()),
                "certificate",
                Fingerprint.of(keyStores.chain().get(0)));
    }
}
