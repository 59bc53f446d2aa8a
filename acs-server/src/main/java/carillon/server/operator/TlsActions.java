package carillon.server.operator;

import carillon.server.access.Permission;
import carillon.server.tls.ClientTrust;
import carillon.server.tls.Fingerprint;
import carillon.server.tls.KeyStores;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What administrators do about certificates. */
public final class TlsActions {
    private final Guard guard;
    private final ClientTrust clients;
    private final KeyStores keyStores;

    public TlsActions(Guard guard, ClientTrust clients, KeyStores keyStores) {
        this.guard = guard;
        this.clients = clients;
        this.keyStores = keyStores;
    }

    /** The roots under which phones' certificates count. */
    public List<X509Certificate> clientRoots(Actor actor) {
        guard.check(actor, Permission.MANAGE_TLS);
        return List.copyOf(clients.roots().values());
    }

    /** Imports the roots of this PEM text. */
    public List<X509Certificate> addClientRoots(Actor actor, String pem) {
        guard.check(actor, Permission.MANAGE_TLS);
        List<X509Certificate> added;
        try {
            added = clients.add(pem);
        } catch (IllegalArgumentException told) {
            throw ActionRefused.invalid(String.valueOf(told.getMessage()));
        }
        keyStores.clientsChanged();
        for (X509Certificate root : added) {
            note(actor, "client-root.add", root, true);
        }
        return added;
    }

    /** Removes one; certificates under it count for nothing from now on. */
    public void removeClientRoot(Actor actor, String fingerprint) {
        AtomicReference<@Nullable X509Certificate> removed = new AtomicReference<>();
        guard.removeOnce(actor, Permission.MANAGE_TLS, ledger -> {
            X509Certificate root = removed.get();
            if (root == null) {
                root = remove(fingerprint);
                removed.set(root);
            }
            note(ledger, actor, "client-root.remove", root, false);
        });
        if (removed.get() != null) {
            keyStores.clientsChanged();
        }
    }

    private X509Certificate remove(String fingerprint) {
        X509Certificate root = clients.roots().get(fingerprint);
        try {
            if (root == null || !clients.remove(fingerprint)) {
                throw ActionRefused.notFound("there is no client root " + Devices.shown(fingerprint));
            }
            return root;
        } catch (IllegalArgumentException told) {
            throw ActionRefused.conflict(String.valueOf(told.getMessage()));
        }
    }

    private void note(Actor actor, String action, X509Certificate root, boolean added) {
        guard.change(actor, Permission.MANAGE_TLS, ledger -> {
            note(ledger, actor, action, root, added);
            return root;
        });
    }

    private static void note(Ledger ledger, Actor actor, String action, X509Certificate root, boolean added) {
        Map<String, String> shown =
                Map.of("subject", root.getSubjectX500Principal().getName(), "fingerprint", Fingerprint.of(root));
        ledger.note(action, actor.scope(), Fingerprint.of(root), added ? Map.of() : shown, added ? shown : Map.of());
    }
}
