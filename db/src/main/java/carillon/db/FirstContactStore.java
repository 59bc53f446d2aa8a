package carillon.db;

import carillon.cwmp.DeviceId;
import carillon.db.FirstContact.Said;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phones that asked for a profile. */
public final class FirstContactStore {
    private final Sql sql;

    FirstContactStore(Sql sql) {
        this.sql = sql;
    }

    /** Writes a visit down; false where the phone is new and there is no room for it, in all or of its address. */
    public boolean visited(String tenant, Said said, Instant now, FirstContact.Limits limits) {
        int known = sql.update(
                "update first_contact set serial = ?, model = ?, version = ?, source_address = ?, road = ?, path = ?,"
                        + " description = case when ? = '' then description else ? end, visits = visits + 1, last_at = ?"
                        + " where tenant_id = ? and identity = ?",
                said.serial(),
                said.model(),
                said.version(),
                said.source(),
                said.road(),
                said.path(),
                said.description(),
                said.description(),
                now,
                tenant,
                said.identity());
        if (known > 0) {
            return true;
        }
        if (count("select count(*) as n from first_contact where tenant_id = ?", tenant) >= limits.all()
                || count(
                                "select count(*) as n from first_contact where source_address = ? and first_at > ?",
                                said.source(),
                                now.minus(Duration.ofHours(1)))
                        >= limits.perSourceAndHour()) {
            return false;
        }
        sql.update(
                "insert into first_contact (id, tenant_id, site, identity, mac, serial, model, version,"
                        + " source_address, road, path, description, visits, first_at, last_at) values (?, ?, '', ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                Ids.next(),
                tenant,
                said.identity(),
                said.mac(),
                said.serial(),
                said.model(),
                said.version(),
                said.source(),
                said.road(),
                said.path(),
                said.description(),
                now,
                now);
        return true;
    }

    /** Newest first, with the devices that they turned out to be. */
    public Page<FirstContact> list(String tenant, int limit, String cursor) {
        List<@Nullable Object> arguments = new ArrayList<>(List.of(tenant));
        String after = "";
        if (!cursor.isEmpty()) {
            after = " and c.id < ?";
            arguments.add(Cursor.CONTACTS.place(cursor));
        }
        List<FirstContact> found = sql.list(
                "select c.*, d.oui, d.product_class, d.serial as device_serial from first_contact c left join device d"
                        + " on d.id = coalesce((select min(o.id) from device o where o.tenant_id = c.tenant_id and o.mac ="
                        + " c.mac and c.mac <> ''), (select min(o.id) from device o where o.tenant_id = c.tenant_id and"
                        + " o.serial = c.serial and c.serial <> '')) where c.tenant_id = ?" + after
                        + " order by c.id desc limit " + (limit + 1),
                FirstContactStore::contact,
                arguments.toArray());
        boolean more = found.size() > limit;
        List<FirstContact> shown = more ? found.subList(0, limit) : found;
        return new Page<>(
                shown,
                more ? Optional.of(Cursor.CONTACTS.of(shown.get(limit - 1).id())) : Optional.empty(),
                -1,
                false);
    }

    /** Forgets one; false if it is gone already. */
    public boolean delete(String tenant, String id) {
        return sql.update("delete from first_contact where tenant_id = ? and id = ?", tenant, id) == 1;
    }

    /** Forgets those that were not here since this moment; returns how many. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from first_contact where id in (select id from first_contact where last_at < ? limit " + limit
                        + ")",
                before);
    }

    private long count(String text, Object... arguments) {
        return sql.list(text, row -> row.number("n"), arguments).get(0);
    }

    private static FirstContact contact(Row row) throws SQLException {
        Optional<String> device = row.maybeText("device_serial");
        return new FirstContact(
                row.text("id"),
                row.text("tenant_id"),
                row.text("site"),
                new Said(
                        row.text("mac"),
                        row.text("serial"),
                        row.text("model"),
                        row.text("version"),
                        row.text("source_address"),
                        row.text("road"),
                        row.text("path"),
                        row.text("description")),
                row.number("visits"),
                row.time("first_at"),
                row.time("last_at"),
                device.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new DeviceId(row.text("oui"), row.text("product_class"), device.get()).encoded()));
    }
}
