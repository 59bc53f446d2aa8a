package carillon.db;

import carillon.cwmp.DeviceId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Writes the effects of concurrent turns in one transaction, made durable once. */
public final class GroupCommit {

    /** Queues a turn's effects; completes once they are durable, exceptionally if the database failed. Never blocks. The future completes on the committer's thread: hand longer work on. */
    public CompletableFuture<CommitResult> submit(DeviceId device, long deviceKey, List<Effect> effects) {
        throw new UnsupportedOperationException("contract");
    }

    /** Called after each group commit, on the committer's thread, with what was written: for the live stream. Must not block. */
    public void onCommitted(Consumer<List<Committed>> listener) {
        throw new UnsupportedOperationException("contract");
    }

    /** How many turns wait and how many may. */
    public int waiting() {
        throw new UnsupportedOperationException("contract");
    }
}
