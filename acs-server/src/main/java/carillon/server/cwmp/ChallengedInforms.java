package carillon.server.cwmp;

import carillon.cwmp.codec.EnvelopeReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Informs that were answered with a challenge. The phone sends the same octets again on the same connection, with its
 * login, and they need not be read twice. Of constant size: of two connections that share a place the younger counts.
 * Thread-safe.
 */
final class ChallengedInforms {
    private static final int PLACES = 512;
    private static final int LONGEST = 16 * 1024;

    private final AtomicReferenceArray<@Nullable Kept> places = new AtomicReferenceArray<>(PLACES);

    @SuppressWarnings("ArrayRecordComponent") // compared by its octets where it matters
    private record Kept(String connection, byte[] body, EnvelopeReader.Read read) {}

    /** Keeps one, unless it is longer than Informs are. The octets must not be changed any more. */
    void keep(String connection, byte[] body, EnvelopeReader.Read read) {
        if (body.length <= LONGEST) {
            places.set(place(connection), new Kept(connection, body, read));
        }
    }

    /** What these octets said when this connection sent them last; once. */
    Optional<EnvelopeReader.Read> take(String connection, byte[] body) {
        int place = place(connection);
        Kept kept = places.get(place);
        if (kept == null || !kept.connection.equals(connection)) {
            return Optional.empty();
        }
        places.set(place, null);
        return Arrays.equals(kept.body, body) ? Optional.of(kept.read) : Optional.empty();
    }

    private static int place(String connection) {
        return Math.floorMod(connection.hashCode(), PLACES);
    }
}
