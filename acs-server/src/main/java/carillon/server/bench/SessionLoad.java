package carillon.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Idle Inform sessions in bulk, from many phones at once: each session is a new TCP connection that carries Inform (401),
 * Inform with Digest (200) and an empty POST (204).
 */
public final class SessionLoad {
    /** One phone as the load needs it: what it says, and its login. */
    public record Caller(String inform, String username, String password) {}

    /**
     * What a run brought.
     *
     * @param micros whole sessions, in microseconds
     * @param errors how often which thing went wrong
     */
    public record Outcome(int sessions, Histogram micros, Map<String, Integer> errors) {}

    private final int port;
    private final List<Caller> callers;

    public SessionLoad(int port, List<Caller> callers) {
        this.port = port;
        this.callers = List.copyOf(callers);
    }

    /** Runs this many sessions, one phone per thread. */
    public Outcome run(int sessions) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(sessions);
        Histogram micros = new ConcurrentHistogram(60_000_000L, 3);
        Map<String, Integer> errors = new ConcurrentHashMap<>();
        List<Thread> threads = callers.stream()
                .map(caller -> new Thread(() -> work(caller, left, micros, errors), "load"))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return new Outcome(sessions, micros, Map.copyOf(errors));
    }

    private void work(Caller caller, AtomicInteger left, Histogram micros, Map<String, Integer> errors) {
        byte[] inform = caller.inform().getBytes(StandardCharsets.UTF_8);
        while (left.getAndDecrement() > 0) {
            long start = System.nanoTime();
            try {
                session(caller, inform);
                micros.recordValue(Math.min((System.nanoTime() - start) / 1000, 59_000_000L));
            } catch (IOException failed) {
                errors.merge(String.valueOf(failed.getMessage()), 1, Integer::sum);
            }
        }
    }

    private void session(Caller caller, byte[] inform) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            String cookie = wire.opens(caller, inform);
            wire.expect(204, wire.says(PhoneWire.NOTHING, cookie, ""));
        }
    }
}
