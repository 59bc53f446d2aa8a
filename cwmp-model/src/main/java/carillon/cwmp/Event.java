package carillon.cwmp;

import java.util.Optional;

/**
 * One entry of an Inform's event list (EventStruct).
 *
 * @param code as the device wrote it, vendor codes included
 * @param commandKey empty where the event has none
 */
public record Event(String code, String commandKey) {
    public static Event of(EventCode code) {
        return new Event(code.text(), "");
    }

    public static Event of(EventCode code, String commandKey) {
        return new Event(code.text(), commandKey);
    }

    /** The standard's code that this one means, if it is one of the standard's. */
    public Optional<EventCode> known() {
        return EventCode.of(code);
    }

    public boolean is(EventCode expected) {
        return known().filter(expected::equals).isPresent();
    }
}
