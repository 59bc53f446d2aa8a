package carillon.server.operator;

import carillon.db.Device;
import carillon.db.Scope;
import carillon.db.Stores;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finding and changing the one device that somebody means. */
final class Devices {
    private static final int ATTEMPTS = 5;

    private Devices() {}

    /** The device that this text names; throws {@link ActionRefused} where there is none, or several. */
    static Device named(Stores stores, Scope scope, String idText) {
        List<Device> found = stores.devices().named(scope, idText);
        if (found.isEmpty()) {
            throw ActionRefused.notFound("there is no device " + shown(idText)
                    + "; devices are named OUI-ProductClass-Serial, see GET /api/v1/devices?q=");
        }
        if (found.size() > 1) {
            throw ActionRefused.ambiguous(
                    "several devices read " + shown(idText) + "; use one of the candidates' encoded ids",
                    found.stream().map(device -> device.id().encoded()).toList());
        }
        return found.get(0);
    }

    /** Changes a device that phones may be changing at the same time; returns the row before. */
    static Device change(Stores stores, long key, UnaryOperator<Device> change) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Device before = stores.devices()
                    .find(key)
                    .orElseThrow(() -> ActionRefused.notFound("the device was deleted meanwhile"));
            Device after = change.apply(before);
            if (after.equals(before) || stores.devices().update(after)) {
                return before;
            }
        }
        throw ActionRefused.conflict("the device is being changed by others just now; try again");
    }

    static boolean within(Scope scope, Device device) {
        return device.tenant().equals(scope.tenant())
                && (scope.site().isEmpty() || scope.site().equals(device.site()))
                && (scope.tag().isEmpty() || device.tags().contains(scope.tag()));
    }

    static String shown(String text) {
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "…'";
    }
}
