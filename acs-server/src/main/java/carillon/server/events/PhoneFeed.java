package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.Fault;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.AcsMethod;
import carillon.db.Committed;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.db.Scope;
import carillon.db.SessionRecord;
import carillon.server.events.LiveEvent.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes live events of what was committed for phones, done by people, or found by the clock. */
public final class PhoneFeed {
    private final Database database;
    private final EventStream stream;
    private final VisitRate rate;
    private final InstantSource clock;

    public PhoneFeed(Database database, EventStream stream, VisitRate rate, InstantSource clock) {
        this.database = database;
        this.stream = stream;
        this.rate = rate;
        this.clock = clock;
    }

    /** Turns of phones, now durable. Never blocks. */
    public void committed(List<Committed> turns) {
        for (Committed turn : turns) {
            for (Effect effect : turn.effects()) {
                if (effect instanceof Effect.EventsSeen seen) {
                    rate.count(seen.at());
                }
            }
            if (stream.isWatched()) {
                tell(turn);
            }
        }
    }

    private void tell(Committed turn) {
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.EventsSeen seen) {
                List<String> codes = seen.events().stream().map(Event::code).toList();
                publish(turn, Kind.INFORM, seen.at(), Map.of("events", codes));
                if (!seen.changed().isEmpty()) {
                    publish(turn, Kind.CHANGE, seen.at(), Map.of("parameters", seen.changed()));
                }
            } else if (effect instanceof Effect.DeviceSeen seen && seen.device().key() == 0) {
                publish(turn, Kind.DEVICE, clock.instant(), Map.of("change", "new"));
            } else if (effect instanceof Effect.ClaimSeen claim) {
                publish(turn, Kind.DEVICE, claim.claim().lastSeen(), Map.of("change", "claim"));
            } else if (effect instanceof Effect.RpcMoved moved) {
                moved(turn, moved.rpcId(), Optional.empty(), moved.to(), moved.at());
                moved.fault().ifPresent(fault -> fault(turn, moved.rpcId(), fault, moved.at()));
            } else if (effect instanceof Effect.MethodReported reported) {
                moved(turn, "", Optional.of(reported.method()), reported.to(), reported.at());
                reported.fault().ifPresent(fault -> fault(turn, "", fault, reported.at()));
            } else if (effect instanceof Effect.OnlyOneReported reported) {
                moved(turn, "", Optional.empty(), reported.to(), reported.at());
                reported.fault().ifPresent(fault -> fault(turn, "", fault, reported.at()));
            } else if (effect instanceof Effect.RpcPutOff putOff) {
                moved(turn, putOff.rpcId(), Optional.empty(), RpcState.QUEUED, clock.instant());
                fault(turn, putOff.rpcId(), putOff.fault(), clock.instant());
            } else if (effect instanceof Effect.FailureReported reported) {
                RpcState became = turn.result().putOff().isEmpty() ? RpcState.FAILED : RpcState.QUEUED;
                moved(turn, reported.rpcId(), Optional.empty(), became, reported.at());
                fault(turn, reported.rpcId(), reported.fault(), reported.at());
            } else if (effect instanceof Effect.CallSeen seen) {
                publish(
                        turn,
                        Kind.CALL,
                        seen.at(),
                        Map.of("method", seen.event().code()));
            } else if (effect instanceof Effect.RpcAcknowledged acknowledged) {
                publish(
                        turn,
                        Kind.RPC,
                        acknowledged.at(),
                        Map.of("id", acknowledged.rpcId(), "state", RpcState.SENT.text(), "acknowledged", true));
            }
        }
        turn.result().claimed().ifPresent(rpc -> publish(turn, Kind.RPC, clock.instant(), shown(rpc)));
    }

    private void moved(Committed turn, String id, Optional<AcsMethod> method, RpcState to, Instant at) {
        Map<String, Object> details = new HashMap<>();
        if (!id.isEmpty()) {
            details.put("id", id);
        }
        method.ifPresent(known -> details.put("method", known.rpcName()));
        details.put("state", to.text());
        publish(turn, Kind.RPC, at, details);
    }

    private void fault(Committed turn, String id, Fault fault, Instant at) {
        String told = SecretUrls.masked(fault.text());
        String text = told.length() > 200 ? told.substring(0, 200) + "…" : told;
        Map<String, Object> details = new HashMap<>(Map.of("code", fault.code(), "text", text));
        if (!id.isEmpty()) {
            details.put("id", id);
        }
        publish(turn, Kind.FAULT, at, details);
    }

    private void publish(Committed turn, Kind kind, Instant at, Map<String, Object> details) {
        stream.publish(new LiveEvent(kind, turn.device(), turn.result().device(), at, details));
    }

    /** An RPC was queued or moved by a person, or has expired. */
    public void rpc(Device device, QueuedRpc rpc) {
        stream.publish(new LiveEvent(Kind.RPC, device.id(), Optional.of(device), clock.instant(), shown(rpc)));
    }

    private static Map<String, Object> shown(QueuedRpc rpc) {
        return Map.of(
                "id", rpc.id(),
                "method", rpc.method().rpcName(),
                "state", rpc.state().text());
    }

    /** A device was changed or deleted by a person. */
    public void changed(DeviceId device) {
        stream.publish(new LiveEvent(
                Kind.DEVICE, device, Optional.empty(), clock.instant(), Map.<String, Object>of("change", "edited")));
    }

    /** These devices have just become late. */
    public void late(List<Device> devices) {
        for (Device device : devices) {
            stream.publish(new LiveEvent(Kind.LATE, device.id(), Optional.of(device), clock.instant(), Map.of()));
        }
    }

    /** These RPCs have just expired. */
    public void expired(List<String> ids) {
        if (stream.isWatched()) {
            for (String id : ids) {
                database.read(stores -> stores.rpcs().find(Scope.ALL, id))
                        .ifPresent(rpc -> byKey(rpc.deviceKey()).ifPresent(device -> rpc(device, rpc)));
            }
        }
    }

    /** These sessions can be read now. */
    public void archived(List<SessionRecord> sessions) {
        if (stream.isWatched()) {
            for (SessionRecord session : sessions) {
                byKey(session.deviceKey())
                        .ifPresent(device -> stream.publish(new LiveEvent(
                                Kind.SESSION,
                                device.id(),
                                Optional.of(device),
                                session.endedAt(),
                                Map.of("id", session.id(), "outcome", session.outcome()))));
            }
        }
    }

    private Optional<Device> byKey(long key) {
        return database.read(stores -> stores.devices().find(key));
    }
}
