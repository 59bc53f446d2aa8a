package carillon.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions that came in a device's name without its proof. */
public final class ClaimStore {

    /** Newest first. */
    public List<Claim> list(long deviceKey) {
        throw new UnsupportedOperationException("contract");
    }

    /** By id. */
    public Optional<Claim> find(String id) {
        throw new UnsupportedOperationException("contract");
    }

    /** Decides a pending claim; false if it was not pending. */
    public boolean decide(String id, Claim.State state, String by, Instant at) {
        throw new UnsupportedOperationException("contract");
    }
}
