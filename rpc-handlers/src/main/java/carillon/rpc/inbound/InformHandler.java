package carillon.rpc.inbound;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.db.Claim;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.Proof;
import carillon.rpc.enrol.Disclosure;
import carillon.rpc.enrol.Enrolment;
import carillon.rpc.enrol.InformPlan;
import carillon.rpc.session.Admission;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Pending;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A phone opens a session (A.3.3.1): who it is, what it tells, and what of ours its events report as done. */
final class InformHandler {
    private final EnginePolicy policy;
    private final Enrolment enrolment;

    InformHandler(EnginePolicy policy) {
        this.policy = policy;
        this.enrolment = new Enrolment(policy.trust());
    }

    /** The story of an Inform, from top to bottom. */
    Turn take(CwmpSession begun, Optional<Device> known, Envelope envelope, Inform inform, Instant now) {
        Optional<CwmpVersion> version = agreed(envelope);
        CwmpSession session = begun.change()
                .spoken(
                        envelope.style(),
                        version.orElse(CwmpVersion.V1_0),
                        envelope.id().isPresent())
                .holdTimeout(holdTimeout(envelope))
                .events(inform.events())
                .session();
        if (version.isEmpty()) {
            return notCompatible(session, envelope);
        }
        Envelope answer = answer(envelope, version.get());
        Enrolment.Outcome outcome =
                enrolment.decide(inform.device(), known, session.caller(), inform.has(EventCode.BOOTSTRAP), now);
        if (!(outcome instanceof Enrolment.Outcome.Admitted admitted)) {
            return new Turn.Refuse(
                    closed(session),
                    List.of(),
                    "nobody knows the device " + inform.device() + ", and cpe.auth=required: register it first");
        }
        CwmpSession opened = session.change()
                .admission(admitted.admission())
                .device(admitted.device())
                .phase(SessionPhase.PHONE_TURN)
                .session();
        return switch (admitted.admission()) {
            case MANAGED, WAITING -> seen(opened, known, inform, answer, now);
            case CLAIM -> claimed(opened, answer, now);
            case REFUSED -> new Turn.Reply(opened, List.of(), Optional.of(answer));
        };
    }

    /** One of ours, or one that waits: its row is brought up to date, and the store tells what is open for it. */
    private Turn seen(CwmpSession session, Optional<Device> known, Inform inform, Envelope answer, Instant now) {
        Device before = session.device().orElseThrow();
        boolean managed = session.admission() == Admission.MANAGED;
        boolean bootstrap = inform.has(EventCode.BOOTSTRAP);
        Device.Reported was = bootstrap ? Reports.forgotten(before.reported()) : before.reported();
        Device.Reported reported = Reports.after(was, inform, session.caller().sourceAddress());
        Device device = before.withReported(reported)
                .withPresence(presence(before, session.caller(), bootstrap, now))
                .withSpoken(spoken(before, reported, session.version(), bootstrap));
        boolean changed = !reported.digest().equals(before.reported().digest());

        List<Effect> effects = new ArrayList<>();
        effects.add(onlyCame(known, device) ? new Effect.DeviceCame(device) : new Effect.DeviceSeen(device));
        if (!inform.events().isEmpty()) {
            effects.add(new Effect.EventsSeen(session.id(), inform.events(), Reports.changed(inform), now));
        }
        if (managed && bootstrap) {
            effects.add(new Effect.ParametersForgotten(""));
        }
        if (managed && !bootstrap && known.isPresent()) {
            Reports.strangersKey(before, reported)
                    .ifPresent(event -> effects.add(new Effect.CallSeen(session.id(), event, "", now)));
        }
        if (managed && known.isPresent()) {
            Reports.otherMac(before, reported)
                    .ifPresent(event -> effects.add(new Effect.CallSeen(session.id(), event, "", now)));
        }
        // what a change reports may be what an earlier Inform said, and not what was set since
        if (changed || bootstrap || inform.has(EventCode.VALUE_CHANGE)) {
            effects.add(new Effect.ValuesReported(Reports.values(inform), now));
        }
        if (managed) {
            effects.addAll(ReportedEvents.effects(inform, now));
        }
        boolean curious = changed || bootstrap || isNew(known) || inform.has(EventCode.BOOT);
        CwmpSession next = session.change()
                .caller(taken(session))
                .device(device)
                .firstLook(managed && curious && reported.mac().isEmpty() ? Reports.firstLook(inform) : List.of())
                .diagnostics(
                        managed && inform.has(EventCode.DIAGNOSTICS_COMPLETE)
                                ? Reports.diagnostics(inform, reported.rootObject())
                                : List.of())
                .pending(new Pending.Informed(answer))
                .session();
        return new Turn.Ask(next, effects);
    }

    /** Whether nothing of the row changes but when and from where the device came, and nobody expected it later. */
    private static boolean onlyCame(Optional<Device> known, Device device) {
        if (known.isEmpty()) {
            return false;
        }
        Device before = known.get();
        Device.Presence was = before.presence();
        Device.Presence is = device.presence();
        return device.state() == before.state()
                && device.trust().equals(before.trust())
                && device.reported().equals(before.reported())
                && device.spoken().equals(before.spoken())
                && is.informPlan().equals(was.informPlan())
                && !was.late()
                && was.expectedBy()
                        .filter(by -> is.expectedBy()
                                .filter(next -> !next.isBefore(by))
                                .isPresent())
                        .isPresent();
    }

    /** Whether nobody knew this device as a managed one until now, or somebody has just decided that it is. */
    private static boolean isNew(Optional<Device> known) {
        return known.filter(device -> device.state() == DeviceState.APPROVED
                        && !device.trust().readmit())
                .isEmpty();
    }

    /** Somebody in a managed device's name: nothing of the device changes. The guard brings what is open for it. */
    private static Turn claimed(CwmpSession session, Envelope answer, Instant now) {
        Device device = session.device().orElseThrow();
        Claim claim = Claims.of(session, now);
        return new Turn.Ask(
                session.change().pending(new Pending.Claimed(claim, answer)).session(),
                List.of(new Effect.Guard(device.key(), device.version())));
    }

    /** What a phone can be asked is known of its firmware, no longer. */
    private static Device.Spoken spoken(Device before, Device.Reported now, CwmpVersion version, boolean bootstrap) {
        boolean same =
                !bootstrap && now.softwareVersion().equals(before.reported().softwareVersion());
        Optional<CwmpVersion> was = before.spoken().cwmp();
        return same && was.isPresent() && was.get() == version
                ? before.spoken()
                : new Device.Spoken(Optional.of(version), same ? before.spoken().methods() : Set.of());
    }

    /** A phone that starts anew has forgotten when to come. */
    private Device.Presence presence(Device device, Caller caller, boolean bootstrap, Instant now) {
        Device.Presence was = device.presence();
        return new Device.Presence(
                was.createdAt(),
                Optional.of(now),
                was.informInterval(),
                bootstrap ? "" : was.informPlan(),
                Optional.of(InformPlan.expectedBy(device, policy.informInterval(), now)),
                false,
                caller.sourceAddress());
    }

    /** A readmitted device is taken as itself by the operator's decision. */
    private static Caller taken(CwmpSession session) {
        Caller caller = session.caller();
        return session.admission() == Admission.MANAGED && !Disclosure.proven(caller.proof())
                ? new Caller(caller.sourceAddress(), caller.tls(), Proof.APPROVAL)
                : caller;
    }

    /** The highest version both sides have, where the phone lists its own (CWMP-004); else what its namespace says. */
    private static Optional<CwmpVersion> agreed(Envelope envelope) {
        List<String> offered = envelope.headers().supportedVersions();
        if (!offered.isEmpty()) {
            return offered.stream()
                    .map(CwmpVersion::ofNumber)
                    .flatMap(Optional::stream)
                    .max(CwmpVersion::compareTo);
        }
        CwmpVersion named =
                CwmpVersion.ofNamespace(envelope.style().namespace()).orElse(CwmpVersion.V1_0);
        boolean timeout = envelope.headers().sessionTimeoutSeconds().isPresent();
        return Optional.of(named == CwmpVersion.V1_2 && timeout ? CwmpVersion.V1_3 : named);
    }

    private static Turn notCompatible(CwmpSession session, Envelope envelope) {
        FaultMessage fault = new FaultMessage(Fault.of(FaultCode.ACS_VERSION_NOT_COMPATIBLE));
        CwmpSession end = closed(session.change()
                .remark("the phone offers no CWMP version of ours: "
                        + String.join(
                                ",",
                                envelope.headers().supportedVersions().stream()
                                        .limit(10)
                                        .toList()))
                .session());
        return new Turn.Reply(end, List.of(), Optional.of(Envelope.of(envelope.id(), envelope.style(), fault)));
    }

    private static Envelope answer(Envelope envelope, CwmpVersion version) {
        boolean listed = !envelope.headers().supportedVersions().isEmpty();
        Envelope.Headers headers = listed
                ? new Envelope.Headers(false, Optional.empty(), List.of(), Optional.of(version))
                : Envelope.Headers.NONE;
        return new Envelope(envelope.id(), headers, envelope.style(), new AcsResponse.InformResponse(1));
    }

    private Duration holdTimeout(Envelope envelope) {
        return envelope.headers()
                .sessionTimeoutSeconds()
                .map(Duration::ofSeconds)
                .map(asked ->
                        asked.compareTo(EnginePolicy.SHORTEST_TIMEOUT) < 0 ? EnginePolicy.SHORTEST_TIMEOUT : asked)
                .map(asked -> asked.compareTo(EnginePolicy.LONGEST_TIMEOUT) > 0 ? EnginePolicy.LONGEST_TIMEOUT : asked)
                .orElse(policy.minSessionTimeout());
    }

    private static CwmpSession closed(CwmpSession session) {
        return session.change().phase(SessionPhase.CLOSED).session();
    }
}
