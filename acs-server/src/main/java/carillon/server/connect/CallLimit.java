package carillon.server.connect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/** How often one phone is called: a burst, then once every two seconds. */
final class CallLimit {
    /** Calls in a row. */
    static final int BURST = 30;

    /** Then one in this time. */
    static final Duration PACE = Duration.ofSeconds(2);

    private static final int REMEMBERED = 100_000;

    // when the phone's allowance is full again
    private final Cache<Long, Instant> fullAgain =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** Whether the phone may be called now; if so, it counts. */
    boolean take(long deviceKey, Instant now) {
        Instant latest = now.plus(PACE.multipliedBy(BURST));
        boolean[] taken = new boolean[1];
        fullAgain.asMap().compute(deviceKey, (key, before) -> {
            // a clock that was set back must not lock a phone out
            Instant start = before == null || before.isBefore(now) || before.isAfter(latest) ? now : before;
            Instant after = start.plus(PACE);
            taken[0] = !after.isAfter(latest);
            return taken[0] ? after : start;
        });
        return taken[0];
    }
}
