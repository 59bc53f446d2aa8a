package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many wrong logins are borne within a minute: of a device from one address, from an address as a whole, and of a
 * device from anywhere (CWMP-059). The latter two bind only who comes from where the device has not been seen: a site of
 * good phones behind one address is never shut out by one bad neighbour. Bounded in what it remembers. Thread-safe.
 */
final class LoginLimits {
    static final int PER_DEVICE_AND_SOURCE = 10;
    static final int PER_DEVICE = 60;
    static final int PER_SOURCE = 120;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;

    private final Cache<Key, AtomicInteger> failures;

    /** Either part may be empty: all sources, all devices. */
    private record Key(String device, String source) {}

    LoginLimits(Ticker ticker) {
        failures = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .ticker(ticker)
                .executor(Runnable::run) // a moment's work: not worth another thread
                .build();
    }

    LoginLimits() {
        this(Ticker.systemTicker());
    }

    /**
     * Whether this caller's login is not looked at now.
     *
     * @param atHome whether the device was last seen at this very address
     */
    boolean isOver(DeviceId device, String source, boolean atHome) {
        if (failures.estimatedSize() == 0) {
            return false; // as nearly always
        }
        String id = device.encoded();
        return count(new Key(id, source)) >= PER_DEVICE_AND_SOURCE
                || !atHome && (count(new Key(id, "")) >= PER_DEVICE || count(new Key("", source)) >= PER_SOURCE);
    }

    /** Notes a wrong login; true for the one that uses up what this device may try from this address. */
    boolean failed(DeviceId device, String source) {
        String id = device.encoded();
        add(new Key(id, ""));
        add(new Key("", source));
        return add(new Key(id, source)) == PER_DEVICE_AND_SOURCE;
    }

    /** The device has logged in from this address: what was tried before does not matter any more. */
    void succeeded(DeviceId device, String source) {
        if (failures.estimatedSize() > 0) {
            failures.invalidate(new Key(device.encoded(), source));
        }
    }

    /** How many counts are kept. */
    long remembered() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private int count(Key key) {
        AtomicInteger count = failures.getIfPresent(key);
        return count == null ? 0 : count.get();
    }

    private int add(Key key) {
        return failures.get(key, any -> new AtomicInteger()).incrementAndGet();
    }
}
