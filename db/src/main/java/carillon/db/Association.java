package carillon.db;

import carillon.cwmp.DeviceId;
import java.util.Optional;

/**
 * What a device tells of a device it belongs with (TR-069 Annex F): a phone of its gateway, a gateway of the phones behind it.
 *
 * @param side what the other one is
 * @param place the instance in the gateway's table; 0 where a phone tells of its only gateway
 * @param other the other one; empty where there is none any more
 */
public record Association(Side side, int place, Optional<DeviceId> other) {
    /** What the other one is to the one that tells. */
    public enum Side {
        GATEWAY,
        PHONE
    }

    /**
     * A device that another one belongs with.
     *
     * @param device its row, where it is known here
     */
    public record Linked(DeviceId id, Optional<Device> device) {}
}
