package carillon.db;

import carillon.cwmp.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** RPCs asked for, and their states. */
public final class RpcQueue {

    /** Accepts an RPC. */
    public QueuedRpc enqueue(NewRpc rpc) {
        throw new UnsupportedOperationException("contract");
    }

    /** By id, if it lies in the scope. */
    public Optional<QueuedRpc> find(Scope scope, String id) {
        throw new UnsupportedOperationException("contract");
    }

    /** Newest first. */
    public Page<QueuedRpc> list(long deviceKey, int limit, String cursor) {
        throw new UnsupportedOperationException("contract");
    }

    /** A compare-and-set move by a person or housekeeping; false if it was in none of these states. */
    public boolean move(
            String id,
            Set<RpcState> from,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at) {
        throw new UnsupportedOperationException("contract");
    }

    /** Notes something for people on an RPC. */
    public void annotate(String id, String note) {
        throw new UnsupportedOperationException("contract");
    }

    /** Ends what has passed its deadline; returns the ids. */
    public List<String> expire(Instant now, int limit) {
        throw new UnsupportedOperationException("contract");
    }

    /** Removes ended ones older than this. */
    public int prune(Instant before, int limit) {
        throw new UnsupportedOperationException("contract");
    }
}
