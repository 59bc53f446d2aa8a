package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.rpc.session.Repeats;
import java.time.Instant;
import java.util.Optional;

/**
 * What a phone's fault means for the RPC it answers. Where the request itself is wrong, whoever asked learns it at once;
 * where the reason may pass, the same is asked again, a few times and with a growing delay (CWMP-184).
 */
public final class FaultPolicy {
    private static final int LONGEST_TEXT = 200;

    private final Repeats repeats;

    FaultPolicy(Repeats repeats) {
        this.repeats = repeats;
    }

    /** The RPC fails, or goes back to the queue for another session; this session goes on. */
    Draft faulted(Draft draft, QueuedRpc rpc, Fault fault) {
        Instant now = draft.now();
        Optional<Instant> again = repeats.next(rpc.attempts(), fault, now)
                .filter(next ->
                        rpc.expiresAt().filter(end -> !next.isBefore(end)).isEmpty());
        if (again.isEmpty()) {
            return draft.with(Moves.failed(rpc, fault, advice(fault), now));
        }
        String note = "attempt " + rpc.attempts() + " of " + repeats.attempts() + ": the phone answered with fault "
                + fault.code() + " " + shown(fault.text()) + "; it is asked again in the first session after "
                + again.get();
        return draft.with(draft.session().change().deferred(rpc.id()).session())
                .with(new Effect.RpcPutOff(rpc.id(), fault, again.get(), note));
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** What to do about this fault, where the request lacks something; else nothing. */
    public static String advice(Fault fault) {
        return fault.code() == FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE.number()
                ? "the file server asked the phone for a user name and a password: queue it again with the right"
                        + " \"username\" and \"password\""
                : "";
    }
}
