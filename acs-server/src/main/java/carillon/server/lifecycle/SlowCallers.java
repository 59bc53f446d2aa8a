package carillon.server.lifecycle;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts connections off whose next request has begun and does not get to the end of its headers, or that never began one. */
final class SlowCallers {
    private static final Logger LOG = LoggerFactory.getLogger(SlowCallers.class);

    private final Duration patience;
    private Map<EndPoint, Seen> seen = Map.of();

    /**
     * A connection at an earlier look.
     *
     * @param growing since when octets came that are no whole request; 0 where none did
     */
    private record Seen(long requests, long octets, long growing) {}

    SlowCallers(Duration patience) {
        this.patience = patience;
    }

    /** To be called regularly, by one thread. */
    void look(Collection<EndPoint> connected, long nowMillis) {
        Map<EndPoint, Seen> next = new HashMap<>();
        for (EndPoint point : connected) {
            Connection connection = http(point);
            if (connection == null) {
                continue;
            }
            long requests = connection.getMessagesIn();
            boolean neverBegan = requests <= 0 && nowMillis - point.getCreatedTimeStamp() > patience.toMillis();
            Seen now = seen(point, connection, nowMillis);
            boolean doesNotEnd = now.growing > 0 && nowMillis - now.growing > patience.toMillis();
            if (neverBegan || doesNotEnd) {
                LOG.info(
                        "cut off {}: no whole request within {} s",
                        point.getRemoteSocketAddress(),
                        patience.toSeconds());
                point.close();
            } else {
                next.put(point, now);
            }
        }
        seen = next;
    }

    private Seen seen(EndPoint point, Connection connection, long nowMillis) {
        long requests = connection.getMessagesIn();
        long octets = connection.getBytesIn();
        Seen before = seen.get(point);
        boolean atWork = requests > connection.getMessagesOut();
        if (before == null || before.requests != requests || atWork) {
            return new Seen(requests, octets, 0);
        }
        boolean begins = before.growing == 0 && octets > before.octets;
        return new Seen(requests, before.octets, begins ? nowMillis : before.growing);
    }

    private static @Nullable Connection http(EndPoint point) {
        Connection connection = point.getConnection();
        return connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
    }
}
