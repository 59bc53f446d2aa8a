package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.db.Committed;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.Scope;
import carillon.db.SessionRecord;
import carillon.server.events.LiveEvent.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes live events of what was committed for phones, done by people, or found by the clock. */
public final class PhoneFeed {
    private final Database database;
    private final EventStream stream;
    private final Webhooks webhooks;
    private final VisitRate rate;
    private final InstantSource clock;

    public PhoneFeed(Database database, EventStream stream, Webhooks webhooks, VisitRate rate, InstantSource clock) {
        this.database = database;
        this.stream = stream;
        this.webhooks = webhooks;
        this.rate = rate;
        this.clock = clock;
    }

    /** Turns of phones, now durable; webhooks were written with them. Never blocks. */
    public void committed(List<Committed> turns) {
        for (Committed turn : turns) {
            for (Effect effect : turn.effects()) {
                if (effect instanceof Effect.EventsSeen seen) {
                    rate.count(seen.at());
                }
            }
            if (stream.isWatched()) {
                PhoneNews.of(turn, clock.instant()).forEach(stream::publish);
            }
        }
    }

    /** What people and the clock did is told after it was done. */
    private void publish(List<LiveEvent> news) {
        news.forEach(stream::publish);
        webhooks.tell(news);
    }

    /** An RPC was queued or moved by a person, or has expired. */
    public void rpc(Device device, QueuedRpc rpc) {
        publish(List.of(new LiveEvent(Kind.RPC, device.id(), Optional.of(device), clock.instant(), shown(rpc))));
    }

    static Map<String, Object> shown(QueuedRpc rpc) {
        return Map.of(
                "id", rpc.id(),
                "method", rpc.method().rpcName(),
                "state", rpc.state().text());
    }

    /** A device was changed or deleted by a person. */
    public void changed(DeviceId device) {
        publish(List.of(new LiveEvent(
                Kind.DEVICE, device, Optional.empty(), clock.instant(), Map.<String, Object>of("change", "edited"))));
    }

    /** These devices have just become late. */
    public void late(List<Device> devices) {
        publish(devices.stream()
                .map(device -> new LiveEvent(Kind.LATE, device.id(), Optional.of(device), clock.instant(), Map.of()))
                .toList());
    }

    /** These RPCs have just expired. */
    public void expired(List<String> ids) {
        if (stream.isWatched() || webhooks.want(Kind.RPC)) {
            for (String id : ids) {
                database.read(stores -> stores.rpcs().find(Scope.ALL, id))
                        .ifPresent(rpc -> byKey(rpc.deviceKey()).ifPresent(device -> rpc(device, rpc)));
            }
        }
    }

    /** These sessions can be read now. */
    public void archived(List<SessionRecord> sessions) {
        if (stream.isWatched() || webhooks.want(Kind.SESSION)) {
            publish(sessions.stream().flatMap(this::news).toList());
        }
    }

    private Stream<LiveEvent> news(SessionRecord session) {
        return byKey(session.deviceKey()).stream()
                .map(device -> new LiveEvent(
                        Kind.SESSION,
                        device.id(),
                        Optional.of(device),
                        session.endedAt(),
                        Map.of("id", session.id(), "outcome", session.outcome())));
    }

    private Optional<Device> byKey(long key) {
        return database.read(stores -> stores.devices().find(key));
    }
}
