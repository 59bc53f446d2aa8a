package carillon.phones;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What a fleet has done so far. Phones that are told to misbehave are counted apart, in its {@link #storm}; all other
 * numbers are of those that behave. Thread-safe.
 */
public final class FleetReport {
    private final long start = System.nanoTime();
    private final LongAdder sessions = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(600_000_000L, 3);
    private final Map<String, LongAdder> rpcs = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    private final StormReport storm = new StormReport();

    void add(List<Misbehaviour> wrong, SessionLog log) {
        if (!wrong.isEmpty()) {
            storm.add(wrong, log);
            return;
        }
        acknowledged.add(log.acknowledged());
        if (log.completed()) {
            sessions.increment();
            micros.recordValue(Math.min(log.nanos() / 1000, 599_000_000L));
        } else {
            errors.computeIfAbsent(log.reason(), any -> new LongAdder()).increment();
        }
        log.requests().forEach(request -> rpcs.computeIfAbsent(request.name(), any -> new LongAdder())
                .increment());
    }

    /** What became of the phones that misbehave. */
    public StormReport storm() {
        return storm;
    }

    /** Sessions that ended well. */
    public long sessions() {
        return sessions.sum();
    }

    /** Events that the server acknowledged, also in sessions that went wrong after that. */
    public long acknowledgedEvents() {
        return acknowledged.sum();
    }

    /** Sessions that did not. */
    public long errors() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Why, and how often. */
    public Map<String, Long> errorsByReason() {
        return sums(errors);
    }

    /** RPCs answered, by method. */
    public Map<String, Long> rpcs() {
        return sums(rpcs);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }

    private double perSecond() {
        return sessions.sum() / ((System.nanoTime() - start) / 1e9);
    }

    /** What half of the sessions that ended well took at most, in milliseconds. */
    public double medianMillis() {
        return at(50);
    }

    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "sessions %d (%.1f/s), latency ms p50 %.1f p90 %.1f p95 %.1f p99 %.1f max %.1f%nRPCs answered"
                        + " %s%nerrors %s%s",
                sessions.sum(),
                perSecond(),
                at(50),
                at(90),
                at(95),
                at(99),
                at(100),
                rpcs(),
                errorsByReason(),
                storm.text());
    }

    /** How long this part of the sessions took at most, in milliseconds. */
    public double at(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /** For machines. */
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"sessions\":%d,\"sessionsPerSecond\":%.1f,\"latencyMillis\":{\"p50\":%.1f,\"p90\":%.1f,"
                        + "\"p95\":%.1f,\"p99\":%.1f,\"max\":%.1f},\"rpcs\":%s,\"errors\":%s%s}",
                sessions.sum(),
                perSecond(),
                at(50),
                at(90),
                at(95),
                at(99),
                at(100),
                object(rpcs()),
                object(errorsByReason()),
                storm.json());
    }

    static String object(Map<String, Long> numbers) {
        StringBuilder out = new StringBuilder("{");
        numbers.forEach((name, number) -> out.append(out.length() > 1 ? "," : "")
                .append('"')
                .append(name.replaceAll("[\\\\\"\\p{Cntrl}]", "?"))
                .append("\":")
                .append(number));
        return out.append('}').toString();
    }
}
