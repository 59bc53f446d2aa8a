package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.db.QueuedRpc;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a phone's fault means for the RPC it answers. A fault is an answer, and whoever asked learns it at once; only a
 * transfer that a phone has no room for just now (9004, another one is under way) is asked again by itself.
 */
final class FaultPolicy {
    /** How often a transfer is asked for at most. */
    static final int ATTEMPTS = 3;

    private static final Set<AcsMethod> TRANSFERS =
            EnumSet.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD);

    private FaultPolicy() {}

    /** The RPC fails, or goes back to the queue for another session; this session goes on. */
    static Draft faulted(Draft draft, QueuedRpc rpc, Fault fault) {
        boolean again = TRANSFERS.contains(rpc.method())
                && fault.code() == FaultCode.RESOURCES_EXCEEDED.number()
                && rpc.attempts() < ATTEMPTS;
        if (!again) {
            return draft.with(Moves.failed(rpc, fault, "", draft.now()));
        }
        String note = "attempt " + rpc.attempts() + " of " + ATTEMPTS + ": the phone answered with fault "
                + fault.code() + " " + fault.text() + "; it is asked again in a later session";
        return draft.with(draft.session().change().deferred(rpc.id()).session())
                .with(Moves.requeued(rpc, note, draft.now()));
    }
}
