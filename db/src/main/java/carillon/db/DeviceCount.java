package carillon.db;

import java.util.concurrent.TimeUnit;

/** About how many devices there are: counted at most once a minute, and by what was added since. Thread-safe. */
final class DeviceCount {
    private static final long LIFE = TimeUnit.MINUTES.toNanos(1);

    private long count = -1;
    private long countedAt;

    /** Whether one more is too many. */
    synchronized boolean isFull(Sql sql, int limit) {
        long now = System.nanoTime();
        if (count < 0 || now - countedAt > LIFE) {
            count = sql.list("select count(*) as n from device", row -> row.number("n"))
                    .get(0);
            countedAt = now;
        }
        return count >= limit;
    }

    synchronized void added() {
        count++;
    }
}
