package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.db.Device;
import carillon.db.Scope;
import carillon.server.lifecycle.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who watch what happens, as server-sent events. Publishing only puts the event in a queue, and not even that
 * while nobody watches; one thread serves all subscribers. What does not fit is left out and counted, and the subscribers
 * are told to {@code reload} what they show. A subscriber that is too slow is sent away and may come back.
 */
public final class EventStream implements Service {
    /** How many may watch at one time. */
    public static final int MOST_SUBSCRIBERS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int MOST_WAITING = 10_000;
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RELOAD = "event: reload\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private static final LiveEvent LAST =
            new LiveEvent(LiveEvent.Kind.DEVICE, new DeviceId("", "", "-"), Optional.empty(), Instant.EPOCH, Map.of());

    private final Function<DeviceId, Optional<Device>> lookup;
    private final Duration beat;
    private final BlockingQueue<LiveEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread teller = new Thread(this::run, "live-events");
    private volatile boolean closed;
    private volatile boolean overflown;
    private long number;

    /** The lookup finds the row of a device that an event came without; it may block. */
    public EventStream(Function<DeviceId, Optional<Device>> lookup) {
        this(lookup, BEAT);
    }

    EventStream(Function<DeviceId, Optional<Device>> lookup, Duration beat) {
        this.lookup = lookup;
        this.beat = beat;
        teller.setDaemon(true);
    }

    /** Whether anybody watches; what costs something to put together need not be otherwise. */
    public boolean isWatched() {
        return !subscribers.isEmpty();
    }

    /** Tells everybody who watches and may know. Never blocks. */
    public void publish(LiveEvent event) {
        if (isWatched() && !waiting.offer(event)) {
            dropped.incrementAndGet();
            synchronized (subscribers) {
                overflown = isWatched();
            }
        }
    }

    /** How many watch. */
    public int subscribers() {
        return subscribers.size();
    }

    /** How many events were left out and how many subscribers sent away, because they came too fast. */
    public long dropped() {
        return dropped.get();
    }

    /** Adds one; false if there are too many or the server stops. */
    boolean join(Subscriber subscriber) {
        synchronized (subscribers) {
            return !closed && subscribers.size() < MOST_SUBSCRIBERS && subscribers.add(subscriber);
        }
    }

    /** What waits behind the last one is nobody's: whoever comes next must not be drowned in it. */
    void leave(Subscriber subscriber) {
        synchronized (subscribers) {
            if (subscribers.remove(subscriber) && subscribers.isEmpty() && !closed) {
                waiting.clear();
                overflown = false;
            }
        }
    }

    @Override
    public String name() {
        return "live-events";
    }

    @Override
    public void start() {
        teller.start();
    }

    @Override
    public void stop() throws InterruptedException {
        synchronized (subscribers) {
            closed = true;
        }
        waiting.clear();
        waiting.add(LAST); // the teller is not interrupted: an interrupted read would close H2's file
        teller.join(TimeUnit.SECONDS.toMillis(2));
        subscribers.forEach(Subscriber::finish);
    }

    private void run() {
        long next = System.nanoTime() + beat.toNanos();
        while (!closed) {
            try {
                LiveEvent event = waiting.poll(Math.max(1, next - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (overflown) {
                    overflown = false;
                    waiting.clear();
                    all(RELOAD);
                } else if (event != null && !closed) {
                    tell(event);
                }
                if (System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + beat.toNanos();
                    beat();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failed) {
                LOG.error("an event was not told", failed);
            }
        }
    }

    private void beat() {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.isOld()) {
                subscriber.finish(); // it comes back, and has to say again who it is
            }
        }
        all(COMMENT);
    }

    private void all(byte[] text) {
        subscribers.forEach(subscriber -> offer(subscriber, text));
    }

    private void tell(LiveEvent event) {
        Optional<Device> row = event.row().isPresent() ? event.row() : lookup.apply(event.device());
        if (row.isEmpty()) {
            return; // deleted meanwhile: nobody knows any more who might hear of it
        }
        byte[] text = text(event);
        for (Subscriber subscriber : subscribers) {
            if (within(subscriber.scope(), row.get())) {
                offer(subscriber, text);
            }
        }
    }

    private void offer(Subscriber subscriber, byte[] text) {
        if (!subscriber.offer(text)) {
            dropped.incrementAndGet();
            subscriber.abort();
        }
    }

    private byte[] text(LiveEvent event) {
        return ("id: " + ++number + "\nevent: " + event.kind().text() + "\ndata: " + event.json() + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean within(Scope scope, Device device) {
        return device.tenant().equals(scope.tenant())
                && (scope.site().isEmpty() || scope.site().equals(device.site()))
                && (scope.tag().isEmpty() || device.tags().contains(scope.tag()));
    }
}
