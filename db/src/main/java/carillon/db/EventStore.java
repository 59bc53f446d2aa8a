package carillon.db;

import java.time.Instant;

/** What happened to devices. */
public final class EventStore {

    /** Newest first. */
    public Page<StoredEvent> list(long deviceKey, int limit, String cursor) {
        throw new UnsupportedOperationException("contract");
    }

    /** Removes what is older, at most so many; returns how many. */
    public int prune(Instant before, int limit) {
        throw new UnsupportedOperationException("contract");
    }
}
