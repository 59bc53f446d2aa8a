package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.db.Device;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a device, small enough to be told to everybody who watches. It holds no values of phones and
 * no secrets: who wants to know more asks for it.
 *
 * @param row the device's row where it is at hand, which says who may hear of this; looked up otherwise
 * @param details what the JSON says besides kind, device and time
 */
public record LiveEvent(Kind kind, DeviceId device, Optional<Device> row, Instant at, Map<String, Object> details) {
    public LiveEvent {
        details = Map.copyOf(details);
    }

    /** What happened; the lower-case name is the server-sent event's name. */
    public enum Kind {
        /** A phone opened a session: {@code events}. */
        INFORM,
        /** A phone reported that parameters have changed: {@code parameters}, their names. */
        CHANGE,
        /** A phone called by itself, to report a transfer or the like: {@code method}. */
        CALL,
        /** An RPC was queued or moved: {@code id} where it is known, {@code method}, {@code state}. */
        RPC,
        /** A phone refused an RPC: {@code id}, {@code code}, {@code text}. */
        FAULT,
        /** A phone should have come and did not. */
        LATE,
        /** A device was added, changed, claimed or deleted. */
        DEVICE,
        /** A session ended and is in the archive: {@code id}, {@code outcome}. */
        SESSION
    }
}
