package carillon.server.connect;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.db.Committed;
import carillon.db.Effect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which called phones have come: that a phone consented, or that a request left, is no success; its Inform with
 * {@code 6 CONNECTION REQUEST} is (CWMP-203, CWMP-215). Costs an Inform nothing while nobody was called.
 */
final class Contacts {
    private final Map<DeviceId, List<CompletableFuture<Boolean>>> awaited = new ConcurrentHashMap<>();

    /** Completes with true when the phone comes; whoever asks must complete it otherwise. Ask before it is called. */
    CompletableFuture<Boolean> expect(DeviceId device) {
        CompletableFuture<Boolean> came = new CompletableFuture<>();
        awaited.merge(device, List.of(came), (others, one) -> Stream.concat(others.stream(), one.stream())
                .toList());
        CompletableFuture<?> unused = came.whenComplete((yes, never) -> forget(device, came));
        return came;
    }

    private void forget(DeviceId device, CompletableFuture<Boolean> came) {
        awaited.computeIfPresent(device, (id, all) -> {
            List<CompletableFuture<Boolean>> others =
                    all.stream().filter(one -> one != came).toList();
            return others.isEmpty() ? null : others;
        });
    }

    /** Told of what became durable. */
    void committed(List<Committed> turns) {
        if (awaited.isEmpty()) {
            return;
        }
        for (Committed turn : turns) {
            List<CompletableFuture<Boolean>> waiting = awaited.get(turn.device());
            if (waiting != null && saysSo(turn)) {
                waiting.forEach(came -> came.complete(true));
            }
        }
    }

    private static boolean saysSo(Committed turn) {
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.EventsSeen seen) {
                for (Event event : seen.events()) {
                    if (event.is(EventCode.CONNECTION_REQUEST)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
