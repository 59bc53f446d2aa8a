package carillon.db;

import carillon.cwmp.DeviceId;
import carillon.db.Association.Linked;
import carillon.db.Association.Side;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which phone is behind which gateway, as either of them tells. */
public final class AssociationStore {
    /** How many phones of one gateway are told of. */
    private static final int MOST = 200;

    private final Sql sql;

    AssociationStore(Sql sql) {
        this.sql = sql;
    }

    /** What a device told just now, in place of what it told before of the same place. */
    void tell(long deviceKey, List<Association> told, Instant at) {
        for (Association one : told) {
            sql.update(
                    "delete from association where device_id = ? and side = ? and place = ?",
                    deviceKey,
                    one.side(),
                    one.place());
            one.other()
                    .ifPresent(other -> sql.update(
                            "insert into association (device_id, place, side, tenant_id, site, oui, product_class,"
                                    + " serial, seen_at) select id, ?, ?, tenant_id, site, ?, ?, ?, ? from device"
                                    + " where id = ?",
                            one.place(),
                            one.side().name(),
                            other.oui(),
                            other.productClass(),
                            other.serial(),
                            at,
                            deviceKey));
        }
    }

    /** A device that starts anew tells of nothing any more. */
    void forget(long deviceKey) {
        sql.update("delete from association where device_id = ?", deviceKey);
    }

    /** The gateway that a device is behind: the one it names itself, else the one that names it; the newest. */
    public Optional<Linked> gateway(Device device) {
        List<Linked> gateways = linked(device, Side.GATEWAY);
        return gateways.isEmpty() ? Optional.empty() : Optional.of(gateways.get(0));
    }

    /** The devices behind a gateway, those it names and those that name it, at most 200. */
    public List<Linked> behind(Device gateway) {
        return linked(gateway, Side.PHONE);
    }

    /** What this device says of the others, and then the others that say it of this one. */
    private List<Linked> linked(Device device, Side side) {
        List<DeviceId> told = new ArrayList<>(sql.list(
                "select oui, product_class, serial from association where device_id = ? and side = ?"
                        + " order by seen_at desc, place limit " + MOST,
                AssociationStore::id,
                device.key(),
                side));
        told.addAll(sql.list(
                "select d.oui, d.product_class, d.serial from association a join device d on d.id = a.device_id"
                        + " where a.oui = ? and a.product_class = ? and a.serial = ? and a.side <> ?"
                        + " and d.tenant_id = ? order by a.seen_at desc, d.id limit " + MOST,
                AssociationStore::id,
                device.id().oui(),
                device.id().productClass(),
                device.id().serial(),
                side,
                device.tenant()));
        Map<DeviceId, Linked> linked = new LinkedHashMap<>();
        told.stream().distinct().limit(MOST).forEach(id -> linked.put(id, new Linked(id, known(id, device.tenant()))));
        return List.copyOf(linked.values());
    }

    private Optional<Device> known(DeviceId id, String tenant) {
        return sql.first(
                "select * from device where oui = ? and product_class = ? and serial = ? and tenant_id = ?",
                DeviceRows::device,
                id.oui(),
                id.productClass(),
                id.serial(),
                tenant);
    }

    private static DeviceId id(Row row) throws SQLException {
        return new DeviceId(row.text("oui"), row.text("product_class"), row.text("serial"));
    }
}
