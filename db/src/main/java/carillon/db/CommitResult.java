package carillon.db;

import java.util.List;
import java.util.Optional;

/** What the group commit brought back for one turn; everything in it is durable.
 *
 * @param guardLost another writer was first: none of the turn's effects were kept, take it again on what is true now
 * @param refused the waiting list is full, or there is no room for the claim: nothing was kept
 * @param device the row as it is now, where the turn had a {@link Effect.DeviceSeen}
 * @param open for a turn with a {@link Effect.DeviceSeen} or a {@link Effect.Guard}: the device's RPCs in state SENT, oldest first, as they are
 *     after this turn's effects
 * @param hasQueued whether the device has queued RPCs that may leave
 * @param claimed the RPC that is now ours, where one was asked for and there was one
 * @param progress how far the claimed RPC had come before: its head, then its parts; empty where it begins
 * @param facts what is known of the model of the claimed RPC's phone
 * @param putOff ids of RPCs whose failure the phone reported, and that are asked again
 * @param awaiting RPCs of reported transfers whose version is awaited still
 * @param offered the file that the phone gets, where one was asked for and there is one
 */
public record CommitResult(
        boolean guardLost,
        boolean refused,
        Optional<Device> device,
        List<QueuedRpc> open,
        boolean hasQueued,
        Optional<QueuedRpc> claimed,
        List<String> progress,
        ModelFacts facts,
        List<String> putOff,
        List<String> awaiting,
        Optional<StoredFile> offered) {
    public CommitResult {
        open = List.copyOf(open);
        progress = List.copyOf(progress);
        putOff = List.copyOf(putOff);
        awaiting = List.copyOf(awaiting);
    }

    /** Of a turn that claimed nothing of many requests. */
    public CommitResult(
            boolean guardLost,
            boolean refused,
            Optional<Device> device,
            List<QueuedRpc> open,
            boolean hasQueued,
            Optional<QueuedRpc> claimed) {
        this(
                guardLost,
                refused,
                device,
                open,
                hasQueued,
                claimed,
                List.of(),
                ModelFacts.NONE,
                List.of(),
                List.of(),
                Optional.empty());
    }
}
