package carillon.server.operator;

import carillon.db.Device;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who calls a phone, so that it opens a session. */
@FunctionalInterface
public interface PhoneCaller {
    /**
     * Calls it; never blocks, and what it returns ends within a bound and never exceptionally.
     *
     * @param kind which way; empty for whichever fits
     */
    CompletableFuture<CallResult> call(Device device, Optional<CallResult.Kind> kind);

    /** What came of the device's last calls, newest first. */
    default List<RecentCall> recent(Device device) {
        return List.of();
    }
}
