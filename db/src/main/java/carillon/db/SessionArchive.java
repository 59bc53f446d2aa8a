package carillon.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finished sessions with their exchange, sealed. */
public final class SessionArchive {

    /** Appends many in one go. */
    public void append(List<SessionRecord> sessions) {
        throw new UnsupportedOperationException("contract");
    }

    /** Newest first, without the exchange. */
    public Page<SessionRecord> list(long deviceKey, int limit, String cursor) {
        throw new UnsupportedOperationException("contract");
    }

    /** One with its exchange, if it lies in the scope. */
    public Optional<SessionRecord> find(Scope scope, String id) {
        throw new UnsupportedOperationException("contract");
    }

    /** Removes what is older. */
    public int prune(Instant before, int limit) {
        throw new UnsupportedOperationException("contract");
    }
}
