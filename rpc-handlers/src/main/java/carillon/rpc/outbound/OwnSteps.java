package carillon.rpc.outbound;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.Proof;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.enrol.Disclosure;
import carillon.rpc.enrol.InformPlan;
import carillon.rpc.session.Admission;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.CwmpSession.Done;
import carillon.rpc.session.Outstanding;
import carillon.rpc.session.SessionPhase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the server wants of a phone by itself, before anybody's RPCs; each at most once in a session. */
final class OwnSteps {
    private final Duration informInterval;
    private final Credentials credentials;

    OwnSteps(Duration informInterval, Credentials credentials) {
        this.informInterval = informInterval;
        this.credentials = credentials;
    }

    /** The phone's turn ends, so it has had its answer to the Inform: a readmission is used up. */
    Draft endReadmission(Draft draft) {
        CwmpSession session = draft.session();
        if (session.admission() != Admission.MANAGED || session.phase() != SessionPhase.PHONE_TURN) {
            return draft;
        }
        Device device = session.device().orElseThrow();
        Device.Trust trust = device.trust();
        return trust.readmit() ? draft.withDevice(device.withTrust(trust.readmitted())) : draft;
    }

    /** When the phone shall come. */
    Draft informPlan(Draft draft) {
        CwmpSession session = draft.session();
        if (!mayStill(session, Done.INFORM_PLAN)) {
            return draft;
        }
        Device device = session.device().orElseThrow();
        InformPlan plan = InformPlan.of(device, informInterval);
        if (plan.text().equals(device.presence().informPlan())) {
            return draft;
        }
        AcsRequest request = set(device, plan.values(device.reported().rootObject()));
        return draft.with(session.change().done(Done.INFORM_PLAN).session())
                .send(new Outstanding.InformPlan(plan.text(), request));
    }

    /** The device's own user names and passwords: over TLS only, to a phone that proved to be this one. */
    Draft ownCredentials(Draft draft) {
        CwmpSession session = draft.session();
        if (session.admission() != Admission.MANAGED || !mayStill(session, Done.OWN_CREDENTIALS)) {
            return draft;
        }
        Device device = session.device().orElseThrow();
        boolean wanted = session.caller().tls()
                && session.caller().proof() != Proof.OPEN_LAB
                && Disclosure.allowed(
                        Disclosure.Road.TLS,
                        Disclosure.Content.SECRETS,
                        session.caller().proof(),
                        false,
                        false)
                && lacksCredentials(device.trust(), session.caller());
        if (!wanted) {
            return draft;
        }
        Device.Trust trust = device.trust();
        int generation =
                switch (trust.credentials()) {
                    case ISSUED, ROTATING -> trust.generation();
                    case NONE, SEEN, DUE -> trust.generation() + 1;
                };
        // what replaces others is written down before it leaves: whether it was applied is not known when the answer is
        // lost, so both are good from here on (CWMP-058)
        Draft noted = trust.credentials() == CredentialState.DUE
                ? draft.withDevice(
                        device.withTrust(trust.with(CredentialState.ROTATING, generation, Optional.of(draft.now()))))
                : draft;
        AcsRequest request = set(device, credentialValues(device, generation));
        return noted.with(noted.session().change().done(Done.OWN_CREDENTIALS).session())
                .send(new Outstanding.OwnCredentials(generation, request));
    }

    /** What people search by, of a phone that did not tell it in its Inform. */
    Draft firstLook(Draft draft) {
        CwmpSession session = draft.session();
        if (session.admission() != Admission.MANAGED
                || session.memory().firstLook().isEmpty()
                || !mayStill(session, Done.FIRST_LOOK)) {
            return draft;
        }
        AcsRequest request = new AcsRequest.GetParameterValues(session.memory().firstLook());
        return draft.with(session.change().done(Done.FIRST_LOOK).session()).send(new Outstanding.FirstLook(request));
    }

    /** The results of diagnostics that have just ended, one object after the other: a phone without one of them refuses it. */
    Draft diagnostics(Draft draft) {
        CwmpSession session = draft.session();
        List<String> objects = session.memory().diagnostics();
        if (session.admission() != Admission.MANAGED || objects.isEmpty()) {
            return draft;
        }
        AcsRequest request = new AcsRequest.GetParameterValues(List.of(objects.get(0)));
        return draft.with(session.change()
                        .diagnostics(objects.subList(1, objects.size()))
                        .session())
                .send(new Outstanding.Diagnostics(request));
    }

    /** Without the root object's name nothing can be addressed. */
    private static boolean mayStill(CwmpSession session, Done step) {
        return !session.done().contains(step)
                && session.device()
                        .filter(device -> !device.reported().rootObject().isEmpty())
                        .isPresent();
    }

    /** Also while the newest were issued and not used: a device that comes with older ones has not got them. */
    private static boolean lacksCredentials(Device.Trust trust, Caller caller) {
        return switch (trust.credentials()) {
            case NONE, DUE -> true;
            case ISSUED, ROTATING -> caller.proof() == Proof.OWN_CREDENTIALS;
            case SEEN -> false;
        };
    }

    private List<ParameterValue> credentialValues(Device device, int generation) {
        String server = device.reported().rootObject() + "ManagementServer.";
        String user = credentials.username(device.id());
        return List.of(
                ParameterValue.string(server + "Username", user),
                ParameterValue.string(server + "Password", password(device, generation, Credentials.Purpose.CWMP)),
                ParameterValue.string(
                        server + "ConnectionRequestUsername", credentials.connectionRequestUsername(device.id())),
                ParameterValue.string(
                        server + "ConnectionRequestPassword",
                        password(device, generation, Credentials.Purpose.CONNECTION_REQUEST)));
    }

    private String password(Device device, int generation, Credentials.Purpose purpose) {
        return credentials.password(device.id(), generation, purpose).reveal();
    }

    /** Our own settings leave the ParameterKey as the phone last told it: it belongs to the operator. */
    private static AcsRequest set(Device device, List<ParameterValue> values) {
        return new AcsRequest.SetParameterValues(values, device.reported().parameterKey());
    }
}
