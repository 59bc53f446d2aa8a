package carillon.db;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions that came in a device's name without its proof. */
public final class ClaimStore {
    private static final int MOST_PER_DEVICE = 20;

    private final Sql sql;

    ClaimStore(Sql sql) {
        this.sql = sql;
    }

    /** Newest first. */
    public List<Claim> list(long deviceKey) {
        return sql.list(
                "select * from claim where device_id = ? order by last_seen desc limit 100",
                ClaimStore::claim,
                deviceKey);
    }

    /** Those of a scope that nobody has decided, newest first. */
    public List<Claim> pending(Scope scope, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        String where = DeviceStore.within(scope, arguments);
        return sql.list(
                "select c.* from claim c join device d on d.id = c.device_id where c.state = 'PENDING' and " + where
                        + " order by c.last_seen desc limit " + limit,
                ClaimStore::claim,
                arguments.toArray());
    }

    /** By id. */
    public Optional<Claim> find(String id) {
        return sql.first("select * from claim where id = ?", ClaimStore::claim, id);
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

    /** Counts up today's pending claim from this source, or adds one; the oldest goes where there are too many. */
    void seen(Claim claim) {
        int counted = sql.update(
                "update claim set seen = seen + 1, last_seen = ?, events = ?, expected = ? where device_id = ?"
                        + " and source_address = ? and state = 'PENDING' and first_seen >= ?",
                claim.lastSeen(),
                claim.events(),
                claim.expected(),
                claim.deviceKey(),
                claim.sourceAddress(),
                claim.lastSeen().truncatedTo(ChronoUnit.DAYS));
        if (counted > 0) {
            return;
        }
        sql.update(
                "delete from claim where device_id = ? and id not in"
                        + " (select id from claim where device_id = ? order by last_seen desc limit "
                        + (MOST_PER_DEVICE - 1) + ")",
                claim.deviceKey(),
                claim.deviceKey());
        sql.update(
                "insert into claim (id, tenant_id, site, device_id, state, expected, source_address, events, seen,"
                        + " first_seen, last_seen, decided_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                find(claim.id()).isPresent() ? Ids.next() : claim.id(), // today's was decided: this is another one
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
