package carillon.db;

import carillon.cwmp.DeviceId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds devices as people ask for them: by their names, by words and fields, by counting them. */
final class DeviceSearch {
    private static final int COUNTED_UP_TO = 10_000;

    private final Sql sql;

    DeviceSearch(Sql sql) {
        this.sql = sql;
    }

    /** The devices of a scope that this text names: encoded, decoded, or encoded once more. */
    List<Device> named(Scope scope, String idText) {
        Map<Long, Device> found = new LinkedHashMap<>();
        String form = idText;
        // a text that is one device's encoded id and another's as it reads names both
        for (int i = 0; i < 3 && found.isEmpty(); i++) {
            identity(form).flatMap(id -> find(scope.tenant(), id)).ifPresent(device -> found.put(device.key(), device));
            sql.list("select * from device where id_text = ? order by id limit 10", DeviceRows::device, folded(form))
                    .forEach(device -> found.put(device.key(), device));
            found.values().removeIf(device -> !within(scope, device));
            form = decoded(form);
        }
        return List.copyOf(found.values());
    }

    private Optional<Device> find(String tenant, DeviceId id) {
        return sql.first(DeviceRows.BY_IDENTITY, DeviceRows::device, tenant, id.oui(), id.productClass(), id.serial());
    }

    /** One page of what was asked for. */
    Page<DeviceRow> page(Scope scope, DeviceQuery query) {
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
                DeviceRows::device,
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

    /** The dashboard numbers. */
    FleetCounts counts(Scope scope) {
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

    /** Whether the device lies in the scope. */
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
}
