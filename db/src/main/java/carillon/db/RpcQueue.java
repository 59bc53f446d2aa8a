package carillon.db;

import carillon.cwmp.Fault;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.AcsMethod;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RPCs asked for, and their states. Arguments and results are sealed. */
public final class RpcQueue {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEALED_ARGUMENTS = "rpc-arguments";
    private static final String SEALED_RESULT = "rpc-result";
    private static final int LONGEST_NOTE = 1000;

    private final Sql sql;
    private final Seal seal;

    RpcQueue(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /** Accepts an RPC. */
    public QueuedRpc enqueue(NewRpc rpc) {
        return enqueue(Ids.next(), rpc);
    }

    /** Accepts an RPC under an id that its session made. */
    QueuedRpc enqueue(String id, NewRpc rpc) {
        sql.insert(
                "insert into rpc (id, tenant_id, site, device_id, method, arguments, state, created_at, not_before,"
                        + " expires_at, attempts, session, evidence, created_by, note, forced,"
                        + " awaited_version) values (?, ?, ?, ?, ?, ?, 'QUEUED', ?, ?, ?, 0, '', '', ?, '', ?, ?)",
                "sequence",
                id,
                rpc.tenant(),
                rpc.site(),
                rpc.deviceKey(),
                rpc.method(),
                seal.seal(SEALED_ARGUMENTS, rpc.arguments().getBytes(StandardCharsets.UTF_8)),
                rpc.createdAt(),
                rpc.notBefore().orElse(null),
                rpc.expiresAt().orElse(null),
                rpc.createdBy(),
                rpc.forced(),
                AwaitedVersion.of(rpc.awaited()).version());
        return byId(id).orElseThrow();
    }

    /** By id, if it lies in the scope. */
    public Optional<QueuedRpc> find(Scope scope, String id) {
        return byId(id).filter(
                        rpc -> sql.first("select * from device where id = ?", DeviceRows::device, rpc.deviceKey())
                                .filter(device -> DeviceSearch.within(scope, device))
                                .isPresent());
    }

    Optional<QueuedRpc> byId(String id) {
        return sql.first("select * from rpc where id = ?", this::rpc, id);
    }

    /** Newest first. */
    public Page<QueuedRpc> list(long deviceKey, int limit, String cursor) {
        List<QueuedRpc> rpcs = sql.list(
                "select * from rpc where device_id = ? and sequence < ? order by sequence desc limit " + (limit + 1),
                this::rpc,
                deviceKey,
                cursor.isEmpty() ? Long.MAX_VALUE : Cursor.RPCS.number(cursor));
        return pageOf(rpcs, limit);
    }

    private static Page<QueuedRpc> pageOf(List<QueuedRpc> rpcs, int limit) {
        boolean more = rpcs.size() > limit;
        List<QueuedRpc> shown = more ? rpcs.subList(0, limit) : rpcs;
        return new Page<>(
                shown,
                more ? Optional.of(Cursor.RPCS.of(shown.get(limit - 1).sequence())) : Optional.empty(),
                -1,
                false);
    }

    /** Those of a scope that failed since then, or whose end nobody knows, newest first. */
    public List<QueuedRpc> troubled(Scope scope, Instant since, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>(List.of(since));
        String where = DeviceSearch.within(scope, arguments);
        return sql.list(
                "select r.* from rpc r join device d on d.id = r.device_id where r.state in ('FAILED', 'UNCONFIRMED')"
                        + " and r.ended_at > ? and " + where + " order by r.ended_at desc limit " + limit,
                this::rpc,
                arguments.toArray());
    }

    /** Whether the device has a Download that has not ended. */
    boolean hasOpenDownload(long deviceKey) {
        return sql.first(
                        "select id from rpc where device_id = ? and method = 'DOWNLOAD' and state in ('QUEUED', 'SENT')"
                                + " limit 1",
                        row -> row.text("id"),
                        deviceKey)
                .isPresent();
    }

    /** How many of a device's RPCs have not ended. */
    public int open(long deviceKey) {
        return sql.list(
                        "select count(*) as n from rpc where device_id = ? and state in ('QUEUED', 'SENT')",
                        row -> row.small("n"),
                        deviceKey)
                .get(0);
    }

    /** A compare-and-set move by a person or housekeeping; false if it was in none of these states. */
    public boolean move(
            String id,
            Set<RpcState> from,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at) {
        return moveAll(List.of(new Move(id, -1, from, to, result, fault, note, at)))[0] == 1;
    }

    /** One compare-and-set of many; deviceKey -1 means any device. */
    record Move(
            String id,
            long deviceKey,
            Set<RpcState> from,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at) {}

    int[] moveAll(List<Move> moves) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Move move : moves) {
            rows.add(new @Nullable Object[] {
                move.to(),
                closed(move.result()),
                fault(move.fault()),
                SecretUrls.masked(move.note()),
                move.to().isEnd() ? move.at() : null,
                move.id(),
                move.deviceKey(),
                move.deviceKey(),
                from(move, RpcState.QUEUED),
                from(move, RpcState.SENT),
                from(move, RpcState.UNCONFIRMED),
                from(move, RpcState.EXPIRED),
                move.to()
            });
        }
        return sql.batch(
                "update rpc set state = ?, result = ?, fault = ?, note = ?, ended_at = ? where id = ? and (device_id ="
                        + " ? or ? = -1) and state in (?, ?, ?, ?)"
                        + " and (state <> 'QUEUED' or attempts > 0 or 'SUCCEEDED' <> cast(? as varchar))",
                rows);
    }

    /** The state's name where the move may come from it, else a text that no state has. */
    private static String from(Move move, RpcState state) {
        return move.from().contains(state) && state.mayBecome(move.to()) ? state.name() : "-";
    }

    private byte @Nullable [] closed(Optional<String> result) {
        return result.map(text -> seal.seal(SEALED_RESULT, text.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    /** Notes something for people on an RPC. */
    public void annotate(String id, String note) {
        sql.update("update rpc set note = ? where id = ?", cut(note), id);
    }

    /** Notes something for people on an RPC that still waits; false if it has left meanwhile. */
    public boolean noteQueued(String id, String note) {
        return sql.update("update rpc set note = ? where id = ? and state = 'QUEUED'", cut(note), id) == 1;
    }

    /** Notes something for people on an RPC of this device that is on its way. */
    void noteSent(long deviceKey, String id, String note) {
        sql.update(
                "update rpc set note = ? where id = ? and device_id = ? and state = 'SENT'", cut(note), id, deviceKey);
    }

    private static String cut(String note) {
        return note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note;
    }

    /** Ends what has passed its deadline; returns the ids. */
    public List<String> expire(Instant now, int limit) {
        List<QueuedRpc> due = sql.list(
                "select * from rpc where state in ('QUEUED', 'SENT') and expires_at < ? limit " + limit,
                this::rpc,
                now);
        List<String> expired = new ArrayList<>();
        for (QueuedRpc rpc : due) {
            if (rpc.awaited().reportedAt().isPresent()) {
                if (unseen(rpc, now)) {
                    expired.add(rpc.id());
                }
                continue;
            }
            String note = rpc.acknowledgedAt().isPresent()
                    ? "the phone took it on and did not report its end in time; a late report still counts"
                    : "its deadline passed";
            if (move(
                    rpc.id(),
                    Set.of(RpcState.QUEUED, RpcState.SENT),
                    RpcState.EXPIRED,
                    Optional.empty(),
                    rpc.fault(),
                    note,
                    now)) {
                expired.add(rpc.id());
            }
        }
        return expired;
    }

    /** Holds all that is open for a person to decide; returns how many. */
    public int hold(String note, Instant now) {
        return sql.update(
                "update rpc set state = 'UNCONFIRMED', note = ?, ended_at = ? where state in ('QUEUED', 'SENT')",
                cut(note),
                now);
    }

    /** The phone said that it has the firmware, and never reported its version. */
    private boolean unseen(QueuedRpc rpc, Instant now) {
        String reported = sql.first(
                        "select software_version from device where id = ?",
                        row -> row.text("software_version"),
                        rpc.deviceKey())
                .orElse("");
        String note = "the phone reported the transfer as done at "
                + rpc.awaited().reportedAt().orElseThrow() + ", and still reports the SoftwareVersion '" + reported
                + "'; '" + rpc.awaited().version() + "' was awaited until now";
        return move(
                rpc.id(),
                Set.of(RpcState.SENT),
                RpcState.FAILED,
                Optional.empty(),
                Optional.of(new Fault(0, note, List.of())),
                cut(note),
                now);
    }

    /** The phone reported the transfer as done; its version is awaited until then, a second report puts nothing off. */
    void awaitVersion(String id, Instant until, String note, Instant now) {
        sql.update(
                "update rpc set state = 'SENT', reported_at = ?, acknowledged_at = coalesce(acknowledged_at, ?),"
                        + " ended_at = null, expires_at = ?, note = ? where id = ? and (state in ('SENT', 'UNCONFIRMED',"
                        + " 'EXPIRED') or state = 'QUEUED' and attempts > 0) and reported_at is null",
                now,
                now,
                until,
                cut(note),
                id);
    }

    /** Removes ended ones older than this. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from rpc where sequence in (select sequence from rpc where ended_at < ? limit " + limit + ")",
                before);
    }

    /**
     * The oldest RPC of the device that may leave, now ours; at most one. A Download for which there is no place waits, and
     * nothing waits behind it.
     */
    Optional<QueuedRpc> claim(long deviceKey, Effect.ClaimNext claim, DownloadLimits downloads) {
        Optional<Next> next = next(deviceKey, claim, "");
        if (next.isPresent() && next.get().method() == AcsMethod.DOWNLOAD) {
            Next download = next.get();
            Optional<String> obstacle =
                    new DownloadSlots(sql, downloads).take(download.id(), download.tenant(), download.site());
            if (obstacle.isPresent()) {
                sql.update(
                        "update rpc set note = ? where id = ? and note <> ?",
                        obstacle.get(),
                        download.id(),
                        obstacle.get());
                next = next(deviceKey, claim, " and r.method <> 'DOWNLOAD'");
            }
        }
        if (next.isEmpty()) {
            return Optional.empty();
        }
        int claimed = sql.update(
                "update rpc set state = 'SENT', session = ?, sent_at = ?, attempts = attempts + 1, acknowledged_at ="
                        + " null, reported_at = null where id = ? and state = 'QUEUED'",
                claim.session(),
                claim.now(),
                next.get().id());
        return claimed == 1 ? byId(next.get().id()) : Optional.empty();
    }

    /** One that may leave. */
    private record Next(String id, AcsMethod method, String tenant, String site) {}

    private Optional<Next> next(long deviceKey, Effect.ClaimNext claim, String restriction) {
        return sql.first(
                "select id, method, tenant_id, site from rpc r where r.device_id = ? and r.state = 'QUEUED'"
                        + " and (r.not_before is null or r.not_before <= ?)"
                        + " and (r.expires_at is null or r.expires_at > ?) and r.session <> ?"
                        + " and not (r.method in ('DOWNLOAD', 'UPLOAD') and exists (select 1 from rpc o"
                        + " where o.device_id = r.device_id and o.state = 'SENT' and o.method in ('DOWNLOAD', 'UPLOAD')"
                        + " and o.acknowledged_at is not null))"
                        + restriction + " order by r.sequence limit 1",
                row -> new Next(
                        row.text("id"), AcsMethod.valueOf(row.text("method")), row.text("tenant_id"), row.text("site")),
                deviceKey,
                claim.now(),
                claim.now(),
                claim.session());
    }

    /** Takes back what a claim wrote: nothing of this RPC left. */
    void neverLeft(long deviceKey, String id) {
        sql.update(
                "update rpc set sent_at = case when attempts > 1 then sent_at end, attempts = attempts - 1"
                        + " where id = ? and device_id = ? and attempts > 0",
                id,
                deviceKey);
    }

    /** The phone has taken on what it was asked; its report is awaited until a moment, where there is one. */
    void acknowledge(long deviceKey, Effect.RpcAcknowledged acknowledged) {
        sql.update(
                "update rpc set acknowledged_at = ? where id = ? and device_id = ? and state = 'SENT'",
                acknowledged.at(),
                acknowledged.rpcId(),
                deviceKey);
        acknowledged
                .reportBy()
                .ifPresent(by -> sql.update(
                        "update rpc set lives_until = expires_at, expires_at = ?"
                                + " where id = ? and device_id = ? and state = 'SENT'"
                                + " and (expires_at is null or expires_at > ?)",
                        by,
                        acknowledged.rpcId(),
                        deviceKey,
                        by));
    }

    /** Back to the queue after a fault; false where it is not SENT any more, or would be given up before that moment. */
    boolean putOff(long deviceKey, Effect.RpcPutOff putOff) {
        return sql.update(
                        "update rpc set state = 'QUEUED', fault = ?, note = ?, not_before = ?, evidence = '',"
                                + " acknowledged_at = null, expires_at = coalesce(lives_until, expires_at),"
                                + " lives_until = null where id = ? and device_id = ? and state = 'SENT'"
                                + " and (expires_at is null or coalesce(lives_until, expires_at) > ?)",
                        fault(Optional.of(putOff.fault())),
                        SecretUrls.masked(cut(putOff.note())),
                        putOff.until(),
                        putOff.rpcId(),
                        deviceKey,
                        putOff.until())
                == 1;
    }

    /** A device's RPCs of these methods, each quoted, that are SENT: two are enough to know that it is not the only one. */
    List<QueuedRpc> sent(long deviceKey, String methods) {
        return sql.list(
                "select * from rpc where device_id = ? and state = 'SENT' and method in (" + methods
                        + ") order by sequence limit 2",
                this::rpc,
                deviceKey);
    }

    /** What devices have in hand: their RPCs in state SENT or QUEUED, oldest first. */
    List<QueuedRpc> inHand(List<Long> deviceKeys) {
        if (deviceKeys.isEmpty()) {
            return List.of();
        }
        return sql.list(
                "select * from rpc where device_id = any(?) and state in ('SENT', 'QUEUED')"
                        + " order by sequence limit 2000",
                this::rpc,
                Sql.keys(deviceKeys));
    }

    static @Nullable String fault(Optional<Fault> fault) {
        try {
            return fault.isEmpty() ? null : JSON.writeValueAsString(shown(fault.get()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a fault that is no JSON", impossible);
        }
    }

    /** A phone's text may repeat the address that it could not fetch, with its secrets. */
    private static Fault shown(Fault fault) {
        return new Fault(
                fault.code(),
                SecretUrls.masked(fault.text()),
                fault.parameters().stream()
                        .map(refused -> new Fault.ParameterFault(
                                refused.path(), refused.code(), SecretUrls.masked(refused.text())))
                        .toList());
    }

    private static Optional<Fault> fault(Row row) throws SQLException {
        Optional<String> text = row.maybeText("fault");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(text.get(), Fault.class));
        } catch (JsonProcessingException unreadable) {
            throw new SQLException("the fault of RPC " + row.text("id") + " is unreadable", unreadable);
        }
    }

    private QueuedRpc rpc(Row row) throws SQLException {
        return new QueuedRpc(
                row.text("id"),
                row.number("sequence"),
                row.number("device_id"),
                row.text("tenant_id"),
                row.text("site"),
                AcsMethod.valueOf(row.text("method")),
                row.bytes("arguments")
                        .map(stored -> new String(seal.open(SEALED_ARGUMENTS, stored), StandardCharsets.UTF_8))
                        .orElse("{}"),
                RpcState.valueOf(row.text("state")),
                row.time("created_at"),
                row.maybeTime("not_before"),
                row.maybeTime("expires_at"),
                row.maybeTime("sent_at"),
                row.maybeTime("acknowledged_at"),
                row.maybeTime("ended_at"),
                row.small("attempts"),
                row.text("session"),
                row.text("evidence"),
                row.bytes("result").map(stored -> new String(seal.open(SEALED_RESULT, stored), StandardCharsets.UTF_8)),
                fault(row),
                row.text("created_by"),
                row.text("note"),
                row.flag("forced"),
                new AwaitedVersion(row.text("awaited_version"), row.maybeTime("reported_at")));
    }

    static String names(Set<RpcState> states) {
        return states.stream().map(state -> "'" + state.name() + "'").collect(Collectors.joining(", "));
    }
}
