package carillon.server.stun;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;

/** How many requests of one address are answered within a second; whole sites of phones may come from one. */
final class SourceLimit {
    private static final int REMEMBERED = 50_000;

    private final int perSecond;
    private final Cache<InetAddress, Long> counted = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    SourceLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether this one may be answered; if so, it counts. */
    boolean take(InetAddress source, long second) {
        long low = second & 0xffff_ffffL;
        long now = counted.asMap()
                .merge(source, low << 20 | 1, (was, one) -> was >>> 20 != low ? one : Math.min(was + 1, was | 0xfffff));
        return (now & 0xfffff) <= perSecond;
    }
}
