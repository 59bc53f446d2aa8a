package carillon.phones;

import java.time.Duration;

/** How long a phone waits after failed sessions (TR-069 Amendment 6, 3.2.1.1), with the standard's own 5 s and factor 2. */
final class RetrySchedule {
    private static final long SHORTEST_MILLIS = 5_000;
    private static final int LAST_STEP = 10;

    private RetrySchedule() {}

    /**
     * The wait before the next attempt: 5 to 10 s after the first failure, 10 to 20 s after the second, up to 2560 to
     * 5120 s from the tenth on.
     *
     * @param failures in a row, 1 or more
     * @param chance 0 to 1: where in that range
     */
    static Duration after(int failures, double chance) {
        long shortest = SHORTEST_MILLIS << Math.min(Math.max(failures, 1), LAST_STEP) - 1;
        return Duration.ofMillis(shortest + (long) (shortest * chance));
    }
}
