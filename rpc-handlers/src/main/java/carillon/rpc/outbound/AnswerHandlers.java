package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.batch.HiddenValues;
import carillon.rpc.batch.Listing;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a phone's answers mean. The caller has made sure that the answer is of the method that was asked. */
public final class AnswerHandlers {
    private final RpcJson json;
    private final Leftovers leftovers;
    private final ManyRequests many;
    private final ReportDeadline deadline;
    private final FaultPolicy faults;
    private final Duration patience;

    public AnswerHandlers(EnginePolicy policy, RpcJson json) {
        this.many = new ManyRequests(policy, json);
        this.json = json;
        this.faults = new FaultPolicy(policy.repeats());
        this.deadline = new ReportDeadline(policy.patience());
        this.patience = policy.patience().version();
        this.leftovers = new Leftovers(json);
    }

    /** The phone did, or will do, what it was asked. Decides the turn only where the very next request follows from it. */
    public Draft answered(Draft draft, Outstanding outstanding, CpeResponse answer) {
        Draft next = draft.with(draft.session().change().answered().session());
        if (outstanding instanceof Outstanding.Queued queued) {
            Draft noted = answer instanceof CpeResponse.GetRpcMethodsResponse listed ? methodsTold(next, listed) : next;
            return keyGiven(noted, queued.rpc(), queued.request())
                    .with(effects(draft, queued.rpc(), queued.request(), answer));
        }
        if (outstanding instanceof Outstanding.Step step) {
            return many.answered(keyGiven(next, step.rpc(), step.request()), step, answer);
        }
        if (outstanding instanceof Outstanding.Look look) {
            return looked(next, look, (CpeResponse.GetParameterNamesResponse) answer);
        }
        if (outstanding instanceof Outstanding.InformPlan plan) {
            return planned(next, plan);
        }
        if (outstanding instanceof Outstanding.OwnCredentials own) {
            return issued(next, own);
        }
        if (outstanding instanceof Outstanding.Diagnostics) {
            return next.with(reported(((CpeResponse.GetParameterValuesResponse) answer).values(), draft.now()));
        }
        if (outstanding instanceof Outstanding.Rediscovery look) {
            return Vanished.seen(next, look, (CpeResponse.GetParameterNamesResponse) answer);
        }
        return firstSeen(next, (CpeResponse.GetParameterValuesResponse) answer);
    }

    /** The phone refused. */
    public Draft faulted(Draft draft, Outstanding outstanding, Fault fault) {
        Draft next = draft.with(draft.session().change().answered().session());
        if (outstanding instanceof Outstanding.Queued queued) {
            Draft told = Vanished.noted(next, Vanished.names(queued.request(), fault));
            return ManyRequests.taught(faults.faulted(told, queued.rpc(), fault), queued.request(), fault);
        }
        if (outstanding instanceof Outstanding.Step step) {
            return many.refused(next, step, fault);
        }
        String what = "fault " + fault.code() + " " + fault.text();
        if (outstanding instanceof Outstanding.Look look) {
            return look.afterLoss()
                    ? leftovers.blind(next, look.rpc(), "the phone refused the look: " + what)
                    : sendLooked(next, look.rpc(), Instances.UNKNOWN);
        }
        if (outstanding instanceof Outstanding.Rediscovery look) {
            return Vanished.refused(next, look, fault);
        }
        if (outstanding instanceof Outstanding.Diagnostics) {
            return next; // it is one of several that the phone may have
        }
        Draft told = next.with(next.session()
                .change()
                .remark(title(outstanding) + " was refused: " + what)
                .session());
        return outstanding instanceof Outstanding.OwnCredentials ? notApplied(told) : told;
    }

    /** The phone keeps the credentials that it has: those are good, and it is offered new ones when it comes next. */
    private static Draft notApplied(Draft draft) {
        Device device = draft.session().device().orElseThrow();
        Device.Trust trust = device.trust();
        return trust.credentials() == CredentialState.ROTATING
                ? draft.withDevice(
                        device.withTrust(trust.with(CredentialState.DUE, trust.generation() - 1, trust.issuedAt())))
                : draft;
    }

    /** The phone answered in a way that is known to mean a refusal of this method; the session goes on. */
    public Draft misanswered(Draft draft, Outstanding outstanding, String what) {
        Draft next = draft.with(draft.session().change().answered().session());
        Fault fault = new Fault(0, what, List.of());
        if (outstanding instanceof Outstanding.Step step) {
            return many.misanswered(next, step, fault);
        }
        return outstanding instanceof Outstanding.Queued queued
                ? next.with(Moves.failed(queued.rpc(), fault, what, draft.now()))
                : next.with(next.session().change().remark(what).session());
    }

    /** The phone said something else in place of the answer, which counts as lost. */
    public Draft lost(Draft draft, Outstanding outstanding, String what) {
        Draft next = draft.with(draft.session().change().answered().remark(what).session());
        if (outstanding instanceof Outstanding.Step step) {
            return leftovers.unanswered(many.interrupted(next, step), step.rpc(), what);
        }
        return outstanding instanceof Outstanding.Queued queued ? leftovers.unanswered(next, queued.rpc(), what) : next;
    }

    private List<Effect> effects(Draft draft, QueuedRpc rpc, AcsRequest request, CpeResponse answer) {
        Instant now = draft.now();
        Effect done = Moves.succeeded(rpc, json.result(answer), "", now);
        Effect acknowledged = new Effect.RpcAcknowledged(rpc.id(), now, deadline.of(request, now));
        return switch (rpc.method()) {
            case GET_RPC_METHODS -> List.of(done);
            case GET_PARAMETER_NAMES ->
                List.of(
                        new Effect.NamesReported(
                                Listing.closed("", ((CpeResponse.GetParameterNamesResponse) answer).parameters()), now),
                        done);
            case GET_PARAMETER_VALUES ->
                List.of(reported(((CpeResponse.GetParameterValuesResponse) answer).values(), now), done);
            case GET_PARAMETER_ATTRIBUTES ->
                List.of(
                        new Effect.AttributesReported(
                                ((CpeResponse.GetParameterAttributesResponse) answer).attributes(), now),
                        done);
            case SET_PARAMETER_VALUES ->
                valuesSet(
                        (AcsRequest.SetParameterValues) request,
                        (CpeResponse.SetParameterValuesResponse) answer,
                        done,
                        now);
            case SET_PARAMETER_ATTRIBUTES -> attributesSet((AcsRequest.SetParameterAttributes) request, done, now);
            case ADD_OBJECT -> added((AcsRequest.AddObject) request, (CpeResponse.AddObjectResponse) answer, done, now);
            case DELETE_OBJECT ->
                ((CpeResponse.DeleteObjectResponse) answer).status() == 0
                        ? List.of(
                                new Effect.ParametersForgotten(((AcsRequest.DeleteObject) request).objectName()), done)
                        : List.of(done);
            case DOWNLOAD ->
                ((CpeResponse.DownloadResponse) answer).status() == 0
                        ? List.of(doneAtOnce(draft, rpc, answer, done))
                        : List.of(acknowledged);
            case UPLOAD -> ((CpeResponse.UploadResponse) answer).status() == 0 ? List.of(done) : List.of(acknowledged);
            case REBOOT, FACTORY_RESET, SCHEDULE_INFORM, SCHEDULE_DOWNLOAD, CHANGE_DU_STATE -> List.of(acknowledged);
            case GET_QUEUED_TRANSFERS, GET_ALL_QUEUED_TRANSFERS, SET_VOUCHERS, GET_OPTIONS -> List.of(done);
            case CANCEL_TRANSFER -> List.of(cancelled((AcsRequest.CancelTransfer) request, rpc, now), done);
        };
    }

    /** Firmware that is there at once is awaited all the same, if its version is known (CWMP-135). */
    private Effect doneAtOnce(Draft draft, QueuedRpc rpc, CpeResponse answer, Effect done) {
        if (rpc.awaited().version().isEmpty()) {
            return done;
        }
        return new Effect.TransferDone(
                rpc.id(),
                Set.of(RpcState.SENT),
                VersionWatch.reported(draft.session()),
                draft.now().plus(patience),
                json.result(answer),
                "the phone said at once that it was done",
                draft.now());
    }

    /** A ParameterKey that somebody chose is remembered, or the phone that reports it would seem changed by a stranger. */
    private static Draft keyGiven(Draft draft, QueuedRpc rpc, AcsRequest request) {
        Device device = draft.session().device().orElseThrow();
        return parameterKey(request)
                .filter(key ->
                        !key.equals(rpc.id()) && !key.equals(device.reported().parameterKey()))
                .map(key ->
                        draft.withDevice(device.withReported(device.reported().withParameterKey(key))))
                .orElse(draft);
    }

    private static Optional<String> parameterKey(AcsRequest request) {
        if (request instanceof AcsRequest.SetParameterValues set) {
            return Optional.of(set.parameterKey());
        }
        if (request instanceof AcsRequest.AddObject add) {
            return Optional.of(add.parameterKey());
        }
        return request instanceof AcsRequest.DeleteObject delete
                ? Optional.of(delete.parameterKey())
                : Optional.empty();
    }

    /** Kept with the device, so that nobody asks it for what it does not have (CWMP-137). */
    private static Draft methodsTold(Draft draft, CpeResponse.GetRpcMethodsResponse answer) {
        Device device = draft.session().device().orElseThrow();
        Device.Spoken spoken = new Device.Spoken(device.spoken().cwmp(), new HashSet<>(answer.methods()));
        return spoken.equals(device.spoken()) ? draft : draft.withDevice(device.withSpoken(spoken));
    }

    /** No TransferComplete comes for a transfer that was cancelled (A.4.1.9), so its RPC ends here if it is one of ours. */
    private static Effect cancelled(AcsRequest.CancelTransfer request, QueuedRpc rpc, Instant now) {
        return new Effect.RpcMoved(
                request.commandKey(),
                Set.of(RpcState.SENT, RpcState.UNCONFIRMED),
                RpcState.CANCELLED,
                Optional.empty(),
                Optional.empty(),
                "the phone cancelled the transfer, asked to by the CancelTransfer " + rpc.id(),
                now);
    }

    /** What a phone tells of itself, with secrets masked: nobody needs them here. */
    private static Effect reported(List<ParameterValue> values, Instant now) {
        return new Effect.ValuesReported(
                values.stream().map(SecretPaths::masked).toList(), now);
    }

    /** Status 1 means that the values are applied later, so they are not the phone's yet. */
    private static List<Effect> valuesSet(
            AcsRequest.SetParameterValues request,
            CpeResponse.SetParameterValuesResponse answer,
            Effect done,
            Instant now) {
        if (answer.status() != 0) {
            return List.of(done);
        }
        List<Effect> effects = new ArrayList<>(HiddenValues.set(request.values(), now));
        effects.add(done);
        return effects;
    }

    private static List<Effect> attributesSet(AcsRequest.SetParameterAttributes request, Effect done, Instant now) {
        List<ParameterAttribute> known = request.changes().stream()
                .filter(change -> change.notification().isPresent()
                        && !change.path().isEmpty()
                        && !change.path().endsWith("."))
                .map(change -> new ParameterAttribute(
                        change.path(),
                        change.notification().get(),
                        change.accessList().orElse(List.of())))
                .toList();
        return known.isEmpty() ? List.of(done) : List.of(new Effect.AttributesReported(known, now), done);
    }

    private static List<Effect> added(
            AcsRequest.AddObject request, CpeResponse.AddObjectResponse answer, Effect done, Instant now) {
        String path = Addressing.table(request) + answer.instance() + ".";
        return answer.status() == 0 && path.length() <= 256
                ? List.of(new Effect.NamesReported(List.of(new ParameterInfo(path, true)), now), done)
                : List.of(done);
    }

    private Draft looked(Draft draft, Outstanding.Look look, CpeResponse.GetParameterNamesResponse answer) {
        AcsRequest.GetParameterNames asked = (AcsRequest.GetParameterNames) look.request();
        if (look.afterLoss()) {
            return leftovers.seen(draft, look.rpc(), asked, answer);
        }
        Draft noted = draft.with(new Effect.NamesReported(answer.parameters(), draft.now()));
        return sendLooked(noted, look.rpc(), Instances.below(asked.path(), answer.parameters()));
    }

    /** The evidence is durable before the call leaves: it goes out with the reply that carries the effect. */
    private Draft sendLooked(Draft draft, QueuedRpc rpc, Instances instances) {
        AcsRequest request = json.request(rpc.method(), rpc.arguments(), rpc.id());
        return draft.with(new Effect.EvidenceRecorded(rpc.id(), instances.evidence()))
                .send(new Outstanding.Queued(rpc, request));
    }

    private static Draft planned(Draft draft, Outstanding.InformPlan plan) {
        Device device = draft.session().device().orElseThrow();
        Device.Presence was = device.presence();
        AcsRequest.SetParameterValues set = (AcsRequest.SetParameterValues) plan.request();
        return draft.withDevice(device.withPresence(new Device.Presence(
                        was.createdAt(),
                        was.lastInform(),
                        was.informInterval(),
                        plan.plan(),
                        was.expectedBy(),
                        was.late(),
                        was.sourceAddress())))
                .with(new Effect.ValuesReported(set.values(), draft.now()));
    }

    /** From now on the device may come with these; the ones before are good until it has, or a day has passed. */
    private static Draft issued(Draft draft, Outstanding.OwnCredentials own) {
        Device device = draft.session().device().orElseThrow();
        Device.Trust was = device.trust();
        if (was.credentials() == CredentialState.ROTATING) {
            return draft; // that was written down when they left
        }
        boolean again = was.credentials() == CredentialState.ISSUED && was.generation() == own.generation();
        Optional<Instant> since = again ? was.issuedAt() : Optional.of(draft.now());
        return draft.withDevice(device.withTrust(was.with(CredentialState.ISSUED, own.generation(), since)));
    }

    private static Draft firstSeen(Draft draft, CpeResponse.GetParameterValuesResponse answer) {
        Draft noted = draft.with(reported(answer.values(), draft.now()));
        Device device = draft.session().device().orElseThrow();
        Optional<String> mac = MacAddress.among(answer.values());
        if (mac.isEmpty() || mac.get().equals(device.reported().mac())) {
            return noted;
        }
        return noted.withDevice(device.withReported(MacAddress.in(device.reported(), mac.get())));
    }

    private static String title(Outstanding outstanding) {
        if (outstanding instanceof Outstanding.InformPlan) {
            return "the inform plan";
        }
        if (outstanding instanceof Outstanding.Diagnostics) {
            return "the results of diagnostics";
        }
        return outstanding instanceof Outstanding.OwnCredentials ? "the own credentials" : "the first look";
    }
}
