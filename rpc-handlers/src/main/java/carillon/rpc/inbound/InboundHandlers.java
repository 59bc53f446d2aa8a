package carillon.rpc.inbound;

import carillon.cwmp.Event;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.session.Admission;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Pending;
import carillon.rpc.session.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a phone may ask or tell, each with its answer. Whether it may at this moment is the engine's question. */
public final class InboundHandlers {
    private static final int LONGEST_SHOWN = 64;

    private final InformHandler inform;
    private final TransferCompleteHandler transferComplete;
    private final GetRpcMethodsHandler getRpcMethods = new GetRpcMethodsHandler();
    private final KickedHandler kicked;
    private final RequestDownloadHandler requestDownload;
    private final SoftwareChangeHandler softwareChange;
    private final RpcJson json;

    public InboundHandlers(EnginePolicy policy, RpcJson json, TransferAddresses addresses) {
        this.requestDownload = new RequestDownloadHandler(json, addresses);
        this.inform = new InformHandler(policy);
        this.transferComplete = new TransferCompleteHandler(policy);
        this.kicked = new KickedHandler(policy);
        this.softwareChange = new SoftwareChangeHandler(json);
        this.json = json;
    }

    /**
     * Answers a request of the phone; what is outstanding stays so.
     *
     * @param known the device as it is now; only an Inform looks at it
     */
    public Turn take(CwmpSession session, Optional<Device> known, Envelope envelope, CpeRequest request, Instant now) {
        return switch (request.method()) {
            case INFORM -> inform.take(session, known, envelope, (CpeRequest.Inform) request, now);
            case GET_RPC_METHODS -> reply(session, List.of(), envelope, getRpcMethods.answer());
            case TRANSFER_COMPLETE -> transferred(session, envelope, (CpeRequest.TransferComplete) request, now);
            case AUTONOMOUS_TRANSFER_COMPLETE ->
                told(session, envelope, request, now, new AcsResponse.AutonomousTransferCompleteResponse());
            case KICKED -> told(session, envelope, request, now, kicked.answer((CpeRequest.Kicked) request));
            case REQUEST_DOWNLOAD -> fileWanted(session, envelope, (CpeRequest.RequestDownload) request, now);
            case DU_STATE_CHANGE_COMPLETE ->
                softwareChanged(session, envelope, (CpeRequest.DuStateChangeComplete) request, now);
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE ->
                told(session, envelope, request, now, new AcsResponse.AutonomousDuStateChangeCompleteResponse());
            case UNKNOWN -> told(session, envelope, request, now, unknown((CpeRequest.Unknown) request));
        };
    }

    /** Goes on with what the store said about the file that the phone asked for. */
    public Turn offered(CwmpSession session, Pending.Offered pending, CommitResult result, Instant now) {
        return requestDownload.offered(session, pending, result, now);
    }

    private Turn transferred(CwmpSession session, Envelope envelope, CpeRequest.TransferComplete request, Instant now) {
        List<Effect> effects = new ArrayList<>(transferComplete.effects(session, request, now));
        effects.add(seen(session, request, request.commandKey(), now));
        return reply(
                keyed(session, request, request.commandKey()),
                effects,
                envelope,
                new AcsResponse.TransferCompleteResponse());
    }

    private Turn fileWanted(CwmpSession session, Envelope envelope, CpeRequest.RequestDownload request, Instant now) {
        if (request.fileType().isBlank()) {
            // without the kind of file nobody can tell what is wanted (CWMP-131)
            FaultMessage lacking = new FaultMessage(Fault.of(FaultCode.ACS_INVALID_ARGUMENTS));
            return told(session, envelope, request, now, lacking);
        }
        return session.admission() == Admission.MANAGED
                ? requestDownload.asked(session, envelope, request, seen(session, request, "", now))
                : told(session, envelope, request, now, new AcsResponse.RequestDownloadResponse());
    }

    private Turn softwareChanged(
            CwmpSession session, Envelope envelope, CpeRequest.DuStateChangeComplete request, Instant now) {
        List<Effect> effects = new ArrayList<>(softwareChange.effects(request, now));
        effects.add(seen(session, request, request.commandKey(), now));
        return reply(
                keyed(session, request, request.commandKey()),
                effects,
                envelope,
                new AcsResponse.DuStateChangeCompleteResponse());
    }

    /** A key that nobody gave is accepted, or the phone would repeat itself for ever; whoever reads the session learns it. */
    private static CwmpSession keyed(CwmpSession session, CpeRequest request, String key) {
        boolean ours = key.isBlank() || CommandKeys.mayBeOurs(key);
        return ours
                ? session
                : session.change()
                        .remark("a " + request.name() + " came with the CommandKey '" + cut(key)
                                + "', which is none of ours")
                        .session();
    }

    private Effect seen(CwmpSession session, CpeRequest request, String key, Instant now) {
        Event event = new Event(request.name(), key);
        return new Effect.CallSeen(session.id(), event, json.told(request), now);
    }

    private static CwmpMessage unknown(CpeRequest.Unknown request) {
        return new FaultMessage(
                Fault.of(FaultCode.ACS_METHOD_NOT_SUPPORTED, "Method not supported: " + cut(request.name())));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
    }

    private Turn told(CwmpSession session, Envelope envelope, CpeRequest request, Instant now, CwmpMessage answer) {
        return reply(session, List.of(seen(session, request, "", now)), envelope, answer);
    }

    private static Turn reply(CwmpSession session, List<Effect> effects, Envelope envelope, CwmpMessage answer) {
        return new Turn.Reply(
                session, kept(session, effects), Optional.of(Envelope.of(envelope.id(), session.style(), answer)));
    }

    /**
     * Who is not taken for the device is answered, but changes nothing of it: what was told is kept, since a phone does not
     * tell it again, and kept with the claim where it is one.
     */
    private static List<Effect> kept(CwmpSession session, List<Effect> effects) {
        List<Effect.CallSeen> told = effects.stream()
                .filter(Effect.CallSeen.class::isInstance)
                .map(Effect.CallSeen.class::cast)
                .toList();
        return switch (session.admission()) {
            case MANAGED -> effects;
            case WAITING -> List.copyOf(told);
            case CLAIM ->
                told.stream()
                        .<Effect>map(call -> new Effect.ClaimTold(
                                Claims.of(session, call.at()), call.session(), call.event(), call.details()))
                        .toList();
            case REFUSED -> List.of();
        };
    }
}
