package carillon.db;

import carillon.cwmp.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions that came in a device's name without its proof. */
public final class ClaimStore {
    private static final int LONGEST_KEY = 64;

    private final Sql sql;
    private final EventStore events;

    ClaimStore(Sql sql, Chain.Numbers numbers) {
        this.sql = sql;
        this.events = new EventStore(sql, numbers);
    }

    /** Newest first, each with what was told. */
    public List<Claim> list(long deviceKey) {
        Map<String, List<ClaimEvent>> told = new HashMap<>();
        sql.list(
                        "select e.* from claim_event e join claim c on c.id = e.claim_id where c.device_id = ?"
                                + " order by e.id limit 10000",
                        ClaimStore::event,
                        deviceKey)
                .forEach(event -> told.computeIfAbsent(event.claimId(), any -> new ArrayList<>())
                        .add(event));
        return sql
                .list(
                        "select * from claim where device_id = ? order by last_seen desc limit 100",
                        ClaimStore::claim,
                        deviceKey)
                .stream()
                .map(claim -> claim.withTold(told.getOrDefault(claim.id(), List.of())))
                .toList();
    }

    /** Those of a scope that nobody has decided, newest first. */
    public List<Claim> pending(Scope scope, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        String where = DeviceSearch.within(scope, arguments);
        return sql.list(
                "select c.* from claim c join device d on d.id = c.device_id where c.state = 'PENDING' and " + where
                        + " order by c.last_seen desc limit " + limit,
                ClaimStore::claim,
                arguments.toArray());
    }

    /** By id, with what was told. */
    public Optional<Claim> find(String id) {
        return sql.first("select * from claim where id = ?", ClaimStore::claim, id)
                .map(claim -> claim.withTold(events(id)));
    }

    /** Decides a pending claim; false if it was not pending. */
    public boolean decide(String id, Claim.State state, String by, Instant at) {
        return sql.update(
                        "update claim set state = ?, decided_by = ?, last_seen = ? where id = ? and state = 'PENDING'",
                        state,
                        by,
                        at,
                        id)
                == 1;
    }

    private List<ClaimEvent> events(String claimId) {
        return sql.list("select * from claim_event where claim_id = ? order by id", ClaimStore::event, claimId);
    }

    private static ClaimEvent event(Row row) throws SQLException {
        return new ClaimEvent(
                row.text("claim_id"),
                row.time("at"),
                row.text("session"),
                new Event(row.text("code"), row.text("command_key")),
                row.text("details"),
                row.small("seen"),
                row.time("last_at"));
    }

    /** Makes what was told in a claim's sessions the device's own events; returns it. */
    public List<ClaimEvent> handOver(Claim claim, Device device) {
        List<ClaimEvent> told = events(claim.id());
        List<EventStore.NewEvent> own = new ArrayList<>();
        for (ClaimEvent one : told) {
            own.add(own(device, one.at(), one.session(), one.event(), one.details()));
            if (one.count() > 1) {
                String times = "{\"times\":" + one.count() + "}";
                own.add(own(device, one.lastAt(), "", one.event(), one.details().isEmpty() ? times : one.details()));
            }
        }
        events.append(own);
        sql.update("delete from claim_event where claim_id = ?", claim.id());
        return told;
    }

    private static EventStore.NewEvent own(Device device, Instant at, String session, Event event, String details) {
        return new EventStore.NewEvent(device.tenant(), device.site(), device.key(), at, session, event, details);
    }

    /** How many wait for a decision, of all devices. */
    public long pending() {
        return count("select count(*) as n from claim where state = 'PENDING'");
    }

    /** Removes what was last seen before this, at most so many; returns how many. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from claim where id in (select id from claim where last_seen < ? order by last_seen, id limit "
                        + limit + ")",
                before);
    }

    /** Counts up the pending claim from this source, or adds one; false where there is no room for it or what it tells. */
    boolean seen(Effect.ClaimSeen seen, ClaimLimits limits) {
        Claim claim = seen.claim();
        List<Told> told =
                seen.events().stream().map(event -> new Told(event, "")).toList();
        Optional<String> pending = pending(claim);
        if (pending.isEmpty()) {
            return told.size() <= limits.events()
                    && add(claim, limits)
                            .filter(id -> tell(id, claim, seen.session(), told, limits))
                            .isPresent();
        }
        if (!tell(pending.get(), claim, seen.session(), told, limits)) {
            return false;
        }
        sql.update(
                "update claim set seen = seen + 1, last_seen = ?, events = ?, expected = ? where id = ?",
                claim.lastSeen(),
                claim.events(),
                claim.expected(),
                pending.get());
        return true;
    }

    /** Something more from the same session; a claim that was decided meanwhile is followed by another. */
    boolean told(Effect.ClaimTold more, ClaimLimits limits) {
        Optional<String> id = pending(more.claim()).or(() -> add(more.claim(), limits));
        return id.filter(claim -> tell(
                        claim, more.claim(), more.session(), List.of(new Told(more.event(), more.details())), limits))
                .isPresent();
    }

    private record Told(Event event, String details) {}

    private Optional<String> pending(Claim claim) {
        return sql.first(
                "select id from claim where device_id = ? and source_address = ? and state = 'PENDING'"
                        + " order by last_seen desc limit 1",
                row -> row.text("id"),
                claim.deviceKey(),
                claim.sourceAddress());
    }

    /** Decided claims make room, the oldest first; pending ones hold what was acknowledged, and stay. */
    private Optional<String> add(Claim claim, ClaimLimits limits) {
        String full = "select count(*) as n from claim where tenant_id = ? and ";
        Instant anHourAgo = claim.firstSeen().minus(1, ChronoUnit.HOURS);
        if (count(full + "state = 'PENDING'", claim.tenant()) >= limits.pending()
                || count(
                                full + "source_address = ? and first_seen > ?",
                                claim.tenant(),
                                claim.sourceAddress(),
                                anHourAgo)
                        >= limits.perSource()
                || count("select count(*) as n from claim where device_id = ? and state = 'PENDING'", claim.deviceKey())
                        >= limits.perDevice()) {
            return Optional.empty();
        }
        sql.update(
                "delete from claim where device_id = ? and state <> 'PENDING' and id not in"
                        + " (select id from claim where device_id = ?"
                        + " order by case when state = 'PENDING' then 0 else 1 end, last_seen desc limit "
                        + (limits.perDevice() - 1) + ")",
                claim.deviceKey(),
                claim.deviceKey());
        boolean taken = count("select count(*) as n from claim where id = ?", claim.id()) > 0;
        String id = taken ? Ids.next() : claim.id(); // today's was decided: this is another one
        sql.update(
                "insert into claim (id, tenant_id, site, device_id, state, expected, source_address, events, seen,"
                        + " first_seen, last_seen, decided_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                claim.tenant(),
                claim.site(),
                claim.deviceKey(),
                claim.state(),
                claim.expected(),
                claim.sourceAddress(),
                claim.events(),
                claim.count(),
                claim.firstSeen(),
                claim.lastSeen(),
                claim.decidedBy());
        return Optional.of(id);
    }

    /** Keeps it one by one; where that is too much, what was told before is counted, and for anything new there is no room. */
    private boolean tell(String id, Claim claim, String session, List<Told> told, ClaimLimits limits) {
        long kept = count("select count(*) as n from claim_event where claim_id = ?", id);
        if (kept + told.size() <= limits.events()) {
            sql.batch(
                    "insert into claim_event (claim_id, tenant_id, site, at, session, code, command_key, details, seen,"
                            + " last_at) values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                    told.stream()
                            .map(one -> new @Nullable Object[] {
                                id,
                                claim.tenant(),
                                claim.site(),
                                claim.lastSeen(),
                                session,
                                cut(one.event().code()),
                                cut(one.event().commandKey()),
                                one.details().length() <= EventStore.LONGEST_DETAILS ? one.details() : "",
                                claim.lastSeen()
                            })
                            .toList());
            return true;
        }
        List<Long> known = new ArrayList<>();
        for (Told one : told) {
            Optional<Long> row = sql.first(
                    "select id from claim_event where claim_id = ? and code = ? and command_key = ?"
                            + " order by id desc limit 1",
                    found -> found.number("id"),
                    id,
                    cut(one.event().code()),
                    cut(one.event().commandKey()));
            if (row.isEmpty()) {
                return false;
            }
            known.add(row.get());
        }
        known.forEach(row ->
                sql.update("update claim_event set seen = seen + 1, last_at = ? where id = ?", claim.lastSeen(), row));
        return true;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_KEY ? text : text.substring(0, LONGEST_KEY);
    }

    private long count(String statement, @Nullable Object... arguments) {
        return sql.list(statement, row -> row.number("n"), arguments).get(0);
    }

    private static Claim claim(Row row) throws SQLException {
        return new Claim(
                row.text("id"),
                row.number("device_id"),
                row.text("tenant_id"),
                row.text("site"),
                Claim.State.valueOf(row.text("state")),
                row.flag("expected"),
                row.text("source_address"),
                row.text("events"),
                row.small("seen"),
                row.time("first_seen"),
                row.time("last_seen"),
                row.text("decided_by"));
    }
}
