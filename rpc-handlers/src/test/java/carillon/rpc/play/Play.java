package carillon.rpc.play;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import carillon.db.CommitResult;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Proof;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.engine.SessionEngine;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.enrol.InformPlan;
import carillon.rpc.enrol.TransferTokens;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.TrustMode;
import carillon.rpc.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One phone, one engine, one store in memory: whole conversations without a socket. The endpoint's part is played here. */
public final class Play {
    public static final DeviceId ID = new DeviceId("00562B", "CP-8851-3PCC", "FCH2133E8B9");
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Credentials CREDENTIALS = new Credentials(new byte[32]);
    private static final TransferAddresses ADDRESSES = new TransferAddresses(
            new TransferTokens(new byte[32]),
            tls -> Optional.of(tls ? "https://acs.test:8469" : "http://acs.test:8069"));
    private static final String SOURCE = "192.0.2.10";

    public final TestStore store = new TestStore();
    private final List<CwmpMessage> received = new ArrayList<>();
    private EnginePolicy policy;
    private SessionEngine engine;
    private Caller caller = new Caller(SOURCE, false, Proof.APPROVAL);
    private CwmpSession session;
    private WireStyle style = WireStyle.DEFAULT;
    private Instant now = START;
    private int sessions;
    private Turn last;

    public Play() {
        policy(EnginePolicy.defaults(TrustMode.ENROLL));
    }

    public Play policy(EnginePolicy next) {
        policy = next;
        engine = new SessionEngine(next, CREDENTIALS, new RpcJson(), ADDRESSES);
        return this;
    }

    public Play trust(TrustMode mode) {
        return policy(EnginePolicy.defaults(mode));
    }

    public Play calls(Proof proof) {
        return calls(proof, false, 0);
    }

    public Play calls(Proof proof, boolean tls, int generation) {
        caller = new Caller(SOURCE, tls, proof, generation);
        return this;
    }

    public Play speaks(WireStyle next) {
        style = next;
        return this;
    }

    /** An approved device that has its plan and whose MAC is known: nothing is wanted of it. */
    public Play knownPhone() {
        store.put(settled(DeviceState.APPROVED));
        return this;
    }

    /** The same in another state, or with other trust. */
    public Play knownPhone(DeviceState state, Device.Trust trust) {
        store.put(settled(state).withTrust(trust));
        return this;
    }

    private Device settled(DeviceState state) {
        Device bare = new Device(
                1,
                "default",
                "",
                ID,
                state,
                "",
                Set.of(),
                new Device.Reported("Cisco", "00562b043615", "1", "11-0-1", "192.0.2.10", "", "", "Device.", ""),
                Device.Trust.NONE,
                new Device.Presence(START, Optional.empty(), Optional.empty(), "", Optional.empty(), false, SOURCE),
                Device.Spoken.NOTHING,
                1);
        Device.Presence was = bare.presence();
        return bare.withPresence(new Device.Presence(
                was.createdAt(),
                was.lastInform(),
                was.informInterval(),
                InformPlan.of(bare, policy.informInterval()).text(),
                was.expectedBy(),
                false,
                SOURCE));
    }

    public static Device.Trust trust(CredentialState state, int generation) {
        return new Device.Trust(
                state, generation, state == CredentialState.NONE ? Optional.empty() : Optional.of(START), false);
    }

    public Device device() {
        return store.find(ID).orElseThrow();
    }

    public String queue(AcsMethod method, String arguments) {
        return store.enqueue(1, method, arguments, now);
    }

    public QueuedRpc rpc(String id) {
        return store.rpc(id);
    }

    public CwmpSession session() {
        return session;
    }

    public Turn lastTurn() {
        return last;
    }

    /** Every request of ours that reached the phone, oldest first. */
    public List<AcsRequest> asked() {
        return received.stream()
                .filter(AcsRequest.class::isInstance)
                .map(AcsRequest.class::cast)
                .toList();
    }

    public long asked(Class<? extends AcsRequest> kind) {
        return asked().stream().filter(kind::isInstance).count();
    }

    public Play later(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Instant now() {
        return now;
    }

    /** A new session waits for its Inform. */
    public Play begins() {
        sessions++;
        session = engine.begin("S" + sessions, caller, now);
        return this;
    }

    /** A new session opens with these events. */
    public Optional<CwmpMessage> informs(EventCode... codes) {
        return informs(Arrays.stream(codes).map(Event::of).toList());
    }

    public Optional<CwmpMessage> informs(List<Event> events) {
        return sends(Envelope.of(Optional.of("7"), style, inform(ID, events)), true);
    }

    public static CpeRequest.Inform inform(DeviceId id, List<Event> events) {
        return new CpeRequest.Inform(
                id,
                "Cisco",
                events,
                1,
                CwmpTime.of(START),
                0,
                List.of(
                        ParameterValue.string("Device.DeviceSummary", "Device:1.2[](Baseline:1)"),
                        ParameterValue.string("Device.DeviceInfo.HardwareVersion", "V1"),
                        ParameterValue.string("Device.DeviceInfo.SoftwareVersion", "sip88xx.11-0-1"),
                        ParameterValue.string(
                                "Device.ManagementServer.ConnectionRequestURL", "http://192.0.2.10:7548/abc"),
                        ParameterValue.string("Device.ManagementServer.ParameterKey", "before"),
                        new ParameterValue("Device.LAN.IPAddress", "192.0.2.10", ParameterType.STRING)));
    }

    public Optional<CwmpMessage> empty() {
        return sends(new Empty());
    }

    public Optional<CwmpMessage> answers(CpeResponse answer) {
        return sends(answer);
    }

    public Optional<CwmpMessage> refuses(FaultCode code) {
        return sends(new FaultMessage(Fault.of(code)));
    }

    public Optional<CwmpMessage> sends(CwmpMessage message) {
        return sends(Envelope.of(Optional.of(Integer.toString(session.requestId())), style, message), false);
    }

    /** Plays the endpoint: take, commit, resume, until there is an answer. A refusal is an {@link AssertionError} unless awaited. */
    public Optional<CwmpMessage> sends(Envelope envelope, boolean opens) {
        now = now.plusSeconds(1);
        if (opens) {
            begins();
        }
        last = played(envelope);
        session = last.session();
        Optional<CwmpMessage> answer =
                last instanceof Turn.Reply reply ? reply.answer().map(Envelope::message) : Optional.empty();
        answer.ifPresent(received::add);
        return answer;
    }

    public Optional<Envelope> lastAnswer() {
        return last instanceof Turn.Reply reply ? reply.answer() : Optional.empty();
    }

    public String refusal() {
        return last instanceof Turn.Refuse refuse ? refuse.reason() : "";
    }

    private Turn played(Envelope envelope) {
        boolean opens = envelope.message() instanceof CpeRequest.Inform;
        Optional<Device> known = opens
                ? store.find(((CpeRequest.Inform) envelope.message()).device())
                : session.device().flatMap(device -> store.find(device.id()));
        Turn turn = engine.take(session, known, false, envelope, now);
        while (true) {
            long key = turn.session()
                    .device()
                    .flatMap(device -> store.find(device.id()))
                    .map(Device::key)
                    .orElse(0L);
            if (turn.effects().isEmpty() && !(turn instanceof Turn.Ask)) {
                return turn;
            }
            CommitResult result = store.commit(turn.effects(), key);
            if (result.guardLost()) {
                throw new AssertionError("a guard was lost");
            }
            if (!(turn instanceof Turn.Ask)) {
                return turn;
            }
            turn = engine.resume(turn.session(), result, now);
        }
    }

    /** Answers whatever is asked, as a phone that does everything, until the session ends. */
    public Play obeys() {
        Optional<CwmpMessage> asked = empty();
        while (asked.isPresent()) {
            asked = answers(obedient((AcsRequest) asked.get()));
        }
        return this;
    }

    /** Lets a phone answer until the session ends; a phone that answers nothing has vanished. */
    public Play plays(Function<AcsRequest, Optional<CwmpMessage>> phone) {
        informs(EventCode.PERIODIC);
        Optional<CwmpMessage> asked = empty();
        while (asked.isPresent()) {
            Optional<CwmpMessage> answer = phone.apply((AcsRequest) asked.get());
            if (answer.isEmpty()) {
                return this;
            }
            asked = sends(answer.get());
        }
        return this;
    }

    /** Informs and does everything it is asked. */
    public Play visits(EventCode... codes) {
        informs(codes);
        return obeys();
    }

    public static CpeResponse obedient(AcsRequest request) {
        return switch (request.method()) {
            case GET_RPC_METHODS -> new CpeResponse.GetRpcMethodsResponse(List.of("Reboot", "Download"));
            case SET_PARAMETER_VALUES -> new CpeResponse.SetParameterValuesResponse(0);
            case GET_PARAMETER_VALUES ->
                new CpeResponse.GetParameterValuesResponse(((AcsRequest.GetParameterValues) request)
                        .paths().stream()
                                .map(path -> ParameterValue.string(path.endsWith(".") ? path + "X" : path, "v"))
                                .toList());
            case GET_PARAMETER_NAMES ->
                new CpeResponse.GetParameterNamesResponse(List.of(
                        new ParameterInfo(((AcsRequest.GetParameterNames) request).path() + "1.", true),
                        new ParameterInfo(((AcsRequest.GetParameterNames) request).path() + "2.", true)));
            case SET_PARAMETER_ATTRIBUTES -> new CpeResponse.SetParameterAttributesResponse();
            case GET_PARAMETER_ATTRIBUTES -> new CpeResponse.GetParameterAttributesResponse(List.of());
            case ADD_OBJECT -> new CpeResponse.AddObjectResponse(3, 0);
            case DELETE_OBJECT -> new CpeResponse.DeleteObjectResponse(0);
            case DOWNLOAD -> new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
            case REBOOT -> new CpeResponse.RebootResponse();
            case FACTORY_RESET -> new CpeResponse.FactoryResetResponse();
            case UPLOAD -> new CpeResponse.UploadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
            case SCHEDULE_INFORM -> new CpeResponse.ScheduleInformResponse();
            case SCHEDULE_DOWNLOAD -> new CpeResponse.ScheduleDownloadResponse();
            case CANCEL_TRANSFER -> new CpeResponse.CancelTransferResponse();
            case CHANGE_DU_STATE -> new CpeResponse.ChangeDuStateResponse();
            case SET_VOUCHERS -> new CpeResponse.SetVouchersResponse();
            case GET_OPTIONS -> new CpeResponse.GetOptionsResponse(List.of());
            case GET_QUEUED_TRANSFERS -> new CpeResponse.GetQueuedTransfersResponse(List.of());
            case GET_ALL_QUEUED_TRANSFERS -> new CpeResponse.GetAllQueuedTransfersResponse(List.of());
        };
    }
}
