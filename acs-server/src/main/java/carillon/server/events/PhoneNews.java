package carillon.server.events;

import carillon.cwmp.Event;
import carillon.cwmp.Fault;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.AcsMethod;
import carillon.db.Committed;
import carillon.db.Effect;
import carillon.db.RpcState;
import carillon.server.events.LiveEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to tell of one turn of a phone. */
final class PhoneNews {
    private final Committed turn;
    private final Instant now;
    private final List<LiveEvent> news = new ArrayList<>();

    private PhoneNews(Committed turn, Instant now) {
        this.turn = turn;
        this.now = now;
    }

    /** Of this turn, in its order; now is when that happened which carries no time of its own. */
    static List<LiveEvent> of(Committed turn, Instant now) {
        PhoneNews told = new PhoneNews(turn, now);
        turn.effects().forEach(told::take);
        turn.result().claimed().ifPresent(rpc -> told.add(Kind.RPC, now, PhoneFeed.shown(rpc)));
        return told.news;
    }

    private void take(Effect effect) {
        if (effect instanceof Effect.EventsSeen seen) {
            List<String> codes = seen.events().stream().map(Event::code).toList();
            add(Kind.INFORM, seen.at(), Map.of("events", codes));
            if (!seen.changed().isEmpty()) {
                add(Kind.CHANGE, seen.at(), Map.of("parameters", seen.changed()));
            }
        } else if (effect instanceof Effect.DeviceSeen seen && seen.device().key() == 0) {
            add(Kind.DEVICE, now, Map.of("change", "new"));
        } else if (effect instanceof Effect.ClaimSeen claim) {
            add(Kind.DEVICE, claim.claim().lastSeen(), Map.of("change", "claim"));
        } else if (effect instanceof Effect.RpcMoved moved) {
            moved(moved.rpcId(), Optional.empty(), moved.to(), moved.at());
            moved.fault().ifPresent(fault -> fault(moved.rpcId(), fault, moved.at()));
        } else if (effect instanceof Effect.TransferDone done) {
            boolean waits = !turn.result().awaiting().isEmpty();
            moved(done.rpcId(), Optional.empty(), waits ? RpcState.SENT : RpcState.SUCCEEDED, done.at());
        } else if (effect instanceof Effect.MethodReported reported) {
            moved("", Optional.of(reported.method()), reported.to(), reported.at());
            reported.fault().ifPresent(fault -> fault("", fault, reported.at()));
        } else if (effect instanceof Effect.OnlyOneReported reported) {
            moved("", Optional.empty(), reported.to(), reported.at());
            reported.fault().ifPresent(fault -> fault("", fault, reported.at()));
        } else if (effect instanceof Effect.RpcPutOff putOff) {
            moved(putOff.rpcId(), Optional.empty(), RpcState.QUEUED, now);
            fault(putOff.rpcId(), putOff.fault(), now);
        } else if (effect instanceof Effect.FailureReported reported) {
            RpcState became = turn.result().putOff().isEmpty() ? RpcState.FAILED : RpcState.QUEUED;
            moved(reported.rpcId(), Optional.empty(), became, reported.at());
            fault(reported.rpcId(), reported.fault(), reported.at());
        } else if (effect instanceof Effect.CallSeen seen) {
            add(Kind.CALL, seen.at(), Map.of("method", seen.event().code()));
        } else if (effect instanceof Effect.RpcAcknowledged acknowledged) {
            add(
                    Kind.RPC,
                    acknowledged.at(),
                    Map.of("id", acknowledged.rpcId(), "state", RpcState.SENT.text(), "acknowledged", true));
        }
    }

    private void moved(String id, Optional<AcsMethod> method, RpcState to, Instant at) {
        Map<String, Object> details = new HashMap<>();
        if (!id.isEmpty()) {
            details.put("id", id);
        }
        method.ifPresent(known -> details.put("method", known.rpcName()));
        details.put("state", to.text());
        add(Kind.RPC, at, details);
    }

    private void fault(String id, Fault fault, Instant at) {
        String told = SecretUrls.masked(fault.text());
        String text = told.length() > 200 ? told.substring(0, 200) + "…" : told;
        Map<String, Object> details = new HashMap<>(Map.of("code", fault.code(), "text", text));
        if (!id.isEmpty()) {
            details.put("id", id);
        }
        add(Kind.FAULT, at, details);
    }

    private void add(Kind kind, Instant at, Map<String, Object> details) {
        news.add(new LiveEvent(kind, turn.device(), turn.result().device(), at, details));
    }
}
