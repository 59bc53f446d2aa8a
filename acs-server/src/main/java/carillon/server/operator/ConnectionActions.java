package carillon.server.operator;

import carillon.db.Device;
import carillon.server.access.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What people do to make a phone come at once. */
public final class ConnectionActions {
    private final Guard guard;
    private final PhoneCaller caller;

    public ConnectionActions(Guard guard, PhoneCaller caller) {
        this.guard = guard;
        this.caller = caller;
    }

    /**
     * Sends a connection request; throws {@link ActionRefused}.
     *
     * @param kind {@code http}, {@code udp}, {@code xmpp}, or empty for whatever fits
     */
    public CompletableFuture<CallResult> send(Actor actor, String deviceId, String kind) {
        guard.check(actor, Permission.SEND_CONNECTION_REQUEST);
        Optional<CallResult.Kind> chosen = kind(kind);
        Device device = guard.change(actor, Permission.SEND_CONNECTION_REQUEST, ledger -> {
            Device found = Devices.named(ledger.stores(), actor.scope(), deviceId);
            ledger.note(
                    "device.connection-request",
                    found,
                    Map.of(),
                    Map.of("kind", chosen.map(ConnectionActions::text).orElse("any")));
            return found;
        });
        return caller.call(device, chosen);
    }

    /** The last connection requests to a device, newest first. */
    public List<RecentCall> recent(Actor actor, String deviceId) {
        return caller.recent(
                guard.read(actor, Permission.READ, stores -> Devices.named(stores, actor.scope(), deviceId)));
    }

    private static Optional<CallResult.Kind> kind(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(CallResult.Kind.values())
                .filter(one -> text(one).equals(text))
                .findFirst()
                .orElseThrow(() -> ActionRefused.invalid("the kind is " + Devices.shown(text) + "; allowed: "
                        + Arrays.stream(CallResult.Kind.values())
                                .map(ConnectionActions::text)
                                .collect(Collectors.joining(", ")))));
    }

    private static String text(CallResult.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
