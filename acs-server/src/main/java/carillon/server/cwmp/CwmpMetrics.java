package carillon.server.cwmp;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is counted of the phones' visits; each counter is looked up once. */
public final class CwmpMetrics {
    /** What the errors of phones are counted under, by reason. */
    public static final String ERRORS = "carillon.cwmp.errors";

    private final Map<EventCode, Counter> informs = new EnumMap<>(EventCode.class);
    private final MeterRegistry registry;
    private final Counter vendorInforms;
    private final Counter challenges;
    private final Counter malformed;
    private final Counter overload;
    private final Counter lostGuards;
    private final Counter redirects;
    private final Counter failedLogins;
    private final Map<FaultCode, Counter> faults = new EnumMap<>(FaultCode.class);
    private final Counter otherFaults;
    private final Map<AcsMethod, Timer> answers = new EnumMap<>(AcsMethod.class);

    public CwmpMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (EventCode code : EventCode.values()) {
            informs.put(code, registry.counter("carillon.cwmp.events", "event", code.text()));
        }
        this.vendorInforms = registry.counter("carillon.cwmp.events", "event", "other");
        this.challenges = registry.counter("carillon.cwmp.challenges");
        this.malformed = registry.counter("carillon.cwmp.malformed");
        this.overload = registry.counter("carillon.cwmp.put.off");
        this.lostGuards = registry.counter("carillon.cwmp.turns.repeated");
        this.redirects = registry.counter("carillon.cwmp.redirects");
        this.failedLogins = registry.counter("carillon.cwmp.logins.failed");
        for (FaultCode code : FaultCode.values()) {
            if (code.number() >= 9000) {
                faults.put(code, registry.counter("carillon.cwmp.faults", "code", Integer.toString(code.number())));
            }
        }
        this.otherFaults = registry.counter("carillon.cwmp.faults", "code", "other");
        for (AcsMethod method : AcsMethod.values()) {
            answers.put(method, registry.timer("carillon.cwmp.answers", "method", method.rpcName()));
        }
    }

    void informed(List<Event> events) {
        for (Event event : events) {
            event.known().map(informs::get).orElse(vendorInforms).increment();
        }
    }

    void challenged() {
        challenges.increment();
    }

    void failedLogin() {
        failedLogins.increment();
    }

    void redirected() {
        redirects.increment();
    }

    /** A phone answered a request of ours, which had left so long before. */
    void answered(AcsMethod method, long nanos) {
        Timer timer = answers.get(method);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A phone answered with a fault. */
    void fault(Fault fault) {
        FaultCode.of(fault.code()).map(faults::get).orElse(otherFaults).increment();
    }

    /**
     * Something of a phone was refused, or a session did not end as it should: once for each, whatever else is counted of
     * it.
     *
     * @param reason an HTTP status, a fault code, {@code SOAP} for a fault of SOAP alone, or {@code unanswered}; sessions
     *     that are {@code abandoned} are counted where they are kept
     */
    void error(String reason) {
        registry.counter(ERRORS, "reason", reason).increment();
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
