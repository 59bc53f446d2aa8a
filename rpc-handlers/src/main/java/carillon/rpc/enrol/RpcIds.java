package carillon.rpc.enrol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** Ids of RPCs that a session queues by itself: the same when the same turn is taken again. */
public final class RpcIds {
    private static final int TIME = 10;
    private static final int REST = 16;

    private RpcIds() {}

    /** 26 characters of Crockford's base32: ten for the millisecond, and 80 bits of the session's unguessable id. */
    public static String of(String sessionId, int turn, Instant now) {
        byte[] time = new byte[TIME * 5 / 8 + 1];
        long millis = now.toEpochMilli() << 6;
        for (int i = 0; i < time.length; i++) {
            time[i] = (byte) (millis >>> 8 * (time.length - 1 - i));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("carillon rpc\n" + sessionId + "\n" + turn).getBytes(StandardCharsets.UTF_8));
            return Crockford.text(time, TIME) + Crockford.text(digest, REST);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
