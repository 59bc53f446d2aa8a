package carillon.server.events;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/** How many sessions phones opened on this node in each of the last sixty minutes. Thread-safe, of constant size. */
public final class VisitRate {
    private static final int MINUTES = 60;
    private static final int RING = MINUTES + 1;

    // each cell is the minute since the epoch in the upper 32 bits and its count in the lower
    private final AtomicLongArray cells = new AtomicLongArray(RING);

    void count(Instant at) {
        long minute = at.getEpochSecond() / 60;
        cells.accumulateAndGet(
                (int) (minute % RING), minute, (cell, now) -> (cell >>> 32) == now ? cell + 1 : (now << 32) + 1);
    }

    /** Counts of the sixty minutes that end with this one, oldest first. */
    public long[] lastHour(Instant now) {
        long minute = now.getEpochSecond() / 60;
        return LongStream.rangeClosed(minute - MINUTES + 1, minute)
                .map(wanted -> {
                    long cell = cells.get((int) (wanted % RING));
                    return (cell >>> 32) == wanted ? cell & 0xffff_ffffL : 0;
                })
                .toArray();
    }
}
