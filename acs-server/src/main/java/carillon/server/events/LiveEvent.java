package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.db.Device;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    public LiveEvent {
        details = Map.copyOf(details);
    }

    /** As JSON on one line: kind, device, time, and the details. */
    String json() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", kind.text());
        data.put("device", device.encoded());
        data.put("at", at.toString());
        data.putAll(details);
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event that is no JSON", impossible);
        }
    }

    /** The same without its lists, whose names are told instead. */
    LiveEvent shortened() {
        Map<String, Object> kept = new LinkedHashMap<>(details);
        kept.values().removeIf(List.class::isInstance);
        kept.put(
                "leftOut",
                details.keySet().stream()
                        .filter(name -> !kept.containsKey(name))
                        .sorted()
                        .toList());
        return new LiveEvent(kind, device, row, at, kept);
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
        SESSION;

        /** As people and programs write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
