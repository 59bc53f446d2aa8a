package carillon.rpc.play;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.db.AwaitedVersion;
import carillon.db.Claim;
import carillon.db.CommitResult;
import carillon.db.Device;
import carillon.db.Effect;
import carillon.db.ModelFact;
import carillon.db.ModelFacts;
import carillon.db.ModelKey;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.db.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Applies effects to maps, with the semantics that the database has: compare-and-set, in order, all of a turn or nothing. */
public final class TestStore {
    private static final Set<AcsMethod> TRANSFERS =
            Set.of(AcsMethod.DOWNLOAD, AcsMethod.UPLOAD, AcsMethod.SCHEDULE_DOWNLOAD);
    private Optional<StoredFile> offered = Optional.empty();
    private final Map<DeviceId, Device> devices = new LinkedHashMap<>();
    private final Map<String, QueuedRpc> rpcs = new LinkedHashMap<>();
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final List<Event> toldInClaims = new ArrayList<>();
    private final Map<String, ParameterValue> values = new TreeMap<>();
    private final Map<String, ParameterInfo> names = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final Map<String, Map<Integer, String>> progress = new TreeMap<>();
    private final Map<String, ModelFact> learned = new TreeMap<>();
    private int saves;
    private final List<String> changed = new ArrayList<>();
    private int deviceWrites;
    private long sequence;

    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    public void put(Device device) {
        devices.put(device.id(), device);
    }

    public QueuedRpc rpc(String id) {
        return rpcs.get(id);
    }

    public List<Claim> claims() {
        return List.copyOf(claims.values());
    }

    /** What was told in sessions that are claims. */
    public List<Event> toldInClaims() {
        return toldInClaims;
    }

    public Map<String, ParameterValue> values() {
        return values;
    }

    public Map<String, ParameterInfo> names() {
        return names;
    }

    public List<Event> events() {
        return events;
    }

    /** What calls of the phone told, as JSON. */
    public List<String> details() {
        return details;
    }

    /** Parameters that changes were about. */
    public List<String> changed() {
        return changed;
    }

    public int deviceWrites() {
        return deviceWrites;
    }

    /** What a phone gets that asks for a file. */
    public void offers(StoredFile file) {
        offered = Optional.of(file);
    }

    /** Accepts an RPC; its id is 26 characters of Crockford's base32. */
    public String enqueue(long deviceKey, AcsMethod method, String arguments, Instant now) {
        return enqueue(deviceKey, method, arguments, "", now);
    }

    /** Accepts an RPC that awaits a version. */
    public String enqueue(long deviceKey, AcsMethod method, String arguments, String awaited, Instant now) {
        return enqueue(String.format("%026d", sequence + 1), deviceKey, method, arguments, awaited, now);
    }

    private String enqueue(String id, long deviceKey, AcsMethod method, String arguments, String awaited, Instant now) {
        sequence++;
        rpcs.put(
                id,
                new QueuedRpc(
                        id,
                        sequence,
                        deviceKey,
                        "default",
                        "",
                        method,
                        arguments,
                        RpcState.QUEUED,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        "test",
                        "",
                        false,
                        AwaitedVersion.of(awaited)));
        return id;
    }

    /** Writes a turn's effects; nothing where a guard is lost. */
    public CommitResult commit(List<Effect> effects, long deviceKey) {
        for (Effect effect : effects) {
            if (isLost(effect)) {
                return new CommitResult(true, false, Optional.empty(), List.of(), false, Optional.empty());
            }
        }
        Optional<Device> device = Optional.empty();
        Optional<QueuedRpc> claimed = Optional.empty();
        long key = deviceKey;
        boolean wantsOpen = false;
        Optional<ModelKey> asked = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Effect.ProgressMade made) {
                made(made);
            }
        }
        Optional<StoredFile> given = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Effect.DeviceSeen seen) {
                device = Optional.of(store(seen.device()));
                key = device.get().key();
                wantsOpen = true;
            } else if (effect instanceof Effect.DeviceCame came) {
                Device row = devices.get(came.device().id());
                device = Optional.of(store(row.withPresence(came.device().presence())));
                key = row.key();
                wantsOpen = true;
            } else if (effect instanceof Effect.Guard) {
                wantsOpen = true;
            } else if (effect instanceof Effect.OfferAsked wanted) {
                given = offered.filter(file -> file.type().equals(wanted.fileType()));
            } else if (effect instanceof Effect.ClaimNext next) {
                claimed = claim(key, next);
                asked = next.model();
            } else {
                apply(effect, key);
            }
        }
        return new CommitResult(
                false,
                false,
                device,
                wantsOpen ? open(key) : List.of(),
                wantsOpen && hasQueued(key),
                claimed,
                claimed.map(rpc -> progress(rpc.id())).orElse(List.of()),
                facts(asked),
                List.of(),
                List.of(),
                given);
    }

    private boolean isLost(Effect effect) {
        if (effect instanceof Effect.DeviceSeen seen) {
            Device now = devices.get(seen.device().id());
            return seen.device().key() == 0
                    ? now != null
                    : now == null || now.version() != seen.device().version();
        }
        if (effect instanceof Effect.DeviceCame came) {
            Device now = devices.get(came.device().id());
            return now == null || now.version() != came.device().version();
        }
        return effect instanceof Effect.Guard guard
                && devices.values().stream()
                        .noneMatch(device -> device.key() == guard.deviceKey() && device.version() == guard.version());
    }

    private Device store(Device device) {
        deviceWrites++;
        long key = device.key() == 0 ? devices.size() + 1 : device.key();
        Device stored = device.stored(key, device.version() + 1);
        devices.put(stored.id(), stored);
        return stored;
    }

    private void apply(Effect effect, long key) {
        if (effect instanceof Effect.DownloadQueued queued) {
            enqueue(
                    queued.rpcId(),
                    key,
                    queued.rpc().method(),
                    queued.rpc().arguments(),
                    queued.rpc().awaited(),
                    queued.rpc().createdAt());
        } else if (effect instanceof Effect.EventsSeen seen) {
            events.addAll(seen.events());
            changed.addAll(seen.changed());
        } else if (effect instanceof Effect.CallSeen seen) {
            events.add(seen.event());
            details.add(seen.details());
        } else if (effect instanceof Effect.OnlyOneReported told) {
            onlyOne(told.methods(), key)
                    .ifPresent(rpc -> move(rpc, told.to(), told.result(), told.fault(), told.note(), told.at()));
        } else if (effect instanceof Effect.TransferDone done) {
            done(done, key);
        } else if (effect instanceof Effect.ValuesReported reported) {
            reported.values().forEach(value -> values.put(value.path(), value));
        } else if (effect instanceof Effect.NamesReported reported) {
            reported.names().forEach(name -> names.put(name.path(), name));
        } else if (effect instanceof Effect.ParametersForgotten forgotten) {
            values.keySet().removeIf(path -> path.startsWith(forgotten.path()));
            names.keySet().removeIf(path -> path.startsWith(forgotten.path()));
        } else if (effect instanceof Effect.RpcMoved moved) {
            QueuedRpc rpc = rpcs.get(moved.rpcId());
            if (rpc != null && rpc.deviceKey() == key && moved.from().contains(rpc.state())) {
                move(rpc, moved.to(), moved.result(), moved.fault(), moved.note(), moved.at());
            }
        } else if (effect instanceof Effect.MethodReported told) {
            List.copyOf(rpcs.values()).stream()
                    .filter(rpc -> rpc.deviceKey() == key
                            && rpc.method() == told.method()
                            && told.from().contains(rpc.state())
                            && (rpc.state() != RpcState.QUEUED || rpc.attempts() > 0)
                            && (!told.acknowledgedOnly() || rpc.acknowledgedAt().isPresent()))
                    .forEach(rpc -> move(rpc, told.to(), told.result(), told.fault(), told.note(), told.at()));
        } else if (effect instanceof Effect.RpcPutOff putOff) {
            putOff(rpcs.get(putOff.rpcId()), putOff);
        } else if (effect instanceof Effect.FailureReported told) {
            failed(told, key);
        } else if (effect instanceof Effect.RpcAcknowledged acknowledged) {
            acknowledge(rpcs.get(acknowledged.rpcId()), acknowledged);
        } else if (effect instanceof Effect.EvidenceRecorded recorded) {
            QueuedRpc rpc = rpcs.get(recorded.rpcId());
            put(changed(rpc, rpc.state(), rpc.attempts(), rpc.session(), recorded.evidence(), rpc.acknowledgedAt()));
        } else if (effect instanceof Effect.NeverLeft kept) {
            QueuedRpc rpc = rpcs.get(kept.rpcId());
            put(changed(rpc, rpc.state(), rpc.attempts() - 1, rpc.session(), rpc.evidence(), rpc.acknowledgedAt()));
        } else if (effect instanceof Effect.ProgressEnded ended) {
            progress.remove(ended.rpcId());
        } else if (effect instanceof Effect.ModelLearned lesson) {
            lesson.facts().forEach(fact -> learned.put(fact.kind() + " " + fact.name(), fact));
        } else if (effect instanceof Effect.ModelUnlearned lesson) {
            lesson.names().forEach(name -> learned.remove(lesson.kind() + " " + name));
        } else if (effect instanceof Effect.ClaimSeen seen) {
            claims.merge(seen.claim().id(), seen.claim(), (was, again) -> counted(was, again));
            toldInClaims.addAll(seen.events());
        } else if (effect instanceof Effect.ClaimTold told) {
            toldInClaims.add(told.event());
        }
    }

    private Optional<QueuedRpc> onlyOne(Set<AcsMethod> methods, long key) {
        List<QueuedRpc> sent = rpcs.values().stream()
                .filter(rpc -> rpc.deviceKey() == key && rpc.state() == RpcState.SENT && methods.contains(rpc.method()))
                .toList();
        return sent.size() == 1 && sent.get(0).acknowledgedAt().isPresent()
                ? Optional.of(sent.get(0))
                : Optional.empty();
    }

    private void failed(Effect.FailureReported told, long key) {
        Optional<QueuedRpc> rpc = told.rpcId().isEmpty()
                ? onlyOne(told.methods(), key)
                : Optional.ofNullable(rpcs.get(told.rpcId())).filter(found -> found.deviceKey() == key);
        if (rpc.isEmpty() || !told.from().contains(rpc.get().state())) {
            return;
        }
        int made = rpc.get().attempts();
        if (rpc.get().state() == RpcState.SENT && made <= told.again().size()) {
            putOff(
                    rpc.get(),
                    new Effect.RpcPutOff(
                            rpc.get().id(), told.fault(), told.again().get(made - 1), told.note()));
        } else {
            move(rpc.get(), RpcState.FAILED, Optional.empty(), Optional.of(told.fault()), told.note(), told.at());
        }
    }

    private void putOff(QueuedRpc rpc, Effect.RpcPutOff putOff) {
        if (rpc.state() != RpcState.SENT) {
            return;
        }
        put(new QueuedRpc(
                rpc.id(),
                rpc.sequence(),
                rpc.deviceKey(),
                rpc.tenant(),
                rpc.site(),
                rpc.method(),
                rpc.arguments(),
                RpcState.QUEUED,
                rpc.createdAt(),
                Optional.of(putOff.until()),
                rpc.expiresAt(),
                rpc.sentAt(),
                Optional.empty(),
                Optional.empty(),
                rpc.attempts(),
                rpc.session(),
                "",
                Optional.empty(),
                Optional.of(putOff.fault()),
                rpc.createdBy(),
                putOff.note(),
                rpc.forced(),
                rpc.awaited()));
    }

    /** Before the moves of the same turn: what goes back to the queue has come so far. */
    private void made(Effect.ProgressMade made) {
        QueuedRpc rpc = rpcs.get(made.rpcId());
        if (rpc.state() == RpcState.SENT) {
            Map<Integer, String> parts = progress.computeIfAbsent(made.rpcId(), any -> new TreeMap<>());
            parts.put(0, made.head());
            made.part().ifPresent(part -> {
                if (parts.put(part.number(), part.content()) != null) {
                    throw new AssertionError("part " + part.number() + " was saved twice");
                }
            });
            put(changed(rpc, rpc.state(), 1, rpc.session(), rpc.evidence(), rpc.acknowledgedAt()));
            saves++;
        }
    }

    /** How far an RPC has come, as it is saved. */
    public List<String> progress(String rpcId) {
        return List.copyOf(progress.getOrDefault(rpcId, Map.of()).values());
    }

    /** How often progress was saved. */
    public int saves() {
        return saves;
    }

    /** What was learned of the models, by kind and name. */
    public Map<String, ModelFact> learned() {
        return learned;
    }

    private ModelFacts facts(Optional<ModelKey> model) {
        return model.isEmpty() ? ModelFacts.NONE : new ModelFacts(List.copyOf(learned.values()));
    }

    private void acknowledge(QueuedRpc rpc, Effect.RpcAcknowledged acknowledged) {
        QueuedRpc taken = changed(
                rpc, rpc.state(), rpc.attempts(), rpc.session(), rpc.evidence(), Optional.of(acknowledged.at()));
        put(acknowledged.reportBy().isEmpty() ? taken : expiring(taken, acknowledged.reportBy()));
    }

    private static Claim counted(Claim was, Claim again) {
        return new Claim(
                was.id(),
                was.deviceKey(),
                was.tenant(),
                was.site(),
                was.state(),
                was.expected() || again.expected(),
                was.sourceAddress(),
                again.events(),
                was.count() + 1,
                was.firstSeen(),
                again.lastSeen(),
                was.decidedBy());
    }

    private Optional<QueuedRpc> claim(long key, Effect.ClaimNext next) {
        Optional<QueuedRpc> oldest = rpcs.values().stream()
                .filter(rpc -> rpc.deviceKey() == key
                        && rpc.state() == RpcState.QUEUED
                        && rpc.notBefore()
                                .filter(moment -> moment.isAfter(next.now()))
                                .isEmpty()
                        && !rpc.session().equals(next.session()))
                .min(Comparator.comparingLong(QueuedRpc::sequence));
        oldest.ifPresent(rpc ->
                put(changed(rpc, RpcState.SENT, rpc.attempts() + 1, next.session(), rpc.evidence(), Optional.empty())));
        return oldest.map(rpc -> rpcs.get(rpc.id()));
    }

    private List<QueuedRpc> open(long key) {
        return rpcs.values().stream()
                .filter(rpc -> rpc.deviceKey() == key && rpc.state() == RpcState.SENT)
                .toList();
    }

    private boolean hasQueued(long key) {
        return rpcs.values().stream().anyMatch(rpc -> rpc.deviceKey() == key && rpc.state() == RpcState.QUEUED);
    }

    private void move(
            QueuedRpc rpc, RpcState to, Optional<String> result, Optional<Fault> fault, String note, Instant at) {
        if (!rpc.state().mayBecome(to)) {
            throw new AssertionError(rpc.state() + " may not become " + to);
        }
        put(new QueuedRpc(
                rpc.id(),
                rpc.sequence(),
                rpc.deviceKey(),
                rpc.tenant(),
                rpc.site(),
                rpc.method(),
                rpc.arguments(),
                to,
                rpc.createdAt(),
                rpc.notBefore(),
                rpc.expiresAt(),
                rpc.sentAt(),
                rpc.acknowledgedAt(),
                to.isEnd() ? Optional.of(at) : Optional.empty(),
                rpc.attempts(),
                rpc.session(),
                rpc.evidence(),
                result,
                fault,
                rpc.createdBy(),
                note,
                rpc.forced(),
                rpc.awaited()));
    }

    private void done(Effect.TransferDone done, long key) {
        List<QueuedRpc> sent = rpcs.values().stream()
                .filter(rpc -> rpc.deviceKey() == key
                        && (done.rpcId().isEmpty()
                                ? rpc.state() == RpcState.SENT && TRANSFERS.contains(rpc.method())
                                : rpc.id().equals(done.rpcId())
                                        && done.from().contains(rpc.state())
                                        && rpc.attempts() > 0))
                .toList();
        if (sent.size() != 1
                || done.rpcId().isEmpty() && sent.get(0).acknowledgedAt().isEmpty()) {
            return;
        }
        QueuedRpc rpc = sent.get(0);
        if (rpc.awaited().isOutstanding(done.softwareVersion())) {
            put(awaiting(rpc, done));
        } else {
            move(rpc, RpcState.SUCCEEDED, Optional.of(done.result()), Optional.empty(), done.note(), done.at());
        }
    }

    private static QueuedRpc awaiting(QueuedRpc rpc, Effect.TransferDone done) {
        return new QueuedRpc(
                rpc.id(),
                rpc.sequence(),
                rpc.deviceKey(),
                rpc.tenant(),
                rpc.site(),
                rpc.method(),
                rpc.arguments(),
                RpcState.SENT,
                rpc.createdAt(),
                rpc.notBefore(),
                Optional.of(done.versionBy()),
                rpc.sentAt(),
                Optional.of(done.at()),
                Optional.empty(),
                rpc.attempts(),
                rpc.session(),
                rpc.evidence(),
                rpc.result(),
                rpc.fault(),
                rpc.createdBy(),
                done.note(),
                rpc.forced(),
                new AwaitedVersion(rpc.awaited().version(), Optional.of(done.at())));
    }

    private static QueuedRpc changed(
            QueuedRpc rpc,
            RpcState state,
            int attempts,
            String session,
            String evidence,
            Optional<Instant> acknowledged) {
        return new QueuedRpc(
                rpc.id(),
                rpc.sequence(),
                rpc.deviceKey(),
                rpc.tenant(),
                rpc.site(),
                rpc.method(),
                rpc.arguments(),
                state,
                rpc.createdAt(),
                rpc.notBefore(),
                rpc.expiresAt(),
                rpc.sentAt(),
                acknowledged,
                rpc.endedAt(),
                attempts,
                session,
                evidence,
                rpc.result(),
                rpc.fault(),
                rpc.createdBy(),
                rpc.note(),
                rpc.forced(),
                rpc.awaited());
    }

    private static QueuedRpc expiring(QueuedRpc rpc, Optional<Instant> expiresAt) {
        return new QueuedRpc(
                rpc.id(),
                rpc.sequence(),
                rpc.deviceKey(),
                rpc.tenant(),
                rpc.site(),
                rpc.method(),
                rpc.arguments(),
                rpc.state(),
                rpc.createdAt(),
                rpc.notBefore(),
                expiresAt,
                rpc.sentAt(),
                rpc.acknowledgedAt(),
                rpc.endedAt(),
                rpc.attempts(),
                rpc.session(),
                rpc.evidence(),
                rpc.result(),
                rpc.fault(),
                rpc.createdBy(),
                rpc.note(),
                rpc.forced(),
                rpc.awaited());
    }

    private void put(QueuedRpc rpc) {
        rpcs.put(rpc.id(), rpc);
    }
}
