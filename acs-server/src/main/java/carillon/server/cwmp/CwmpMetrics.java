package carillon.server.cwmp;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is counted of the phones' visits; each counter is looked up once. */
public final class CwmpMetrics {
    private final Map<EventCode, Counter> informs = new EnumMap<>(EventCode.class);
    private final Counter vendorInforms;
    private final Counter challenges;
    private final Counter malformed;
    private final Counter overload;
    private final Counter lostGuards;

    public CwmpMetrics(MeterRegistry registry) {
        for (EventCode code : EventCode.values()) {
            informs.put(code, registry.counter("carillon.cwmp.events", "event", code.text()));
        }
        this.vendorInforms = registry.counter("carillon.cwmp.events", "event", "other");
        this.challenges = registry.counter("carillon.cwmp.challenges");
        this.malformed = registry.counter("carillon.cwmp.malformed");
        this.overload = registry.counter("carillon.cwmp.put.off");
        this.lostGuards = registry.counter("carillon.cwmp.turns.repeated");
    }

    void informed(List<Event> events) {
        for (Event event : events) {
            event.known().map(informs::get).orElse(vendorInforms).increment();
        }
    }

    void challenged() {
        challenges.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void putOff() {
        overload.increment();
    }

    void repeated() {
        lostGuards.increment();
    }
}
