package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Effect;
import carillon.db.RpcState;
import carillon.rpc.outbound.FaultPolicy;
import carillon.rpc.session.Repeats;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A transfer has ended, well or not (A.3.3.2): its RPC is settled here, whatever became of its answer. A key that is not
 * ours settles nothing; an empty one means the only transfer there is (CWMP-133, Q-56).
 */
final class TransferCompleteHandler {
    private static final String KEYLESS =
            "the phone reported the end of a transfer without saying which; it was the only one";
    private static final Set<AcsMethod> TRANSFERS =
            EnumSet.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD);

    private final Repeats repeats;

    TransferCompleteHandler(Repeats repeats) {
        this.repeats = repeats;
    }

    List<Effect> effects(CpeRequest.TransferComplete told, Instant now) {
        boolean ours = CommandKeys.mayBeOurs(told.commandKey());
        if (!ours && !told.commandKey().isBlank()) {
            return List.of();
        }
        String note = ours ? "the phone reported its end" : KEYLESS;
        Fault fault = told.fault();
        if (fault.code() != 0) {
            return List.of(failed(ours ? told.commandKey() : "", fault, note, now));
        }
        Optional<String> result = Optional.of("{\"status\":0}");
        return List.of(
                ours
                        ? new Effect.RpcMoved(
                                told.commandKey(),
                                CommandKeys.DOABLE,
                                RpcState.SUCCEEDED,
                                result,
                                Optional.empty(),
                                note,
                                now)
                        : new Effect.OnlyOneReported(
                                TRANSFERS, RpcState.SUCCEEDED, result, Optional.empty(), note, now));
    }

    /** It was not done, so it may be asked again where the reason may pass; the store knows how often it was sent. */
    private Effect failed(String rpcId, Fault fault, String note, Instant now) {
        String advice = FaultPolicy.advice(fault);
        return new Effect.FailureReported(
                rpcId,
                TRANSFERS,
                CommandKeys.REPORTABLE,
                fault,
                advice.isEmpty() ? note : note + "; " + advice,
                Repeats.mayPass(fault) ? repeats.moments(now) : List.of(),
                now);
    }
}
