package carillon.rpc.engine;

import carillon.cwmp.DeviceId;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.db.Claim;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.inbound.Associations;
import carillon.rpc.inbound.InboundHandlers;
import carillon.rpc.outbound.AnswerHandlers;
import carillon.rpc.outbound.Draft;
import carillon.rpc.outbound.NextRpc;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.outbound.VersionWatch;
import carillon.rpc.session.Admission;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Outstanding;
import carillon.rpc.session.Pending;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The CWMP session: what one message leads to. Keeps nothing, reads no clock, touches no store. */
public final class SessionEngine {
    /** Messages of the phone's own accord that a session may have beside the answers to our requests. */
    private static final int OWN_MESSAGES = 64;

    private final EnginePolicy policy;
    private final InboundHandlers inbound;
    private final AnswerHandlers answers;
    private final NextRpc nextRpc;
    private final VersionWatch versions;

    /** Of a server that has no files. */
    public SessionEngine(EnginePolicy policy, Credentials credentials, RpcJson json) {
        this(policy, credentials, json, TransferAddresses.none());
    }

    public SessionEngine(EnginePolicy policy, Credentials credentials, RpcJson json, TransferAddresses addresses) {
        this.policy = policy;
        this.inbound = new InboundHandlers(policy, json, addresses);
        this.answers = new AnswerHandlers(policy, json);
        this.nextRpc = new NextRpc(policy, credentials, json, addresses);
        this.versions = new VersionWatch(json);
    }

    /** A session that waits for its Inform; the id is unguessable and becomes the cookie. */
    public CwmpSession begin(String sessionId, Caller caller, Instant now) {
        return CwmpSession.begin(sessionId, caller, policy.minSessionTimeout(), now);
    }

    /**
     * One message of the phone.
     *
     * @param device the device its Inform names, as it is known now; empty where it is not known
     * @param workRung something was queued for the device since its Inform
     */
    public Turn take(CwmpSession session, Optional<Device> device, boolean workRung, Envelope envelope, Instant now) {
        return associated(taken(session, device, workRung, envelope, now));
    }

    private Turn taken(CwmpSession session, Optional<Device> device, boolean workRung, Envelope envelope, Instant now) {
        CwmpMessage message = envelope.message();
        CwmpSession heard = session.change().heard(now).session();
        if (message instanceof CpeRequest.Inform inform) {
            return informed(heard, device, envelope, inform, now);
        }
        if (isOverlong(heard)) {
            return refuse(heard, List.of(), "the phone sent " + heard.turns() + " messages in one session");
        }
        if (message instanceof CpeRequest && isOver(heard, now)) {
            long minutes = policy.maxSessionLength().toMinutes();
            return refuse(heard, List.of(), "the session has lasted for over " + minutes + " minutes");
        }
        CwmpSession current = refreshed(heard, device, workRung);
        return switch (session.phase()) {
            case AWAITING_INFORM, CLOSED -> outside(current, message);
            case PHONE_TURN -> phoneTurn(current, envelope, now);
            case ACS_TURN -> acsTurn(current, envelope, now);
        };
    }

    /** Goes on after the commit that an {@link Turn.Ask} waited for; not for one whose guard was lost or that was refused. */
    public Turn resume(CwmpSession session, CommitResult result, Instant now) {
        Pending pending = session.pending().orElseThrow(() -> new IllegalStateException("nothing was asked for"));
        CwmpSession fresh = session.change().nothingPending().session();
        if (result.device().isPresent()) {
            fresh = fresh.change().device(result.device().get()).session();
        }
        if (pending instanceof Pending.Informed informed) {
            return informResponse(fresh, informed, result, now);
        }
        if (pending instanceof Pending.Claimed claimed) {
            return claimResponse(fresh, claimed, result);
        }
        if (pending instanceof Pending.Offered offered) {
            return inbound.offered(fresh, offered, result, now);
        }
        return decided(nextRpc.claimed(Draft.of(fresh, now), result));
    }

    /** Whatever a managed device reports may tell which gateway it is behind, or what is behind it (CWMP-225). */
    private static Turn associated(Turn turn) {
        if (turn.effects().isEmpty() || turn.session().admission() != Admission.MANAGED) {
            return turn;
        }
        Optional<Effect> told = Associations.in(turn.effects());
        if (told.isEmpty()) {
            return turn;
        }
        List<Effect> effects = new ArrayList<>(turn.effects());
        effects.add(told.get());
        if (turn instanceof Turn.Reply reply) {
            return new Turn.Reply(reply.session(), effects, reply.answer());
        }
        return turn instanceof Turn.Refuse refuse
                ? new Turn.Refuse(refuse.session(), effects, refuse.reason())
                : new Turn.Ask(turn.session(), effects);
    }

    /** An Inform always opens a new session. Within an open one it starts that one over, for the same device. */
    private Turn informed(
            CwmpSession session, Optional<Device> device, Envelope envelope, CpeRequest.Inform inform, Instant now) {
        boolean open = session.phase() == SessionPhase.PHONE_TURN || session.phase() == SessionPhase.ACS_TURN;
        Optional<DeviceId> before = session.device().map(Device::id);
        if (open && before.isPresent() && !before.get().equals(inform.device())) {
            return refuse(
                    session,
                    List.of(),
                    "the identity changed within a session: it was " + before.get() + " and became " + inform.device());
        }
        CwmpSession begun = session.phase() == SessionPhase.AWAITING_INFORM
                ? session
                : begin(session.id(), session.caller(), now).change().heard(now).session();
        return inbound.take(begun, device, envelope, inform, now);
    }

    /** No session is open: an empty message asks for nothing and gets nothing; anything else is out of order (CWMP-085). */
    private static Turn outside(CwmpSession session, CwmpMessage message) {
        return message instanceof Empty
                ? new Turn.Reply(session, List.of(), Optional.empty())
                : refuse(
                        session,
                        List.of(),
                        session.phase() == SessionPhase.CLOSED
                                ? message.name() + " in a session that has ended"
                                : message.name() + " before an Inform");
    }

    private Turn phoneTurn(CwmpSession session, Envelope envelope, Instant now) {
        CwmpMessage message = envelope.message();
        if (message instanceof CpeRequest request) {
            return inbound.take(session, session.device(), envelope, request, now);
        }
        return message instanceof Empty
                ? decided(nextRpc.next(Draft.of(session, now)))
                : refuse(session, List.of(), message.name() + ", which nobody asked for");
    }

    private Turn acsTurn(CwmpSession session, Envelope envelope, Instant now) {
        CwmpMessage message = envelope.message();
        if (message instanceof CpeRequest request) {
            return inbound.take(session, session.device(), envelope, request, now);
        }
        Outstanding outstanding = session.outstanding()
                .orElseThrow(() -> new IllegalStateException("it is our turn, but nothing is outstanding"));
        Draft draft = Draft.of(session, now);
        AcsRequest request = outstanding.request();
        if (message instanceof FaultMessage fault) {
            return goOn(answers.faulted(draft, outstanding, fault.fault()));
        }
        if (message instanceof CpeResponse answer && answer.method() == request.method()) {
            return goOn(answers.answered(noted(draft, envelope), outstanding, answer));
        }
        String what = "the phone answered " + request.name() + " with "
                + (message instanceof Empty ? "an empty message" : message.name());
        if (isKnownMisanswer(request.method(), message)) {
            return goOn(answers.misanswered(draft, outstanding, what));
        }
        Draft lost = answers.lost(draft, outstanding, what);
        if (message instanceof Empty) {
            return decided(lost.end());
        }
        return refuse(lost.session(), lost.effects(), what);
    }

    /** What clients were seen to send for a method they do not have: nothing is unclear about it, the session goes on. */
    public static boolean isKnownMisanswer(AcsMethod asked, CwmpMessage message) {
        boolean attributes = asked == AcsMethod.GET_PARAMETER_ATTRIBUTES || asked == AcsMethod.SET_PARAMETER_ATTRIBUTES;
        return attributes && message instanceof Empty
                || asked == AcsMethod.SET_PARAMETER_ATTRIBUTES
                        && message instanceof CpeResponse.SetParameterValuesResponse;
    }

    /** A missing or wrong ID is taken as it is meant: only one request can be outstanding (CWMP-072). */
    private static Draft noted(Draft draft, Envelope envelope) {
        CwmpSession session = draft.session();
        String sent = Integer.toString(session.requestId());
        boolean fits = !session.idsWanted()
                || envelope.id().map(String::strip).filter(sent::equals).isPresent();
        return fits
                ? draft
                : draft.with(session.change()
                        .remark("an answer came with another ID than " + sent)
                        .session());
    }

    private Turn goOn(Draft draft) {
        return decided(draft.turn().isPresent() ? draft : nextRpc.next(draft));
    }

    private Turn informResponse(CwmpSession session, Pending.Informed informed, CommitResult result, Instant now) {
        boolean managed = session.admission() == Admission.MANAGED;
        List<QueuedRpc> seen = managed
                ? result.open().stream()
                        .filter(rpc -> versions.isSeen(session, rpc))
                        .toList()
                : List.of();
        List<QueuedRpc> leftovers = managed
                ? result.open().stream()
                        .filter(rpc -> rpc.state() == RpcState.SENT
                                && rpc.acknowledgedAt().isEmpty()
                                && !seen.contains(rpc))
                        .toList()
                : List.of();
        CwmpSession next = session.change()
                .leftovers(leftovers)
                .workKnown(managed && result.hasQueued())
                .session();
        List<Effect> ends = new ArrayList<>();
        seen.forEach(rpc -> ends.add(versions.succeeded(rpc, now)));
        return new Turn.Reply(next, ends, Optional.of(informed.answer()));
    }

    private static Turn claimResponse(CwmpSession session, Pending.Claimed claimed, CommitResult result) {
        List<QueuedRpc> resets = result.open().stream()
                .filter(rpc -> rpc.method() == AcsMethod.FACTORY_RESET && rpc.state() == RpcState.SENT)
                .toList();
        Claim was = claimed.claim();
        Claim claim = new Claim(
                was.id(),
                was.deviceKey(),
                was.tenant(),
                was.site(),
                was.state(),
                !resets.isEmpty(),
                was.sourceAddress(),
                was.events(),
                was.count(),
                was.firstSeen(),
                was.lastSeen(),
                was.decidedBy());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.ClaimSeen(claim, session.id(), session.events()));
        resets.forEach(reset -> effects.add(new Effect.RpcNoted(
                reset.id(),
                "somebody came in the phone's name as a factory reset leaves it, from " + was.sourceAddress()
                        + ": the claim " + was.id() + " awaits confirmation, and nothing more is asked before that")));
        return new Turn.Reply(session, effects, Optional.of(claimed.answer()));
    }

    /** The row as it is now, so that a turn is decided on what is true; and whether there is something to do. */
    private static CwmpSession refreshed(CwmpSession session, Optional<Device> device, boolean workRung) {
        CwmpSession next = session;
        if (device.isPresent()
                && session.device().isPresent()
                && session.device().get().id().equals(device.get().id())) {
            next = next.change().device(device.get()).session();
        }
        return workRung && session.admission() == Admission.MANAGED
                ? next.change().workKnown(true).session()
                : next;
    }

    /** Each of our requests has one answer; the rest is what the phone sends of its own accord. */
    private static boolean isOverlong(CwmpSession session) {
        return session.turns() > session.requestId() + OWN_MESSAGES;
    }

    /** What we ask ends in time by itself; what the phone sends of its own accord is ended here. */
    private boolean isOver(CwmpSession session, Instant now) {
        return session.phase() != SessionPhase.AWAITING_INFORM
                && now.isAfter(session.startedAt().plus(policy.maxSessionLength()));
    }

    private static Turn decided(Draft draft) {
        return draft.turn().orElseThrow(() -> new IllegalStateException("the last step decides"));
    }

    private static Turn refuse(CwmpSession session, List<Effect> effects, String reason) {
        CwmpSession closed =
                session.change().phase(SessionPhase.CLOSED).answered().session();
        return new Turn.Refuse(closed, effects, reason);
    }
}
