package carillon.server.connect;

import carillon.server.operator.CallResult;
import carillon.server.operator.RecentCall;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last few connection requests of each of the last devices that were called, in memory, newest first. */
final class RecentCalls {
    private static final int DEVICES = 10_000;
    private static final int PER_DEVICE = 10;

    private final Cache<Long, List<RecentCall>> calls =
            Caffeine.newBuilder().maximumSize(DEVICES).build();

    List<RecentCall> of(long deviceKey) {
        List<RecentCall> found = calls.getIfPresent(deviceKey);
        return found == null ? List.of() : found;
    }

    /** Keeps one; one that began at the same moment is replaced. */
    void keep(long deviceKey, Instant at, CallResult result, RecentCall.Contact contact) {
        calls.asMap().merge(deviceKey, List.of(new RecentCall(at, result, contact)), (old, young) -> {
            List<RecentCall> all = new ArrayList<>(young);
            old.stream()
                    .filter(call -> !call.at().equals(at))
                    .limit(PER_DEVICE - 1)
                    .forEach(all::add);
            return List.copyOf(all);
        });
    }
}
