package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Proof;
import carillon.rpc.session.Admission;
import carillon.rpc.session.Caller;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Who is at the door: one of ours, one that waits, somebody in a managed device's name, or one that is turned away. */
public final class Enrolment {
    private final TrustMode trust;

    public Enrolment(TrustMode trust) {
        this.trust = trust;
    }

    /** What came of it; {@link Outcome#Unwelcome} gets no session at all. */
    public sealed interface Outcome {
        /**
         * A session is opened.
         *
         * @param device the row it is opened for, with its state and trust as they should be from now on; key 0 where it
         *     is new
         */
        record Admitted(Admission admission, Device device) implements Outcome {}

        /** An unknown device where {@code cpe.auth} requires that it is known. */
        record Unwelcome() implements Outcome {}
    }

    /**
     * Decides about an Inform.
     *
     * @param bootstrap whether it reports {@code 0 BOOTSTRAP}: the phone has forgotten everything it was told
     */
    public Outcome decide(DeviceId id, Optional<Device> known, Caller caller, boolean bootstrap, Instant now) {
        boolean proven = provesItself(caller.proof());
        boolean mayWait = trust == TrustMode.ENROLL || caller.proof() == Proof.FIRST_CONTACT;
        if (known.isEmpty()) {
            return proven || mayWait ? admitted(proven, fresh(id, caller, now), caller) : new Outcome.Unwelcome();
        }
        Device device = known.get();
        return switch (device.state()) {
            case REFUSED -> new Outcome.Admitted(Admission.REFUSED, device);
            case ANNOUNCED -> proven || mayWait ? admitted(proven, device, caller) : new Outcome.Unwelcome();
            case WAITING -> admitted(proven, device, caller);
            case APPROVED ->
                isItself(device, caller.proof(), bootstrap)
                        ? new Outcome.Admitted(
                                Admission.MANAGED, device.withTrust(trustAfter(device, caller, bootstrap)))
                        : new Outcome.Admitted(Admission.CLAIM, device);
        };
    }

    /** Whether this proof alone takes a device off the waiting list. */
    private static boolean provesItself(Proof proof) {
        return switch (proof) {
            case CLIENT_CERTIFICATE, OPEN_LAB -> true;
            case OWN_CREDENTIALS, APPROVAL, FIRST_CONTACT, NONE -> false;
        };
    }

    private static Outcome admitted(boolean proven, Device device, Caller caller) {
        return proven
                ? new Outcome.Admitted(
                        Admission.MANAGED,
                        device.withState(DeviceState.APPROVED)
                                .withTrust(
                                        caller.proof() == Proof.CLIENT_CERTIFICATE
                                                ? device.trust().withCertificate()
                                                : device.trust()))
                : new Outcome.Admitted(Admission.WAITING, device.withState(DeviceState.WAITING));
    }

    /** Whether the caller is the approved device, and not somebody in its name. */
    private static boolean isItself(Device device, Proof proof, boolean bootstrap) {
        boolean noCredentials = device.trust().credentials() == CredentialState.NONE;
        boolean readmitted = noCredentials && device.trust().readmit();
        return switch (proof) {
            case CLIENT_CERTIFICATE, OWN_CREDENTIALS, OPEN_LAB -> true;
            case APPROVAL ->
                readmitted || !device.trust().certified() && !bootstrap && (noCredentials || isUnused(device));
            case FIRST_CONTACT, NONE -> readmitted;
        };
    }

    /** Its credentials were issued and never used: it may not have applied them yet, and comes as it came before. */
    private static boolean isUnused(Device device) {
        return device.trust().credentials() == CredentialState.ISSUED;
    }

    /**
     * What the device needs from now on. A bootstrap voids credentials, unless it was proven with them. A readmission
     * is used up by an Inform without bootstrap; one with it may have to be repeated until its answer arrives, so there
     * the readmission ends when the phone's turn does.
     */
    private static Device.Trust trustAfter(Device device, Caller caller, boolean bootstrap) {
        Device.Trust before =
                caller.proof() == Proof.CLIENT_CERTIFICATE ? device.trust().withCertificate() : device.trust();
        if (caller.proof() == Proof.OWN_CREDENTIALS) {
            boolean sent =
                    before.credentials() == CredentialState.ISSUED || before.credentials() == CredentialState.ROTATING;
            boolean newest = sent && caller.generation() == before.generation();
            return newest
                    ? before.with(CredentialState.SEEN, before.generation(), before.issuedAt())
                            .readmitted()
                    : before.readmitted();
        }
        if (bootstrap) {
            return before.with(CredentialState.NONE, before.generation(), Optional.empty());
        }
        return before.readmit() ? before.readmitted() : before;
    }

    private static Device fresh(DeviceId id, Caller caller, Instant now) {
        return new Device(
                0,
                "default",
                "",
                id,
                DeviceState.WAITING,
                "",
                Set.of(),
                Device.Reported.NOTHING,
                Device.Trust.NONE,
                new Device.Presence(
                        now,
                        Optional.empty(),
                        Optional.<Duration>empty(),
                        "",
                        Optional.empty(),
                        false,
                        caller.sourceAddress()),
                Device.Spoken.NOTHING,
                0);
    }
}
