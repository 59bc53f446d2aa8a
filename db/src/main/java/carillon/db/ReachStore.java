package carillon.db;

import java.time.Instant;

/** How devices can be reached; a row for each of which there is something to say. */
public final class ReachStore {
    private static final int LONGEST_PLAN = 500;

    private final Sql sql;

    ReachStore(Sql sql) {
        this.sql = sql;
    }

    /** What is known of a device. */
    public Reach find(long deviceKey) {
        return sql.first(
                        "select * from reach where device_id = ?",
                        row -> new Reach(
                                row.text("address"), row.small("port"), row.maybeTime("bound_at"), row.text("plan")),
                        deviceKey)
                .orElse(Reach.NOTHING);
    }

    /** Where the STUN server sees it now. */
    public void bind(long deviceKey, String address, int port, Instant at) {
        ensure(deviceKey);
        sql.update(
                "update reach set address = ?, port = ?, bound_at = ? where device_id = ?",
                address,
                port,
                at,
                deviceKey);
    }

    /**
     * A timestamp for the device's next UDP connection request: now in seconds since 1970, but higher than every one
     * before it, whatever the clock did and however often the server was started.
     */
    public long nextStamp(long deviceKey, long now) {
        ensure(deviceKey);
        sql.update(
                "update reach set last_stamp = case when last_stamp >= ? then last_stamp + 1 else ? end"
                        + " where device_id = ?",
                now,
                now,
                deviceKey);
        return sql.first("select last_stamp from reach where device_id = ?", row -> row.number("last_stamp"), deviceKey)
                .orElse(now);
    }

    /** What it was told about being reached. */
    public void planned(long deviceKey, String plan) {
        ensure(deviceKey);
        sql.update(
                "update reach set plan = ? where device_id = ?",
                plan.length() > LONGEST_PLAN ? plan.substring(0, LONGEST_PLAN) : plan,
                deviceKey);
    }

    private void ensure(long deviceKey) {
        sql.update(
                "insert into reach (device_id, address, port, bound_at, last_stamp, plan) select id, '', 0, null, 0, ''"
                        + " from device where id = ? and not exists (select 1 from reach where device_id = ?)",
                deviceKey,
                deviceKey);
    }
}
