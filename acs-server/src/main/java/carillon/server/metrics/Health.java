package carillon.server.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server can do its work: each check is asked at most once a second, and by one caller at a time. */
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 2;
    private static final String FINE = "ok";

    /**
     * One condition.
     *
     * @param probe throws with a reason where it does not hold
     */
    public record Check(String name, Runnable probe) {}

    /** What was found; {@code checks} has {@code ok} or a reason for each. */
    public record Readiness(Map<String, String> checks) {
        public Readiness {
            checks = Map.copyOf(checks);
        }

        public boolean ready() {
            return checks.values().stream().allMatch(FINE::equals);
        }
    }

    private record Answer(Instant at, Readiness readiness) {}

    private final List<Check> checks;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    // the last answer; guarded by the lock
    private Optional<Answer> last = Optional.empty();

    public Health(List<Check> checks, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.clock = clock;
    }

    /** Whether everything that is needed is there. Waits two seconds at most while somebody else is asking. */
    public Readiness readiness() {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Readiness(Map.of("checks", "take longer than " + PATIENCE_SECONDS + " s"));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Readiness(Map.of("checks", "were interrupted"));
        }
        try {
            Instant now = clock.instant();
            if (last.isEmpty() || last.get().at().plus(FRESH).isBefore(now)) {
                last = Optional.of(new Answer(now, ask()));
            }
            return last.get().readiness();
        } finally {
            lock.unlock();
        }
    }

    private Readiness ask() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Check check : checks) {
            found.put(check.name(), ask(check));
        }
        return new Readiness(found);
    }

    private static String ask(Check check) {
        try {
            check.probe().run();
            return FINE;
        } catch (RuntimeException failed) {
            // the reason goes to the log; strangers are told only which check it is
            LOG.warn("not ready: {}: {}", check.name(), failed.getMessage());
            return "failed";
        }
    }
}
