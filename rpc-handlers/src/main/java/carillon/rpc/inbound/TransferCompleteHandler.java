package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Effect;
import carillon.db.RpcState;
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
    private static final Set<AcsMethod> TRANSFERS =
            EnumSet.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD);

    List<Effect> effects(CpeRequest.TransferComplete told, Instant now) {
        boolean well = told.fault().code() == 0;
        RpcState end = well ? RpcState.SUCCEEDED : RpcState.FAILED;
        Optional<String> result = well ? Optional.of("{\"status\":0}") : Optional.empty();
        Optional<Fault> fault = well ? Optional.empty() : Optional.of(told.fault());
        if (CommandKeys.mayBeOurs(told.commandKey())) {
            return List.of(new Effect.RpcMoved(
                    told.commandKey(), CommandKeys.REPORTABLE, end, result, fault, "the phone reported its end", now));
        }
        if (!told.commandKey().isBlank()) {
            return List.of();
        }
        return List.of(new Effect.OnlyOneReported(
                TRANSFERS,
                end,
                result,
                fault,
                "the phone reported the end of a transfer without saying which; it was the only one",
                now));
    }
}
