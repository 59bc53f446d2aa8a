package carillon.db;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The devices that are known. */
public final class DeviceStore {
    private static final int COUNTED_UP_TO = 10_000;
    private static final List<String> COLUMNS = List.of(
            "tenant_id",
            "site",
            "oui",
            "product_class",
            "serial",
            "id_text",
            "state",
            "label",
            "tags",
            "manufacturer",
            "mac",
            "hardware_version",
            "software_version",
            "ip_address",
            "connection_request_url",
            "parameter_key",
            "root_object",
            "digest",
            "credentials",
            "generation",
            "issued_at",
            "readmit",
            "certified",
            "created_at",
            "last_inform",
            "inform_interval",
            "inform_plan",
            "expected_by",
            "look_at",
            "late",
            "source_address",
            "cwmp_version",
            "methods");
    private static final String INSERT = "insert into device (" + String.join(", ", COLUMNS) + ", version) values ("
            + Sql.marks(COLUMNS.size()) + ", 1)";
    private static final String UPDATE = "update device set "
            + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
            + ", version = version + 1 where id = ? and version = ?";
    private static final String CAME = "update device set last_inform = ?, expected_by = ?, source_address = ?,"
            + " version = version + 1 where id = ? and version = ?";

    private final Sql sql;
    private final Chain events;
    private final Chain sessions;

    DeviceStore(Sql sql, Chain.Numbers numbers) {
        this.sql = sql;
        this.events = new Chain(sql, Chain.Table.EVENTS, numbers);
        this.sessions = new Chain(sql, Chain.Table.SESSIONS, numbers);
    }

    /** The device with this identity (in any tenant: identities are unique). */
    public Optional<Device> find(DeviceId id) {
        return sql.first(
                "select * from device where oui = ? and product_class = ? and serial = ?",
                DeviceStore::device,
                id.oui(),
                id.productClass(),
                id.serial());
    }

    /** The device with this key. */
    public Optional<Device> find(long key) {
        return sql.first("select * from device where id = ?", DeviceStore::device, key);
    }

    /** The devices of a scope that this text names: encoded, decoded, or encoded once more. */
    public List<Device> named(Scope scope, String idText) {
        Map<Long, Device> found = new LinkedHashMap<>();
        String form = idText;
        // a text that is one device's encoded id and another's as it reads names both
        for (int i = 0; i < 3 && found.isEmpty(); i++) {
            identity(form).flatMap(this::find).ifPresent(device -> found.put(device.key(), device));
            sql.list("select * from device where id_text = ? order by id limit 10", DeviceStore::device, folded(form))
                    .forEach(device -> found.put(device.key(), device));
            found.values().removeIf(device -> !within(scope, device));
            form = decoded(form);
        }
        return List.copyOf(found.values());
    }

    /** One page of what was asked for. */
    public Page<DeviceRow> search(Scope scope, DeviceQuery query) {
        List<@Nullable Object> arguments = new ArrayList<>();
        String where = where(scope, query, arguments);
        long total = sql.list(
                        "select count(*) as n from (select id from device d where " + where + " limit "
                                + (COUNTED_UP_TO + 1) + ") counted",
                        row -> row.number("n"),
                        arguments.toArray())
                .get(0);
        int limit = Math.max(1, query.limit());
        if (!query.cursor().isEmpty()) {
            where += " and d.id > ?";
            arguments.add(Cursor.DEVICES.number(query.cursor()));
        }
        List<Device> devices = sql.list(
                "select d.* from device d where " + where + " order by d.id limit " + (limit + 1),
                DeviceStore::device,
                arguments.toArray());
        List<Device> shown = devices.size() > limit ? devices.subList(0, limit) : devices;
        Optional<String> next = devices.size() > limit
                ? Optional.of(Cursor.DEVICES.of(shown.get(limit - 1).key()))
                : Optional.empty();
        Map<Long, Integer> pending = pending(shown);
        return new Page<>(
                shown.stream()
                        .map(device -> new DeviceRow(device, pending.getOrDefault(device.key(), 0)))
                        .toList(),
                next,
                Math.min(total, COUNTED_UP_TO),
                total > COUNTED_UP_TO);
    }

    private Map<Long, Integer> pending(List<Device> devices) {
        Map<Long, Integer> pending = new HashMap<>();
        if (!devices.isEmpty()) {
            sql.list(
                    "select device_id, count(*) as n from rpc where state in ('QUEUED', 'SENT') and device_id in ("
                            + Sql.marks(devices.size()) + ") group by device_id",
                    row -> pending.put(row.number("device_id"), row.small("n")),
                    devices.stream().map(Device::key).toArray());
        }
        return pending;
    }

    /** The condition on {@code device d} that holds for the devices of a scope. */
    static String within(Scope scope, List<@Nullable Object> arguments) {
        StringBuilder where = new StringBuilder("d.tenant_id = ?");
        arguments.add(scope.tenant());
        equal(where, arguments, "d.site", scope.site());
        tagged(where, arguments, scope.tag());
        return where.toString();
    }

    private static String where(Scope scope, DeviceQuery query, List<@Nullable Object> arguments) {
        StringBuilder where = new StringBuilder(within(scope, arguments));
        equal(where, arguments, "d.site", query.site());
        tagged(where, arguments, query.tag());
        equal(where, arguments, "d.software_version", query.softwareVersion());
        equal(where, arguments, "d.product_class", query.productClass());
        query.state().ifPresent(state -> equal(where, arguments, "d.state", state.name()));
        query.late().ifPresent(late -> {
            where.append(" and d.late = ?");
            arguments.add(late);
        });
        for (String word : SearchTokens.ofQuery(query.text())) {
            where.append(" and exists (select 1 from device_token t where t.device_id = d.id"
                    + " and t.token >= ? and t.token < ?)");
            arguments.add(word);
            arguments.add(word + '\uffff');
        }
        return where.toString();
    }

    private static void equal(StringBuilder where, List<@Nullable Object> arguments, String column, String wanted) {
        if (!wanted.isEmpty()) {
            where.append(" and ").append(column).append(" = ?");
            arguments.add(wanted);
        }
    }

    private static void tagged(StringBuilder where, List<@Nullable Object> arguments, String tag) {
        if (!tag.isEmpty()) {
            where.append(" and d.tags like ? escape '!'");
            String escaped = tag.replace("!", "!!").replace("%", "!%").replace("_", "!_");
            arguments.add("%\n" + escaped + "\n%");
        }
    }

    /** Inserts; the result carries key and version. Throws {@link IllegalStateException} if the identity is taken. */
    public Device insert(Device device) {
        try {
            long key = sql.insert(INSERT, "id", columns(device));
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
        }
        return done;
    }

    /** Updates many, each if its version is still the one given: 1 where it was. Does not touch what is searched by. */
    int[] update(List<Device> devices) {
        return sql.batch(UPDATE, devices.stream().map(DeviceStore::changes).toList());
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

    private static @Nullable Object[] changes(Device device) {
        @Nullable Object[] columns = columns(device);
        @Nullable Object[] all = Arrays.copyOf(columns, columns.length + 2);
        all[columns.length] = device.key();
        all[columns.length + 1] = device.version();
        return all;
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

    /** The dashboard numbers. */
    public FleetCounts counts(Scope scope) {
        List<@Nullable Object> arguments = new ArrayList<>();
        String where =
                where(scope, new DeviceQuery("", Optional.empty(), Optional.empty(), "", "", "", "", 1, ""), arguments);
        Map<DeviceState, Long> byState = new EnumMap<>(DeviceState.class);
        long[] numbers = new long[2];
        sql.list(
                "select d.state, d.late, count(*) as n from device d where " + where + " group by d.state, d.late",
                row -> {
                    long n = row.number("n");
                    numbers[0] += n;
                    numbers[1] += row.flag("late") ? n : 0;
                    return byState.merge(DeviceState.valueOf(row.text("state")), n, Long::sum);
                },
                arguments.toArray());
        Map<String, Long> versions = new LinkedHashMap<>();
        sql.list(
                "select d.software_version as v, count(*) as n from device d where " + where
                        + " group by d.software_version order by n desc limit 20",
                row -> versions.put(row.text("v"), row.number("n")),
                arguments.toArray());
        long pending = sql.list(
                        "select count(*) as n from rpc r join device d on d.id = r.device_id"
                                + " where r.state in ('QUEUED', 'SENT') and " + where,
                        row -> row.number("n"),
                        arguments.toArray())
                .get(0);
        return new FleetCounts(numbers[0], byState, numbers[1], versions, pending);
    }

    /**
     * Marks devices late whose time has come, by index, and returns them as they now are. Those that came meanwhile are
     * looked at again when they are next expected. Looks at no more than {@code limit}.
     */
    public Marked markLate(Instant now, int limit) {
        List<Device> due = sql.list(
                "select * from device where look_at < ? order by look_at limit " + limit, DeviceStore::device, now);
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

    static boolean within(Scope scope, Device device) {
        return device.tenant().equals(scope.tenant())
                && (scope.site().isEmpty() || scope.site().equals(device.site()))
                && (scope.tag().isEmpty() || device.tags().contains(scope.tag()));
    }

    private static Optional<DeviceId> identity(String encoded) {
        try {
            return Optional.of(DeviceId.parse(encoded));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** The OUI's case does not matter. */
    private static String folded(String idText) {
        int dash = idText.indexOf('-');
        return dash < 0
                ? idText
                : idText.substring(0, dash).toUpperCase(java.util.Locale.ROOT) + idText.substring(dash);
    }

    private static @Nullable Object[] columns(Device d) {
        Device.Reported r = d.reported();
        Device.Trust t = d.trust();
        Device.Presence p = d.presence();
        return new @Nullable Object[] {
            d.tenant(),
            d.site(),
            d.id().oui(),
            d.id().productClass(),
            d.id().serial(),
            d.id().decoded(),
            d.state(),
            d.label(),
            joined(d.tags()),
            r.manufacturer(),
            r.mac(),
            r.hardwareVersion(),
            r.softwareVersion(),
            r.ipAddress(),
            r.connectionRequestUrl(),
            r.parameterKey(),
            r.rootObject(),
            r.digest(),
            t.credentials(),
            t.generation(),
            t.issuedAt().orElse(null),
            t.readmit(),
            t.certified(),
            p.createdAt(),
            p.lastInform().orElse(null),
            p.informInterval().map(Duration::toSeconds).orElse(null),
            p.informPlan(),
            p.expectedBy().orElse(null),
            p.late() ? null : p.expectedBy().orElse(null),
            p.late(),
            p.sourceAddress(),
            d.spoken().cwmp().map(CwmpVersion::number).orElse(""),
            d.spoken().methods().stream().sorted().collect(Collectors.joining("\n"))
        };
    }

    private static String joined(Set<String> tags) {
        return tags.isEmpty() ? "" : tags.stream().sorted().collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static Set<String> lines(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split("\n"))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.toSet());
    }

    static Device device(Row row) throws SQLException {
        return new Device(
                row.number("id"),
                row.text("tenant_id"),
                row.text("site"),
                new DeviceId(row.text("oui"), row.text("product_class"), row.text("serial")),
                DeviceState.valueOf(row.text("state")),
                row.text("label"),
                lines(row.text("tags")),
                new Device.Reported(
                        row.text("manufacturer"),
                        row.text("mac"),
                        row.text("hardware_version"),
                        row.text("software_version"),
                        row.text("ip_address"),
                        row.text("connection_request_url"),
                        row.text("parameter_key"),
                        row.text("root_object"),
                        row.text("digest")),
                new Device.Trust(
                        CredentialState.valueOf(row.text("credentials")),
                        row.small("generation"),
                        row.maybeTime("issued_at"),
                        row.flag("readmit"),
                        row.flag("certified")),
                new Device.Presence(
                        row.time("created_at"),
                        row.maybeTime("last_inform"),
                        row.maybeNumber("inform_interval").map(Duration::ofSeconds),
                        row.text("inform_plan"),
                        row.maybeTime("expected_by"),
                        row.flag("late"),
                        row.text("source_address")),
                new Device.Spoken(CwmpVersion.ofNumber(row.text("cwmp_version")), lines(row.text("methods"))),
                row.number("version"));
    }
}
