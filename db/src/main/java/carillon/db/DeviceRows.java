package carillon.db;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Devices as rows of their table, both ways. */
final class DeviceRows {
    static final String BY_IDENTITY =
            "select * from device where tenant_id = ? and oui = ? and product_class = ? and serial = ?";

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
    static final String INSERT = "insert into device (" + String.join(", ", COLUMNS) + ", version) values ("
            + Sql.marks(COLUMNS.size()) + ", 1)";
    static final String UPDATE = "update device set "
            + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
            + ", version = version + 1 where id = ? and version = ?";

    private DeviceRows() {}

    /** The columns of an update, with the key and the version that it is made from. */
    static @Nullable Object[] changes(Device device) {
        @Nullable Object[] columns = columns(device);
        @Nullable Object[] all = Arrays.copyOf(columns, columns.length + 2);
        all[columns.length] = device.key();
        all[columns.length + 1] = device.version();
        return all;
    }

    static @Nullable Object[] columns(Device d) {
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
