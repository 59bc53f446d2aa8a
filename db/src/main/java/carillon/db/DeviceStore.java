package carillon.db;

import carillon.cwmp.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The devices that are known. */
public final class DeviceStore {
    private static final String CAME = "update device set last_inform = ?, expected_by = ?, source_address = ?,"
            + " version = version + 1 where id = ? and version = ?";

    private final Sql sql;
    private final DeviceSearch search;
    private final Chain events;
    private final Chain sessions;

    DeviceStore(Sql sql, Chain.Numbers numbers) {
        this.sql = sql;
        this.search = new DeviceSearch(sql);
        this.events = new Chain(sql, Chain.Table.EVENTS, numbers);
        this.sessions = new Chain(sql, Chain.Table.SESSIONS, numbers);
    }

    /** The device with this identity in the default tenant, which is the one that an Inform means. */
    public Optional<Device> find(DeviceId id) {
        return find(Scope.DEFAULT_TENANT, id);
    }

    /** The device with this identity in a tenant. */
    public Optional<Device> find(String tenant, DeviceId id) {
        return sql.first(DeviceRows.BY_IDENTITY, DeviceRows::device, tenant, id.oui(), id.productClass(), id.serial());
    }

    /** The device with this key. */
    public Optional<Device> find(long key) {
        return sql.first("select * from device where id = ?", DeviceRows::device, key);
    }

    /** The devices of a scope that this text names: encoded, decoded, or encoded once more. */
    public List<Device> named(Scope scope, String idText) {
        return search.named(scope, idText);
    }

    /** One page of what was asked for. */
    public Page<DeviceRow> search(Scope scope, DeviceQuery query) {
        return search.page(scope, query);
    }

    /** The dashboard numbers. */
    public FleetCounts counts(Scope scope) {
        return search.counts(scope);
    }

    /** Inserts; the result carries key and version. Throws {@link IllegalStateException} if the identity is taken. */
    public Device insert(Device device) {
        try {
            long key = sql.insert(DeviceRows.INSERT, "id", DeviceRows.columns(device));
            events.begin(key);
            sessions.begin(key);
            Device stored = device.stored(key, 1);
            index(List.of(stored));
            return stored;
        } catch (Sql.Failure failed) {
            if (failed.isDuplicate()) {
                throw new IllegalStateException("the device " + device.id() + " exists already", failed);
            }
            throw failed;
        }
    }

    /** Updates if the version is still the one given; false if not. Raises the version. */
    public boolean update(Device device) {
        boolean done = update(List.of(device))[0] == 1;
        if (done) {
            index(List.of(device));
            sql.update(
                    "update parameter_document set site = ? where device_id = ? and site <> ?",
                    device.site(),
                    device.key(),
                    device.site());
        }
        return done;
    }

    /** Updates many, each if its version is still the one given: 1 where it was. Does not touch what is searched by. */
    int[] update(List<Device> devices) {
        return sql.batch(
                DeviceRows.UPDATE, devices.stream().map(DeviceRows::changes).toList());
    }

    /**
     * Notes that many came and had nothing new to tell, each if its version is still the one given: 1 where it was. Their
     * {@code expectedBy} is not earlier than it was.
     */
    int[] came(List<Device> devices) {
        List<@Nullable Object[]> rows = new ArrayList<>(devices.size());
        for (Device device : devices) {
            Device.Presence presence = device.presence();
            rows.add(new @Nullable Object[] {
                presence.lastInform().orElse(null),
                presence.expectedBy().orElse(null),
                presence.sourceAddress(),
                device.key(),
                device.version()
            });
        }
        return sql.batch(CAME, rows);
    }

    /** Writes anew what these devices are found by. */
    void index(List<Device> devices) {
        sql.batch(
                "delete from device_token where device_id = ?",
                devices.stream()
                        .map(device -> new @Nullable Object[] {device.key()})
                        .toList());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Device device : devices) {
            for (String token : SearchTokens.of(device)) {
                rows.add(new @Nullable Object[] {token, device.key()});
            }
        }
        sql.batch("insert into device_token (token, device_id) values (?, ?)", rows);
    }

    /** Deletes the device and all that belongs to it. */
    public boolean delete(long key) {
        events.forget(key);
        sessions.forget(key);
        return sql.update("delete from device where id = ?", key) == 1;
    }

    /** Removes devices of a tenant that wait and have not come since, at most so many; returns how many. */
    public int pruneWaiting(String tenant, Instant before, int limit) {
        List<Long> keys = sql.list(
                "select id from device where tenant_id = ? and state = 'WAITING' and coalesce(last_inform, created_at)"
                        + " < ? order by id limit " + limit,
                row -> row.number("id"),
                tenant,
                before);
        keys.forEach(this::delete);
        return keys.size();
    }

    /**
     * Marks devices late whose time has come, by index, and returns them as they now are. Those that came meanwhile are
     * looked at again when they are next expected. Looks at no more than {@code limit}.
     */
    public Marked markLate(Instant now, int limit) {
        List<Device> due = sql.list(
                "select * from device where look_at < ? order by look_at limit " + limit, DeviceRows::device, now);
        List<Device> late = new ArrayList<>();
        List<@Nullable Object[]> cameMeanwhile = new ArrayList<>();
        for (Device device : due) {
            if (device.presence().expectedBy().filter(by -> by.isBefore(now)).isEmpty()) {
                cameMeanwhile.add(new @Nullable Object[] {device.key(), device.version()});
                continue;
            }
            Device.Presence was = device.presence();
            Device changed = device.withPresence(new Device.Presence(
                    was.createdAt(),
                    was.lastInform(),
                    was.informInterval(),
                    was.informPlan(),
                    was.expectedBy(),
                    true,
                    was.sourceAddress()));
            if (update(List.of(changed))[0] == 1) {
                late.add(changed.stored(device.key(), device.version() + 1));
            }
        }
        sql.batch("update device set look_at = expected_by where id = ? and version = ?", cameMeanwhile);
        return new Marked(late, due.size());
    }

    /**
     * What {@link #markLate} did.
     *
     * @param late those that are late now
     * @param looked how many were looked at; as many as the limit if there may be more
     */
    public record Marked(List<Device> late, int looked) {
        public Marked {
            late = List.copyOf(late);
        }
    }
}
