package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often one may call within a minute: a device from one address, and an address as a whole with all that is no part
 * of an open session. Bounded in what it remembers. Who calls in a device's name from elsewhere uses up nothing of the
 * device's own share.
 */
public final class InformLimits {
    /** How long a count lasts, from the first call that it counts. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int REMEMBERED = 50_000;

    private final int perDevice;
    private final int perSource;
    private final Cache<Caller, AtomicInteger> devices;
    private final Cache<String, AtomicInteger> sources;

    private record Caller(DeviceId device, String sourceAddress) {}

    /** What is to be done with an Inform. */
    enum Verdict {
        /** It is taken. */
        FINE,
        /** It is put off, and it is the first one of its minute: worth a line in the log. */
        FIRST_OVER,
        /** It is put off like those before it. */
        OVER
    }

    /** With these numbers of calls a minute. */
    public InformLimits(int perDevice, int perSource) {
        this(perDevice, perSource, Ticker.systemTicker());
    }

    InformLimits(int perDevice, int perSource, Ticker ticker) {
        this.perDevice = perDevice;
        this.perSource = perSource;
        this.devices = counts(ticker);
        this.sources = counts(ticker);
    }

    private static <K> Cache<K, AtomicInteger> counts(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .ticker(ticker)
                .executor(Runnable::run) // a moment's work: not worth another thread
                .<K, AtomicInteger>build();
    }

    /** Counts an Inform. */
    Verdict inform(DeviceId device, String sourceAddress) {
        int count = count(devices, new Caller(device, sourceAddress));
        return count <= perDevice ? Verdict.FINE : count == perDevice + 1 ? Verdict.FIRST_OVER : Verdict.OVER;
    }

    /** Counts a message outside of an open session; true for the one that uses up what the address may send. */
    boolean isLastOf(String sourceAddress) {
        return count(sources, sourceAddress) == perSource;
    }

    /** Whether the address has used up what it may send outside of open sessions. */
    boolean isOver(String sourceAddress) {
        AtomicInteger count = sources.getIfPresent(sourceAddress);
        return count != null && count.get() >= perSource;
    }

    /** How many callers are remembered. */
    long remembered() {
        devices.cleanUp();
        sources.cleanUp();
        return devices.estimatedSize() + sources.estimatedSize();
    }

    private static <K> int count(Cache<K, AtomicInteger> counts, K key) {
        return counts.get(key, any -> new AtomicInteger()).incrementAndGet();
    }
}
