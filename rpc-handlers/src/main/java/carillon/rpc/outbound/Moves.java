package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The moves of an RPC that is SENT, as effects. */
final class Moves {
    private static final Set<RpcState> SENT = Set.of(RpcState.SENT);

    private Moves() {}

    static Effect succeeded(QueuedRpc rpc, String result, String note, Instant now) {
        return move(rpc, RpcState.SUCCEEDED, Optional.of(result), Optional.empty(), note, now);
    }

    static Effect failed(QueuedRpc rpc, Fault fault, String note, Instant now) {
        return move(rpc, RpcState.FAILED, Optional.empty(), Optional.of(fault), note, now);
    }

    /** It fails with the reason, and nothing of it left. */
    static List<Effect> refused(QueuedRpc rpc, String reason, Instant now) {
        Fault fault = Fault.of(FaultCode.ACS_REQUEST_DENIED, "not sent: " + reason);
        return List.of(new Effect.NeverLeft(rpc.id()), failed(rpc, fault, fault.text(), now));
    }

    static Effect unconfirmed(QueuedRpc rpc, String note, Instant now) {
        return move(rpc, RpcState.UNCONFIRMED, Optional.empty(), Optional.empty(), note, now);
    }

    /** Back to the queue. What was seen before this sending says nothing about the next one, so it is forgotten. */
    static List<Effect> requeued(QueuedRpc rpc, String note, Instant now) {
        Effect back = move(rpc, RpcState.QUEUED, Optional.empty(), Optional.empty(), note, now);
        return rpc.method() == AcsMethod.ADD_OBJECT || rpc.method() == AcsMethod.DELETE_OBJECT
                ? List.of(new Effect.EvidenceRecorded(rpc.id(), ""), back)
                : List.of(back);
    }

    private static Effect move(
            QueuedRpc rpc, RpcState to, Optional<String> result, Optional<Fault> fault, String note, Instant now) {
        return new Effect.RpcMoved(rpc.id(), SENT, to, result, fault, note, now);
    }
}
