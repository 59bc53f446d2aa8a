package carillon.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which devices hold which certificate authority of this server. */
public final class AuthorityHolders {
    private static final String APPROVED = " from device d where d.state = 'APPROVED' and d.tenant_id = ?";

    private final Sql sql;

    AuthorityHolders(Sql sql) {
        this.sql = sql;
    }

    /** How it is known. */
    public enum How {
        /** Somebody who calls himself so has fetched it: a hint. */
        FETCHED,
        /** The device has proven itself over TLS with a certificate under it. */
        CALLED
    }

    /**
     * How many there are.
     *
     * @param approved devices in all
     * @param called how many of them have called under this authority
     * @param fetched how many others have fetched it
     */
    public record Count(long approved, long called, long fetched) {
        /** Of how many nothing is known. */
        public long missing() {
            return approved - called - fetched;
        }
    }

    /** Notes one; what is known better stays. */
    public void note(Device device, String fingerprint, How how, Instant now) {
        int known = sql.update(
                "update authority_holder set how = case when how = 'CALLED' then how else ? end, seen_at = ?"
                        + " where device_id = ? and fingerprint = ?",
                how,
                now,
                device.key(),
                fingerprint);
        if (known == 0) {
            sql.update(
                    "insert into authority_holder (device_id, fingerprint, tenant_id, site, how, seen_at)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    device.key(),
                    fingerprint,
                    device.tenant(),
                    device.site(),
                    how,
                    now);
        }
    }

    /** How many approved devices of this scope hold it. */
    public Count count(Scope scope, String fingerprint) {
        List<@Nullable Object> arguments = new ArrayList<>();
        String holders = "(select count(*) from authority_holder h join device d on d.id = h.device_id"
                + " where h.fingerprint = ? and h.how = ? and d.state = 'APPROVED' and d.tenant_id = ?";
        String site = scope.site().isEmpty() ? "" : " and d.site = ?";
        arguments.add(scope.tenant());
        add(arguments, scope);
        for (How how : List.of(How.CALLED, How.FETCHED)) {
            arguments.add(fingerprint);
            arguments.add(how);
            arguments.add(scope.tenant());
            add(arguments, scope);
        }
        return sql.list(
                        "select (select count(*)" + APPROVED + site + ") as approved, " + holders + site
                                + ") as called, " + holders + site + ") as fetched",
                        row -> new Count(row.number("approved"), row.number("called"), row.number("fetched")),
                        arguments.toArray())
                .get(0);
    }

    /** Approved devices of this scope of which it is not known that they hold it, those that came last first. */
    public List<Device> missing(Scope scope, String fingerprint, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(scope.tenant());
        add(arguments, scope);
        arguments.add(fingerprint);
        return sql.list(
                "select d.*" + APPROVED + (scope.site().isEmpty() ? "" : " and d.site = ?")
                        + " and not exists (select 1 from authority_holder h where h.device_id = d.id"
                        + " and h.fingerprint = ?) order by d.last_inform desc nulls last, d.id limit " + limit,
                DeviceRows::device,
                arguments.toArray());
    }

    /** Forgets who holds this one. */
    public void forget(String fingerprint) {
        sql.update("delete from authority_holder where fingerprint = ?", fingerprint);
    }

    private static void add(List<@Nullable Object> arguments, Scope scope) {
        if (!scope.site().isEmpty()) {
            arguments.add(scope.site());
        }
    }
}
