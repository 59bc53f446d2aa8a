package carillon.server.files;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Whether a visit to an address that is no good is worth a line of the log: one within a minute is. */
final class LostVisits {
    private final AtomicLong told = new AtomicLong();

    boolean isWorthALine(Instant now) {
        long minute = now.getEpochSecond() / 60;
        return told.getAndSet(minute) != minute;
    }
}
