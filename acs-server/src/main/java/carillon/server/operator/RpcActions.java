package carillon.server.operator;

import carillon.cwmp.ParameterType;
import carillon.cwmp.datamodel.StandardModels;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.NewRpc;
import carillon.db.Page;
import carillon.db.QueuedRpc;
import carillon.db.ReportedParameter;
import carillon.db.RpcState;
import carillon.db.Stores;
import carillon.rpc.arguments.ModelWarnings;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.outbound.Addressing;
import carillon.rpc.outbound.Capabilities;
import carillon.server.access.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people do with RPCs: ask for one, withdraw it, decide about one whose answer was lost, look. */
public final class RpcActions {
    /** How long an RPC waits for its phone unless it is said otherwise. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(7);

    private static final Duration LONGEST_LIFE = Duration.ofDays(366);

    /** How many RPCs of one device may be open. */
    public static final int MOST_OPEN = 1000;

    private final Guard guard;
    private final RpcJson json;
    private final TransferPlans transfers;
    private final Doorbell doorbell;
    private final List<BiConsumer<Device, QueuedRpc>> watchers = new CopyOnWriteArrayList<>();

    public RpcActions(Guard guard, RpcJson json, TransferPlans transfers, Doorbell doorbell) {
        this.transfers = transfers;
        this.guard = guard;
        this.json = json;
        this.doorbell = doorbell;
    }

    /**
     * An RPC as somebody asks for it.
     *
     * @param method its name in CWMP
     * @param arguments JSON in the shape of the REST API
     * @param expiresAt when it is given up; a week from now where it is left out
     * @param connectionRequest whether the phone shall be called now
     * @param force also where the phone said that it does not have this method
     */
    public record Request(
            String method,
            String arguments,
            Optional<Instant> notBefore,
            Optional<Instant> expiresAt,
            boolean connectionRequest,
            boolean force) {
        /** To be sent as soon as may be. */
        public static Request now(String method, String arguments, boolean connectionRequest) {
            return new Request(method, arguments, Optional.empty(), Optional.empty(), connectionRequest, false);
        }

        private static Request again(QueuedRpc rpc) {
            return new Request(
                    rpc.method().rpcName(), rpc.arguments(), Optional.empty(), Optional.empty(), false, rpc.forced());
        }
    }

    /** An RPC and the device it is for. */
    public record Found(QueuedRpc rpc, Device device) {}

    /** What a person decides about an RPC whose answer was lost. */
    public enum Decision {
        SUCCEEDED,
        FAILED,
        /** It ends as failed, and a new one with the same arguments is queued. */
        QUEUE_AGAIN
    }

    /** Told of every RPC that was queued or moved by a person, after the commit; must not block. */
    public void onChange(BiConsumer<Device, QueuedRpc> watcher) {
        watchers.add(watcher);
    }

    /** Queues an RPC; throws {@link ActionRefused}. It is kept once this returns. */
    public Found queue(Actor actor, String deviceId, Request request) {
        AcsMethod method = AcsMethod.of(request.method())
                .filter(RpcJson.allowed()::contains)
                .orElseThrow(() -> ActionRefused.invalid("the method " + Devices.shown(request.method())
                        + " is not offered; allowed: "
                        + RpcJson.allowed().stream().map(AcsMethod::rpcName).collect(Collectors.joining(", "))));
        Guard.Done<Found> done = guard.changeOnce(
                actor,
                Permission.QUEUE_RPC,
                ledger -> {
                    Device device = Devices.named(ledger.stores(), actor.scope(), deviceId);
                    return new Found(enqueue(ledger, actor, device, method, request), device);
                },
                found -> found.rpc().id(),
                (stores, id) -> found(stores, actor, id));
        if (done.now()) {
            tell(done.result());
            doorbell.ring(done.result().device(), done.result().rpc(), request.connectionRequest());
        }
        return done.result();
    }

    private QueuedRpc enqueue(Ledger ledger, Actor actor, Device device, AcsMethod method, Request request) {
        if (device.state() == DeviceState.REFUSED) {
            throw ActionRefused.conflict(
                    "the device " + device.id() + " is refused, so nothing is asked of it; approve it first");
        }
        if (ledger.stores().rpcs().open(device.key()) >= MOST_OPEN) {
            throw ActionRefused.conflict("the device " + device.id() + " has " + MOST_OPEN
                    + " RPCs that have not ended; wait for them or cancel some");
        }
        Instant expiresAt = request.expiresAt().orElse(ledger.now().plus(DEFAULT_LIFE));
        if (!expiresAt.isAfter(ledger.now()) || expiresAt.isAfter(ledger.now().plus(LONGEST_LIFE))) {
            throw ActionRefused.invalid("expiresAt is " + expiresAt + "; it must lie between now and a year from now");
        }
        if (request.notBefore().isPresent() && !request.notBefore().get().isBefore(expiresAt)) {
            throw ActionRefused.invalid(
                    "notBefore is " + request.notBefore().get() + ", not before expiresAt " + expiresAt);
        }
        String arguments = transfers.bound(
                ledger.stores(),
                actor,
                device,
                method,
                complete(ledger.stores(), device, method, request.arguments()),
                request.force());
        AcsRequest asked = json.request(method, arguments, "");
        refuseWhatCannotBe(device, asked, request.force());
        refuseForeignNames(ledger.stores(), device, asked);
        QueuedRpc rpc = ledger.stores()
                .rpcs()
                .enqueue(new NewRpc(
                        device.key(),
                        device.tenant(),
                        device.site(),
                        method,
                        arguments,
                        ledger.now(),
                        request.notBefore(),
                        Optional.of(expiresAt),
                        actor.name(),
                        request.force(),
                        json.expectedVersion(arguments)));
        transfers.plan(ledger.stores(), device, rpc);
        ledger.noteJson(
                "rpc.queue",
                device,
                "{\"id\":\"" + rpc.id() + "\",\"method\":\"" + method.rpcName() + "\",\"arguments\":"
                        + json.masked(method, arguments) + "}");
        return rpc;
    }

    /** What the phone, as it spoke when it was last here, cannot know (CWMP-007, CWMP-137). */
    private static void refuseWhatCannotBe(Device device, AcsRequest asked, boolean force) {
        Device.Spoken spoken = device.spoken();
        Optional<String> obstacle = spoken.cwmp()
                .flatMap(version -> Capabilities.unknownTo(version, spoken.methods(), asked))
                .or(() -> force
                        ? Optional.empty()
                        : Capabilities.unlisted(spoken.methods(), asked.method())
                                .map(sentence -> sentence + ", or set \"force\":true"));
        obstacle.ifPresent(sentence -> {
            throw ActionRefused.conflict("the device " + device.id() + " cannot be asked for this: " + sentence);
        });
    }

    /** Rows are named by aliases, or all at once, only where the phone reported that it knows that (CWMP-230, CWMP-234). */
    private static void refuseForeignNames(Stores stores, Device device, AcsRequest asked) {
        if (!Addressing.matters(asked)) {
            return;
        }
        Addressing known = Addressing.of(
                device.reported().rootObject(),
                path -> stores.parameters().find(device.key(), path).flatMap(ReportedParameter::value));
        known.obstacle(asked).ifPresent(sentence -> {
            throw ActionRefused.conflict("the device " + device.id() + " cannot be asked for this: " + sentence);
        });
    }

    private String complete(Stores stores, Device device, AcsMethod method, String arguments) {
        try {
            return json.complete(method, arguments, types(stores.parameters().of(device.key())));
        } catch (IllegalArgumentException wrong) {
            throw ActionRefused.invalid(String.valueOf(wrong.getMessage()));
        }
    }

    /** As the phone reported them, else as the standard's models have them (CWMP-150). */
    private static Function<String, Optional<ParameterType>> types(
            Function<String, Optional<ReportedParameter>> known) {
        return path -> known.apply(path).flatMap(ReportedParameter::type).or(() -> StandardModels.all()
                .type(path));
    }

    /** What the standard's data models have against a request that could be queued; nothing is refused for it. */
    public List<ModelWarnings.Warning> warnings(Actor actor, String deviceId, Request request) {
        Optional<AcsMethod> method = AcsMethod.of(request.method()).filter(ModelWarnings::concerns);
        return method.isEmpty()
                ? List.of()
                : guard.read(actor, Permission.READ, stores -> {
                    Device device = Devices.named(stores, actor.scope(), deviceId);
                    Function<String, Optional<ReportedParameter>> known =
                            stores.parameters().of(device.key());
                    try {
                        AcsRequest asked = json.request(method.get(), request.arguments(), "", types(known));
                        return ModelWarnings.of(asked, known);
                    } catch (IllegalArgumentException wrong) {
                        throw ActionRefused.invalid(String.valueOf(wrong.getMessage()));
                    }
                });
    }

    /** Withdraws an RPC that has not left. */
    public Found cancel(Actor actor, String rpcId) {
        Guard.Done<Found> done = guard.changeOnce(
                actor,
                Permission.QUEUE_RPC,
                ledger -> cancel(ledger, actor, get(ledger.stores(), actor, rpcId)),
                found -> found.rpc().id(),
                (stores, id) -> found(stores, actor, id));
        if (done.now()) {
            tell(done.result());
        }
        return done.result();
    }

    private Found cancel(Ledger ledger, Actor actor, Found found) {
        String id = found.rpc().id();
        move(ledger, actor, found, Set.of(RpcState.QUEUED), RpcState.CANCELLED, "withdrawn by " + actor.name());
        ledger.note(
                "rpc.cancel",
                found.device(),
                Map.of("id", id, "state", found.rpc().state().text()),
                Map.of("id", id, "state", RpcState.CANCELLED.text()));
        return get(ledger.stores(), actor, id);
    }

    /** Decides about an RPC whose answer was lost; returns it, and behind it the new one where there is one. */
    public List<Found> decide(Actor actor, String rpcId, Decision decision) {
        Guard.Done<List<Found>> done = guard.changeOnce(
                actor,
                Permission.QUEUE_RPC,
                ledger -> decide(ledger, actor, rpcId, decision),
                moved -> moved.stream().map(found -> found.rpc().id()).collect(Collectors.joining(",")),
                (stores, ids) -> {
                    List<Found> moved = new ArrayList<>();
                    for (String id : ids.split(",")) {
                        found(stores, actor, id).ifPresent(moved::add);
                    }
                    return moved.isEmpty() ? Optional.empty() : Optional.of(moved);
                });
        if (done.now()) {
            done.result().forEach(this::tell);
            done.result().stream().skip(1).forEach(found -> doorbell.ring(found.device(), found.rpc(), false));
        }
        return done.result();
    }

    private List<Found> decide(Ledger ledger, Actor actor, String rpcId, Decision decision) {
        Found found = get(ledger.stores(), actor, rpcId);
        List<Found> out = new ArrayList<>();
        String note = "decided by " + actor.name();
        if (decision == Decision.QUEUE_AGAIN) {
            // moved first: two people who decide at one time must not queue it twice
            move(ledger, actor, found, Set.of(RpcState.UNCONFIRMED), RpcState.FAILED, note);
            QueuedRpc fresh = enqueue(ledger, actor, found.device(), found.rpc().method(), Request.again(found.rpc()));
            ledger.stores().rpcs().annotate(rpcId, note + ": queued again as " + fresh.id());
            out.add(new Found(fresh, found.device()));
        } else {
            RpcState to = decision == Decision.SUCCEEDED ? RpcState.SUCCEEDED : RpcState.FAILED;
            move(ledger, actor, found, Set.of(RpcState.UNCONFIRMED), to, note);
        }
        ledger.note(
                "rpc.decide",
                found.device(),
                Map.of("id", rpcId, "state", found.rpc().state().text()),
                Map.of("id", rpcId, "decision", decision.name()));
        out.add(0, get(ledger.stores(), actor, rpcId));
        return out;
    }

    private void move(Ledger ledger, Actor actor, Found found, Set<RpcState> from, RpcState to, String note) {
        boolean moved = ledger.stores()
                .rpcs()
                .move(
                        found.rpc().id(),
                        from,
                        to,
                        found.rpc().result(),
                        found.rpc().fault(),
                        note,
                        ledger.now());
        if (!moved) {
            RpcState now = get(ledger.stores(), actor, found.rpc().id()).rpc().state();
            throw ActionRefused.conflict("the RPC " + found.rpc().id() + " is " + now.text() + "; only one that is "
                    + from.stream().map(RpcState::text).collect(Collectors.joining(" or ")) + " can become "
                    + to.text());
        }
    }

    /** One RPC. */
    public Found find(Actor actor, String rpcId) {
        return guard.read(actor, Permission.READ, stores -> get(stores, actor, rpcId));
    }

    /** A device's RPCs, newest first. */
    public Page<QueuedRpc> list(Actor actor, Device device, int limit, String cursor) {
        return guard.read(actor, Permission.READ, stores -> {
            Page<QueuedRpc> page = stores.rpcs().list(device.key(), limit, cursor);
            return new Page<>(
                    page.items().stream()
                            .map(rpc -> transfers.withReceived(stores, rpc))
                            .toList(),
                    page.next(),
                    page.total(),
                    page.totalIsAtLeast());
        });
    }

    private Found get(Stores stores, Actor actor, String rpcId) {
        return found(stores, actor, rpcId)
                .orElseThrow(() -> ActionRefused.notFound(
                        "there is no RPC " + Devices.shown(rpcId) + "; ended ones are removed after a while"));
    }

    private Optional<Found> found(Stores stores, Actor actor, String rpcId) {
        return stores.rpcs().find(actor.scope(), rpcId).flatMap(rpc -> stores.devices()
                .find(rpc.deviceKey())
                .map(device -> new Found(transfers.withReceived(stores, rpc), device)));
    }

    private void tell(Found found) {
        watchers.forEach(watcher -> watcher.accept(found.device(), found.rpc()));
    }
}
