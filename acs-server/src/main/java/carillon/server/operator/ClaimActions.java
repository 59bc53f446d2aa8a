package carillon.server.operator;

import carillon.cwmp.message.AcsMethod;
import carillon.db.Claim;
import carillon.db.ClaimEvent;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.server.access.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people decide about sessions that came in a device's name without its proof. */
public final class ClaimActions {
    private static final int LOOKED_AT = 200;

    private final Guard guard;
    private final DeviceWatch watch;

    public ClaimActions(Guard guard, DeviceWatch watch) {
        this.guard = guard;
        this.watch = watch;
    }

    /** A device's claims, newest first. */
    public List<Claim> list(Actor actor, Device device) {
        return guard.read(actor, Permission.READ, stores -> stores.claims().list(device.key()));
    }

    /** It was the device: its next session is taken as its own, and gets new credentials. */
    public Claim confirm(Actor actor, String deviceId, String claimId) {
        return decide(actor, deviceId, claimId, Claim.State.CONFIRMED);
    }

    /** It was somebody else. */
    public Claim refuse(Actor actor, String deviceId, String claimId) {
        return decide(actor, deviceId, claimId, Claim.State.REFUSED);
    }

    private Claim decide(Actor actor, String deviceId, String claimId, Claim.State state) {
        Guard.Done<Claim> done = guard.changeOnce(
                actor,
                Permission.CHANGE_DEVICE,
                ledger -> decide(ledger, actor, deviceId, claimId, state),
                Claim::id,
                (stores, id) -> stores.claims().find(id));
        if (done.now()) {
            guard.read(actor, Permission.READ, stores -> stores.devices()
                            .find(done.result().deviceKey()))
                    .ifPresent(device -> watch.changed(device.id()));
        }
        return done.result();
    }

    private static Claim decide(Ledger ledger, Actor actor, String deviceId, String claimId, Claim.State state) {
        Device found = Devices.named(ledger.stores(), actor.scope(), deviceId);
        Claim claim = get(ledger, found, claimId);
        if (!ledger.stores().claims().decide(claimId, state, actor.name(), ledger.now())) {
            throw ActionRefused.conflict("the claim " + claimId + " was decided already: "
                    + claim.state().name().toLowerCase(Locale.ROOT) + " by " + claim.decidedBy());
        }
        if (state == Claim.State.CONFIRMED) {
            readmit(ledger, actor, found, claim);
        }
        ledger.note(
                "claim.decide",
                found,
                Map.of("claim", claimId, "state", "pending"),
                Map.of("claim", claimId, "state", state.name().toLowerCase(Locale.ROOT)));
        return get(ledger, found, claimId);
    }

    private static Claim get(Ledger ledger, Device device, String claimId) {
        return ledger.stores()
                .claims()
                .find(claimId)
                .filter(claim -> claim.deviceKey() == device.key())
                .orElseThrow(() -> notFound(device, claimId));
    }

    private static ActionRefused notFound(Device device, String claimId) {
        return ActionRefused.notFound(
                "the device " + device.id() + " has no claim " + Devices.shown(claimId) + "; old ones are removed");
    }

    private static void readmit(Ledger ledger, Actor actor, Device device, Claim claim) {
        Devices.change(ledger.stores(), device.key(), now -> {
            if (now.state() != DeviceState.APPROVED) {
                throw ActionRefused.conflict("the device " + now.id() + " is not approved; approve it instead");
            }
            return now.withTrust(new Device.Trust(
                            CredentialState.NONE, now.trust().generation(), Optional.<Instant>empty(), true))
                    .withPresence(forgetful(now.presence()));
        });
        ledger.stores()
                .claims()
                .handOver(claim, ledger.stores().devices().find(device.key()).orElseThrow())
                .forEach(told -> reported(ledger, actor, device, told));
        if (claim.expected()) {
            for (QueuedRpc rpc :
                    ledger.stores().rpcs().list(device.key(), LOOKED_AT, "").items()) {
                settle(ledger, actor, rpc);
            }
        }
    }

    /** A phone that lost its credentials has most likely lost when to come as well: it is told again. */
    private static Device.Presence forgetful(Device.Presence was) {
        return new Device.Presence(
                was.createdAt(),
                was.lastInform(),
                was.informInterval(),
                "",
                was.expectedBy(),
                was.late(),
                was.sourceAddress());
    }

    /** What it told was acknowledged and does not come again: an RPC of its own that it named has ended. */
    private static void reported(Ledger ledger, Actor actor, Device device, ClaimEvent told) {
        Optional<ConfirmedReports.End> end = ConfirmedReports.endOf(told);
        if (end.isEmpty()
                || ledger.stores()
                        .rpcs()
                        .find(actor.scope(), told.event().commandKey())
                        .filter(rpc -> rpc.deviceKey() == device.key())
                        .isEmpty()) {
            return;
        }
        ledger.stores()
                .rpcs()
                .move(
                        told.event().commandKey(),
                        Set.of(RpcState.SENT, RpcState.UNCONFIRMED, RpcState.EXPIRED),
                        end.get().state(),
                        end.get().result(),
                        end.get().fault(),
                        "the phone reported " + told.event().code() + ", confirmed by " + actor.name(),
                        ledger.now());
    }

    /** The phone came back as a factory reset leaves it, and a person says that it was the phone. */
    private static void settle(Ledger ledger, Actor actor, QueuedRpc rpc) {
        if (rpc.method() == AcsMethod.FACTORY_RESET) {
            ledger.stores()
                    .rpcs()
                    .move(
                            rpc.id(),
                            Set.of(RpcState.SENT, RpcState.UNCONFIRMED),
                            RpcState.SUCCEEDED,
                            Optional.of("{}"),
                            Optional.empty(),
                            "the phone came back, confirmed by " + actor.name(),
                            ledger.now());
        }
    }
}
