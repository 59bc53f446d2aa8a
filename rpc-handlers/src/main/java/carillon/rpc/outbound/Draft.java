package carillon.rpc.outbound;

import carillon.cwmp.message.Envelope;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.Outstanding;
import carillon.rpc.session.Pending;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A turn of ours while it is put together: the session so far, what must be durable before anything leaves, and the turn
 * once it is decided.
 */
public record Draft(CwmpSession session, List<Effect> effects, Instant now, Optional<Turn> turn) {
    public Draft {
        effects = List.copyOf(effects);
    }

    /** Nothing decided, nothing to write. */
    public static Draft of(CwmpSession session, Instant now) {
        return new Draft(session, List.of(), now, Optional.empty());
    }

    public Draft with(CwmpSession next) {
        return new Draft(next, effects, now, turn);
    }

    /** With one more thing to write. */
    public Draft with(Effect effect) {
        return with(List.of(effect));
    }

    /** With more to write. */
    public Draft with(List<Effect> more) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(more);
        return new Draft(session, all, now, turn);
    }

    /** With this row of the device, which is to be written; in place of an earlier one of this turn, which it was made from. */
    public Draft withDevice(Device device) {
        List<Effect> others = effects.stream()
                .filter(effect -> !(effect instanceof Effect.DeviceSeen || effect instanceof Effect.DeviceCame))
                .toList();
        return new Draft(session.change().device(device).session(), others, now, turn)
                .with(new Effect.DeviceSeen(device));
    }

    /** Decided: this request leaves. */
    public Draft send(Outstanding outstanding) {
        CwmpSession next = session.change().sent(outstanding).session();
        Optional<String> id = next.idsWanted() ? Optional.of(Integer.toString(next.requestId())) : Optional.empty();
        Envelope envelope = Envelope.of(id, next.style(), outstanding.request());
        return decided(new Turn.Reply(next, effects, Optional.of(envelope)));
    }

    /** Decided: the store is asked first. */
    public Draft ask(Pending pending, Effect question) {
        Draft asked = with(question);
        CwmpSession next = session.change()
                .phase(SessionPhase.ACS_TURN)
                .answered()
                .pending(pending)
                .session();
        return asked.decided(new Turn.Ask(next, asked.effects));
    }

    /** Decided: nothing more is asked, the session ends well. */
    public Draft end() {
        CwmpSession next =
                session.change().phase(SessionPhase.CLOSED).answered().session();
        return decided(new Turn.Reply(next, effects, Optional.empty()));
    }

    private Draft decided(Turn what) {
        return new Draft(what.session(), effects, now, Optional.of(what));
    }
}
