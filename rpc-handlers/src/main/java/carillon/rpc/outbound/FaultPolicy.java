package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.db.QueuedRpc;

/** What a phone's fault means for the RPC it answers: another time, or never. */
final class FaultPolicy {
    /** How often an RPC is sent at most when the phone answers with faults that may pass. */
    static final int ATTEMPTS = 3;

    private FaultPolicy() {}

    /** The RPC fails, or goes back to the queue for another session; this session goes on. */
    static Draft faulted(Draft draft, QueuedRpc rpc, Fault fault) {
        boolean again =
                FaultCode.of(fault.code()).filter(FaultCode::worthRetrying).isPresent() && rpc.attempts() < ATTEMPTS;
        if (!again) {
            return draft.with(Moves.failed(rpc, fault, "", draft.now()));
        }
        String note = "attempt " + rpc.attempts() + " of " + ATTEMPTS + ": the phone answered with fault "
                + fault.code() + " " + fault.text() + "; it is asked again in a later session";
        return draft.with(draft.session().change().deferred(rpc.id()).session())
                .with(Moves.requeued(rpc, note, draft.now()));
    }
}
