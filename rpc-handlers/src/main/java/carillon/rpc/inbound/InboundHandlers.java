package carillon.rpc.inbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.rpc.session.Admission;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a phone may ask or tell, each with its answer. Whether it may at this moment is the engine's question. */
public final class InboundHandlers {
    private final InformHandler inform;
    private final TransferCompleteHandler transferComplete = new TransferCompleteHandler();
    private final GetRpcMethodsHandler getRpcMethods = new GetRpcMethodsHandler();

    public InboundHandlers(EnginePolicy policy) {
        this.inform = new InformHandler(policy);
    }

    /**
     * Answers a request of the phone; what is outstanding stays so.
     *
     * @param known the device as it is now; only an Inform looks at it
     */
    public Turn take(CwmpSession session, Optional<Device> known, Envelope envelope, CpeRequest request, Instant now) {
        return switch (request.method()) {
            case INFORM -> inform.take(session, known, envelope, (CpeRequest.Inform) request, now);
            case TRANSFER_COMPLETE ->
                heard(
                        session,
                        envelope,
                        transferComplete.effects((CpeRequest.TransferComplete) request, now),
                        new AcsResponse.TransferCompleteResponse());
            case GET_RPC_METHODS -> answer(session, envelope, getRpcMethods.answer());
            case AUTONOMOUS_TRANSFER_COMPLETE ->
                answer(session, envelope, new AcsResponse.AutonomousTransferCompleteResponse());
            case KICKED ->
                answer(session, envelope, new AcsResponse.KickedResponse(((CpeRequest.Kicked) request).next()));
            case REQUEST_DOWNLOAD -> answer(session, envelope, new AcsResponse.RequestDownloadResponse());
            case DU_STATE_CHANGE_COMPLETE -> answer(session, envelope, new AcsResponse.DuStateChangeCompleteResponse());
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE ->
                answer(session, envelope, new AcsResponse.AutonomousDuStateChangeCompleteResponse());
            case UNKNOWN -> answer(session, envelope, unknown((CpeRequest.Unknown) request));
        };
    }

    private static CwmpMessage unknown(CpeRequest.Unknown request) {
        String name = request.name().length() > 64 ? request.name().substring(0, 64) : request.name();
        return new FaultMessage(Fault.of(FaultCode.ACS_METHOD_NOT_SUPPORTED, "Method not supported: " + name));
    }

    private static Turn answer(CwmpSession session, Envelope envelope, CwmpMessage answer) {
        return heard(session, envelope, List.of(), answer);
    }

    /** Who is not taken for the device is answered, but changes nothing of it. */
    private static Turn heard(CwmpSession session, Envelope envelope, List<Effect> effects, CwmpMessage answer) {
        List<Effect> kept = session.admission() == Admission.MANAGED ? effects : List.of();
        return new Turn.Reply(session, kept, Optional.of(Envelope.of(envelope.id(), session.style(), answer)));
    }
}
