package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Effect;
import carillon.db.RpcState;
import carillon.rpc.outbound.FaultPolicy;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Repeats;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A transfer has ended, well or not (A.3.3.2): its RPC is settled here, whatever became of its answer. A key that is not
 * ours settles nothing; an empty one means the only transfer there is (CWMP-133, Q-56). Firmware whose version is known has
 * not succeeded before the phone reports that version (CWMP-135).
 */
final class TransferCompleteHandler {
    private static final String KEYLESS =
            "the phone reported the end of a transfer without saying which; it was the only one";
    private static final Set<AcsMethod> TRANSFERS =
            EnumSet.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD);

    private final EnginePolicy policy;

    TransferCompleteHandler(EnginePolicy policy) {
        this.policy = policy;
    }

    List<Effect> effects(CwmpSession session, CpeRequest.TransferComplete told, Instant now) {
        boolean ours = CommandKeys.mayBeOurs(told.commandKey());
        if (!ours && !told.commandKey().isBlank()) {
            return List.of();
        }
        String rpcId = ours ? told.commandKey() : "";
        String note = ours ? "the phone reported its end" : KEYLESS;
        return List.of(
                told.fault().code() == 0 ? done(session, rpcId, note, now) : failed(rpcId, told.fault(), note, now));
    }

    private Effect done(CwmpSession session, String rpcId, String note, Instant now) {
        return new Effect.TransferDone(
                rpcId,
                rpcId.isEmpty() ? Set.of(RpcState.SENT) : CommandKeys.DOABLE,
                session.device()
                        .map(device -> device.reported().softwareVersion())
                        .orElse(""),
                now.plus(policy.patience().version()),
                "{\"status\":0}",
                note,
                now);
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
                Repeats.mayPass(fault) ? policy.repeats().moments(now) : List.of(),
                now);
    }
}
