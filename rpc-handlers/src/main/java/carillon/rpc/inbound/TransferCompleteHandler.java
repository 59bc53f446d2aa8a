package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Effect;
import carillon.db.RpcState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A download has ended, well or not (A.3.3.2): its RPC is settled here, whatever became of its answer. */
final class TransferCompleteHandler {
    List<Effect> effects(CpeRequest.TransferComplete told, Instant now) {
        boolean well = told.fault().code() == 0;
        RpcState end = well ? RpcState.SUCCEEDED : RpcState.FAILED;
        Optional<String> result = well ? Optional.of("{\"status\":0}") : Optional.empty();
        Optional<Fault> fault = well ? Optional.empty() : Optional.of(told.fault());
        if (CommandKeys.mayBeOurs(told.commandKey())) {
            return List.of(new Effect.RpcMoved(
                    told.commandKey(), CommandKeys.REPORTABLE, end, result, fault, "the phone reported its end", now));
        }
        return List.of(new Effect.MethodReported(
                AcsMethod.DOWNLOAD,
                Set.of(RpcState.SENT),
                true,
                end,
                result,
                fault,
                "the phone reported the end of a transfer without saying which",
                now));
    }
}
