package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Effect;
import carillon.db.RpcState;
import carillon.rpc.arguments.RpcJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The deployment units of a ChangeDUState were changed, or some were not (A.4.2.3): its RPC is settled here. */
final class SoftwareChangeHandler {
    private final RpcJson json;

    SoftwareChangeHandler(RpcJson json) {
        this.json = json;
    }

    /** One unit that could not be changed makes the RPC fail; what became of the others stays readable. */
    List<Effect> effects(CpeRequest.DuStateChangeComplete told, Instant now) {
        Optional<Fault> fault = told.results().stream()
                .map(CpeRequest.DuResult::fault)
                .filter(each -> each.code() != 0)
                .findFirst();
        RpcState end = fault.isEmpty() ? RpcState.SUCCEEDED : RpcState.FAILED;
        Optional<String> result = Optional.of(json.result(told.results()));
        if (CommandKeys.mayBeOurs(told.commandKey())) {
            return List.of(new Effect.RpcMoved(
                    told.commandKey(),
                    CommandKeys.REPORTABLE,
                    end,
                    result,
                    fault,
                    "the phone reported what became of its deployment units",
                    now));
        }
        if (!told.commandKey().isBlank()) {
            return List.of();
        }
        return List.of(new Effect.OnlyOneReported(
                Set.of(AcsMethod.CHANGE_DU_STATE),
                end,
                result,
                fault,
                "the phone reported a change of deployment units without saying which; it was the only one",
                now));
    }
}
