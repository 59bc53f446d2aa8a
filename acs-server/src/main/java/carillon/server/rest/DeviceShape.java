package carillon.server.rest;

import carillon.db.Device;
import carillon.db.DeviceRow;
import carillon.server.operator.DeviceActions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device as the API shows it.
 *
 * @param id OUI-ProductClass-Serial, each part percent-encoded
 * @param mac twelve lower-case hexadecimal digits
 * @param drift how many keys differ from what is desired
 * @param informInterval seconds, where this device has its own
 * @param gateway the id of the gateway that it is behind, known here or not; where one device is read
 * @param behind the ids of the devices behind it; where one device is read, and there are any
 */
@Schema(name = "Device")
record DeviceShape(
        String id,
        @Nullable String manufacturer,
        String oui,
        String productClass,
        String serial,
        @Nullable String mac,

        @Schema(allowableValues = {"announced", "waiting", "approved", "refused"})
        String state,

        String label,
        String site,
        List<String> tags,
        @Nullable String hardwareVersion,
        @Nullable String softwareVersion,
        @Nullable String ipAddress,
        @Nullable String sourceAddress,
        @Nullable String connectionRequestUrl,
        @Nullable String parameterKey,
        String createdAt,
        @Nullable String lastInform,
        @Nullable String expectedBy,
        @Nullable Long informInterval,
        boolean late,
        int drift,
        int pendingRpcs,
        @Nullable String gateway,
        @Nullable List<String> behind) {

    static DeviceShape of(DeviceRow row) {
        return of(row.device(), row.pendingRpcs());
    }

    static DeviceShape of(Device device, int pendingRpcs) {
        return of(device, pendingRpcs, new DeviceActions.Company(Optional.empty(), List.of()));
    }

    static DeviceShape of(Device device, int pendingRpcs, DeviceActions.Company company) {
        Device.Reported reported = device.reported();
        Device.Presence presence = device.presence();
        return new DeviceShape(
                device.id().encoded(),
                known(reported.manufacturer()),
                device.id().oui(),
                device.id().productClass(),
                device.id().serial(),
                known(reported.mac()),
                Shapes.lower(device.state()),
                device.label(),
                device.site(),
                device.tags().stream().sorted().toList(),
                known(reported.hardwareVersion()),
                known(reported.softwareVersion()),
                known(reported.ipAddress()),
                known(presence.sourceAddress()),
                known(reported.connectionRequestUrl()),
                known(reported.parameterKey()),
                presence.createdAt().toString(),
                Shapes.text(presence.lastInform()),
                Shapes.text(presence.expectedBy()),
                presence.informInterval().map(every -> every.toSeconds()).orElse(null),
                presence.late(),
                0,
                pendingRpcs,
                company.gateway().map(linked -> linked.id().encoded()).orElse(null),
                company.behind().isEmpty()
                        ? null
                        : company.behind().stream()
                                .map(linked -> linked.id().encoded())
                                .toList());
    }

    private static @Nullable String known(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty()).orElse(null);
    }
}
