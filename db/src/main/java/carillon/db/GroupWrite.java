package carillon.db;

import carillon.cwmp.Event;
import carillon.cwmp.message.AcsMethod;
import carillon.db.GroupCommit.TurnEffects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One group of turns being written: guards, devices, what hangs on them, RPCs, claims; one statement for many rows. */
final class GroupWrite {
    private final Transaction transaction;
    private final DatabaseConfig config;
    private final DeviceCount count;
    private final Set<Integer> lost = new HashSet<>();
    private final Set<Integer> refused = new HashSet<>();
    private final Map<Integer, Device> devices = new HashMap<>();
    private final Map<Integer, QueuedRpc> claimed = new HashMap<>();
    private final Map<Integer, List<String>> progress = new HashMap<>();
    private final Map<Integer, ModelFacts> facts = new HashMap<>();
    private final Map<Integer, List<String>> putOff = new HashMap<>();
    private final Map<Integer, StoredFile> offered = new HashMap<>();
    private final Map<Integer, List<String>> awaiting = new HashMap<>();

    GroupWrite(Transaction transaction, DatabaseConfig config, DeviceCount count) {
        this.transaction = transaction;
        this.config = config;
        this.count = count;
    }

    List<CommitResult> write(List<TurnEffects> group) {
        guards(group);
        insertDevices(group);
        updateDevices(group);
        claims(group);
        events(group);
        parameters(group);
        rpcs(group);
        return results(group);
    }

    private boolean keeps(int turn) {
        return !lost.contains(turn) && !refused.contains(turn);
    }

    private void guards(List<TurnEffects> group) {
        Map<Integer, Effect.Guard> guards = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            for (Effect effect : group.get(i).effects()) {
                if (effect instanceof Effect.Guard guard && guard.deviceKey() > 0) {
                    guards.put(i, guard);
                }
            }
        }
        if (guards.isEmpty()) {
            return;
        }
        Map<Long, Long> versions = new HashMap<>();
        transaction
                .sql()
                .list(
                        "select id, version from device where id = any(?)",
                        row -> versions.put(row.number("id"), row.number("version")),
                        Sql.keys(guards.values().stream()
                                .map(Effect.Guard::deviceKey)
                                .toList()));
        guards.forEach((turn, guard) -> {
            if (!Long.valueOf(guard.version()).equals(versions.get(guard.deviceKey()))) {
                lost.add(turn);
            }
        });
    }

    private void insertDevices(List<TurnEffects> group) {
        for (int i = 0; i < group.size(); i++) {
            for (Effect effect : group.get(i).effects()) {
                if (keeps(i)
                        && effect instanceof Effect.DeviceSeen seen
                        && seen.device().key() == 0) {
                    insertDevice(i, seen.device());
                }
            }
        }
    }

    private void insertDevice(int turn, Device device) {
        if (transaction.stores().devices().find(device.tenant(), device.id()).isPresent()) {
            lost.add(turn);
        } else if (device.state() == DeviceState.WAITING && waitingListIsFull(device)
                || count.isFull(transaction.sql(), config.limits().devices())) {
            refused.add(turn);
        } else {
            count.added();
            devices.put(turn, transaction.stores().devices().insert(device));
        }
    }

    private boolean waitingListIsFull(Device device) {
        Instant anHourAgo = device.presence().createdAt().minus(Duration.ofHours(1));
        return count("select count(*) as n from device where tenant_id = ? and state = 'WAITING'", device.tenant())
                        >= config.waitingLimit()
                || count(
                                "select count(*) as n from device where tenant_id = ? and state = 'WAITING'"
                                        + " and source_address = ? and created_at > ?",
                                device.tenant(),
                                device.presence().sourceAddress(),
                                anHourAgo)
                        >= config.waitingPerSource();
    }

    private long count(String sql, Object... arguments) {
        return transaction.sql().list(sql, row -> row.number("n"), arguments).get(0);
    }

    private void updateDevices(List<TurnEffects> group) {
        Rows seen = new Rows();
        Rows came = new Rows();
        Set<Long> already = new HashSet<>();
        for (int i = 0; i < group.size(); i++) {
            for (Effect effect : group.get(i).effects()) {
                if (effect instanceof Effect.DeviceSeen one && one.device().key() > 0) {
                    take(i, one.device(), seen, already);
                } else if (effect instanceof Effect.DeviceCame one) {
                    take(i, one.device(), came, already);
                }
            }
        }
        DeviceStore store = transaction.stores().devices();
        stored(came, store.came(came.devices));
        List<Device> toIndex = new ArrayList<>();
        for (int turn : stored(seen, store.update(seen.devices))) {
            if (reportsSomethingNew(group.get(turn))) {
                toIndex.add(devices.get(turn));
            }
        }
        store.index(toIndex);
    }

    /** Rows to be written by one statement, and whose they are. */
    private static final class Rows {
        private final List<Integer> turns = new ArrayList<>();
        private final List<Device> devices = new ArrayList<>();
    }

    /** Two turns of one device in one group: the second sees the first, and is taken again. */
    private void take(int turn, Device device, Rows rows, Set<Long> already) {
        if (!keeps(turn)) {
            return;
        }
        if (already.add(device.key())) {
            rows.turns.add(turn);
            rows.devices.add(device);
        } else {
            lost.add(turn);
        }
    }

    /** Notes what became of these rows; returns the turns that were not lost. */
    private List<Integer> stored(Rows rows, int[] counts) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int turn = rows.turns.get(i);
            Device device = rows.devices.get(i);
            if (counts[i] == 0) {
                lost.add(turn);
            } else {
                devices.put(turn, device.stored(device.key(), device.version() + 1));
                kept.add(turn);
            }
        }
        return kept;
    }

    /** Whether what a device is found by may have changed: an unchanged Inform reports no values. */
    private static boolean reportsSomethingNew(TurnEffects turn) {
        return turn.effects().stream().anyMatch(effect -> effect instanceof Effect.ValuesReported);
    }

    private long deviceKey(int turn, TurnEffects effects) {
        Device device = devices.get(turn);
        return device == null ? effects.deviceKey() : device.key();
    }

    /** Before all that such a turn leaves behind: one for which there is no room leaves nothing. */
    private void claims(List<TurnEffects> group) {
        ClaimStore store = transaction.stores().claims();
        for (int i = 0; i < group.size(); i++) {
            for (Effect effect : group.get(i).effects()) {
                boolean full = keeps(i)
                        && (effect instanceof Effect.ClaimSeen seen
                                        && !store.seen(seen, config.limits().claims())
                                || effect instanceof Effect.ClaimTold told
                                        && !store.told(told, config.limits().claims()));
                if (full) {
                    refused.add(i);
                }
            }
        }
    }

    private void events(List<TurnEffects> group) {
        List<EventStore.NewEvent> rows = new ArrayList<>();
        Map<Long, Device> owners = owners(group);
        for (int i = 0; i < group.size(); i++) {
            long key = deviceKey(i, group.get(i));
            for (Effect effect : group.get(i).effects()) {
                Device owner = owners.get(key);
                if (!keeps(i) || owner == null) {
                    continue;
                }
                if (effect instanceof Effect.EventsSeen seen) {
                    seen.events()
                            .forEach(event -> rows.add(event(
                                    owner,
                                    seen.at(),
                                    seen.session(),
                                    event,
                                    EventStore.details(event, seen.changed()))));
                } else if (effect instanceof Effect.CallSeen seen) {
                    rows.add(event(owner, seen.at(), seen.session(), seen.event(), seen.details()));
                }
            }
        }
        transaction.stores().events().append(rows);
    }

    private static EventStore.NewEvent event(Device owner, Instant at, String session, Event event, String details) {
        return new EventStore.NewEvent(owner.tenant(), owner.site(), owner.key(), at, session, event, details);
    }

    /** The rows of the devices that have events; those that this group did not write itself are read. */
    private Map<Long, Device> owners(List<TurnEffects> group) {
        Map<Long, Device> owners = new HashMap<>();
        devices.values().forEach(device -> owners.put(device.key(), device));
        for (int i = 0; i < group.size(); i++) {
            long key = deviceKey(i, group.get(i));
            boolean hasEvents = group.get(i).effects().stream()
                    .anyMatch(effect -> effect instanceof Effect.EventsSeen || effect instanceof Effect.CallSeen);
            if (keeps(i) && hasEvents && key > 0 && !owners.containsKey(key)) {
                transaction.stores().devices().find(key).ifPresent(device -> owners.put(key, device));
            }
        }
        return owners;
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private void parameters(List<TurnEffects> group) {
        Map<Long, List<Effect>> reports = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            long key = deviceKey(i, group.get(i));
            for (Effect effect : group.get(i).effects()) {
                if (keeps(i) && key > 0 && concernsParameters(effect)) {
                    reports.computeIfAbsent(key, any -> new ArrayList<>()).add(effect);
                }
            }
        }
        if (!reports.isEmpty()) {
            transaction.stores().parameters().report(reports);
        }
    }

    private static boolean concernsParameters(Effect effect) {
        return effect instanceof Effect.ValuesReported
                || effect instanceof Effect.NamesReported
                || effect instanceof Effect.AttributesReported
                || effect instanceof Effect.ParametersForgotten;
    }

    private void rpcs(List<TurnEffects> group) {
        RpcQueue rpcs = transaction.stores().rpcs();
        List<RpcQueue.Move> moves = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            long key = deviceKey(i, group.get(i));
            for (Effect effect : group.get(i).effects()) {
                if (keeps(i) && effect instanceof Effect.RpcMoved move) {
                    moves.add(new RpcQueue.Move(
                            move.rpcId(),
                            key,
                            move.from(),
                            move.to(),
                            move.result(),
                            move.fault(),
                            cut(move.note(), 1000),
                            move.at()));
                }
            }
        }
        progress(group);
        rpcs.moveAll(moves);
        for (int i = 0; i < group.size(); i++) {
            long key = deviceKey(i, group.get(i));
            for (Effect effect : group.get(i).effects()) {
                if (keeps(i)) {
                    single(i, key, effect);
                }
            }
        }
    }

    /** Before the moves: what goes back to the queue has come so far. */
    private void progress(List<TurnEffects> group) {
        for (int i = 0; i < group.size(); i++) {
            for (Effect effect : group.get(i).effects()) {
                if (keeps(i) && effect instanceof Effect.ProgressMade made) {
                    transaction.stores().progress().record(deviceKey(i, group.get(i)), made);
                }
            }
        }
    }

    /** Effects that few turns have. */
    private void single(int turn, long deviceKey, Effect effect) {
        RpcQueue rpcs = transaction.stores().rpcs();
        if (effect instanceof Effect.RpcAcknowledged acknowledged) {
            rpcs.acknowledge(deviceKey, acknowledged);
        } else if (effect instanceof Effect.EvidenceRecorded evidence) {
            transaction
                    .sql()
                    .update(
                            "update rpc set evidence = ? where id = ? and device_id = ?",
                            evidence.evidence(),
                            evidence.rpcId(),
                            deviceKey);
        } else if (effect instanceof Effect.MethodReported reported) {
            methodReported(deviceKey, reported);
        } else if (effect instanceof Effect.OnlyOneReported reported) {
            onlyOneReported(deviceKey, reported);
        } else if (effect instanceof Effect.RpcPutOff putOff) {
            rpcs.putOff(deviceKey, putOff);
        } else if (effect instanceof Effect.FailureReported reported) {
            failureReported(turn, deviceKey, reported);
        } else if (effect instanceof Effect.TransferDone done) {
            new TransferEnds(transaction).done(deviceKey, done).ifPresent(id -> awaiting.computeIfAbsent(
                            turn, any -> new ArrayList<>())
                    .add(id));
        } else if (effect instanceof Effect.AssociationsTold told) {
            transaction.stores().associations().tell(deviceKey, told.told(), told.at());
        } else if (effect instanceof Effect.ParametersForgotten forgotten
                && forgotten.path().isEmpty()) {
            transaction.stores().associations().forget(deviceKey);
        } else if (effect instanceof Effect.OfferAsked asked) {
            offer(turn, deviceKey, asked);
        } else if (effect instanceof Effect.DownloadQueued queued) {
            rpcs.enqueue(queued.rpcId(), queued.rpc());
            transaction.stores().transfers().insert(queued.transfer());
        } else if (effect instanceof Effect.ClaimNext claim) {
            rpcs.claim(deviceKey, claim, config.downloads()).ifPresent(rpc -> claimed(turn, rpc, claim));
        } else if (effect instanceof Effect.RpcNoted noted) {
            rpcs.noteSent(deviceKey, noted.rpcId(), noted.note());
        } else if (effect instanceof Effect.NeverLeft kept) {
            rpcs.neverLeft(deviceKey, kept.rpcId());
        } else if (effect instanceof Effect.ProgressEnded ended) {
            transaction.stores().progress().drop(ended.rpcId());
        } else if (effect instanceof Effect.ModelLearned learned) {
            transaction.stores().models().learn(learned.model(), learned.facts());
        } else if (effect instanceof Effect.ModelUnlearned unlearned) {
            transaction.stores().models().unlearn(unlearned.model(), unlearned.kind(), unlearned.names());
        }
    }

    private void claimed(int turn, QueuedRpc rpc, Effect.ClaimNext claim) {
        claimed.put(turn, rpc);
        if (rpc.attempts() > 1) {
            progress.put(turn, transaction.stores().progress().of(rpc.id()));
        }
        claim.model()
                .ifPresent(
                        model -> facts.put(turn, transaction.stores().models().facts(model)));
    }

    private void methodReported(long deviceKey, Effect.MethodReported reported) {
        List<String> ids = transaction
                .sql()
                .list(
                        "select id from rpc where device_id = ? and method = ? and state in ("
                                + RpcQueue.names(reported.from())
                                + ") and (state <> 'QUEUED' or attempts > 0)"
                                + (reported.acknowledgedOnly() ? " and acknowledged_at is not null" : "")
                                + " order by sequence limit 100",
                        row -> row.text("id"),
                        deviceKey,
                        reported.method());
        transaction
                .stores()
                .rpcs()
                .moveAll(ids.stream()
                        .map(id -> new RpcQueue.Move(
                                id,
                                deviceKey,
                                reported.from(),
                                reported.to(),
                                reported.result(),
                                reported.fault(),
                                cut(reported.note(), 1000),
                                reported.at()))
                        .toList());
    }

    private Optional<QueuedRpc> onlyOne(long deviceKey, Set<AcsMethod> methods) {
        String names = methods.stream().map(method -> "'" + method.name() + "'").collect(Collectors.joining(", "));
        List<QueuedRpc> sent = transaction.stores().rpcs().sent(deviceKey, names);
        return sent.size() == 1 && sent.get(0).acknowledgedAt().isPresent()
                ? Optional.of(sent.get(0))
                : Optional.empty();
    }

    private void failureReported(int turn, long deviceKey, Effect.FailureReported reported) {
        RpcQueue rpcs = transaction.stores().rpcs();
        Optional<QueuedRpc> found = reported.rpcId().isEmpty()
                ? onlyOne(deviceKey, reported.methods())
                : rpcs.byId(reported.rpcId()).filter(rpc -> rpc.deviceKey() == deviceKey);
        if (found.isEmpty()) {
            return;
        }
        QueuedRpc rpc = found.get();
        if (rpc.state() == RpcState.QUEUED) {
            // the same report once more: it waits already
            putOff.computeIfAbsent(turn, any -> new ArrayList<>()).add(rpc.id());
            return;
        }
        List<Instant> again = reported.again();
        boolean may = rpc.state() == RpcState.SENT && rpc.attempts() >= 1 && rpc.attempts() <= again.size();
        Optional<Instant> until = may ? Optional.of(again.get(rpc.attempts() - 1)) : Optional.empty();
        boolean waits = until.isPresent()
                && rpcs.putOff(
                        deviceKey,
                        new Effect.RpcPutOff(
                                rpc.id(),
                                reported.fault(),
                                until.get(),
                                "attempt " + rpc.attempts() + " of " + (again.size() + 1) + ": " + reported.note()
                                        + " with fault " + reported.fault().code() + " "
                                        + cut(reported.fault().text(), 200)
                                        + "; it is asked again in the first session after " + until.get()));
        if (waits) {
            putOff.computeIfAbsent(turn, any -> new ArrayList<>()).add(rpc.id());
        } else {
            rpcs.moveAll(List.of(new RpcQueue.Move(
                    rpc.id(),
                    deviceKey,
                    reported.from(),
                    RpcState.FAILED,
                    Optional.empty(),
                    Optional.of(reported.fault()),
                    cut(reported.note(), 1000),
                    reported.at())));
        }
    }

    private void onlyOneReported(long deviceKey, Effect.OnlyOneReported reported) {
        Optional<QueuedRpc> rpc = onlyOne(deviceKey, reported.methods());
        if (rpc.isPresent()) {
            transaction
                    .stores()
                    .rpcs()
                    .moveAll(List.of(new RpcQueue.Move(
                            rpc.get().id(),
                            deviceKey,
                            Set.of(RpcState.SENT),
                            reported.to(),
                            reported.result(),
                            reported.fault(),
                            cut(reported.note(), 1000),
                            reported.at())));
        }
    }

    private void offer(int turn, long deviceKey, Effect.OfferAsked asked) {
        Optional<Device> device = transaction.stores().devices().find(deviceKey);
        if (device.isEmpty() || transaction.stores().rpcs().hasOpenDownload(deviceKey)) {
            return;
        }
        transaction
                .stores()
                .files()
                .offered(
                        device.get().tenant(),
                        device.get().site(),
                        asked.fileType(),
                        asked.version(),
                        device.get().id().productClass())
                .ifPresent(file -> offered.put(turn, file));
    }

    private boolean asksWhatIsInHand(int turn, TurnEffects effects) {
        return devices.containsKey(turn)
                || effects.deviceKey() > 0
                        && effects.effects().stream().anyMatch(effect -> effect instanceof Effect.Guard);
    }

    private List<CommitResult> results(List<TurnEffects> group) {
        Set<Long> keys = new LinkedHashSet<>();
        for (int i = 0; i < group.size(); i++) {
            if (keeps(i) && asksWhatIsInHand(i, group.get(i))) {
                keys.add(deviceKey(i, group.get(i)));
            }
        }
        Map<Long, List<QueuedRpc>> inHand = new HashMap<>();
        for (QueuedRpc rpc : transaction.stores().rpcs().inHand(List.copyOf(keys))) {
            inHand.computeIfAbsent(rpc.deviceKey(), any -> new ArrayList<>()).add(rpc);
        }
        List<CommitResult> results = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
            Optional<Device> device = keeps(i) ? Optional.ofNullable(devices.get(i)) : Optional.empty();
            List<QueuedRpc> mine = keeps(i) ? inHand.getOrDefault(deviceKey(i, group.get(i)), List.of()) : List.of();
            results.add(new CommitResult(
                    lost.contains(i),
                    refused.contains(i),
                    device,
                    mine.stream().filter(rpc -> rpc.state() == RpcState.SENT).toList(),
                    mine.stream().anyMatch(rpc -> rpc.state() == RpcState.QUEUED),
                    Optional.ofNullable(claimed.get(i)),
                    progress.getOrDefault(i, List.of()),
                    facts.getOrDefault(i, ModelFacts.NONE),
                    putOff.getOrDefault(i, List.of()),
                    awaiting.getOrDefault(i, List.of()),
                    Optional.ofNullable(offered.get(i))));
        }
        return results;
    }
}
