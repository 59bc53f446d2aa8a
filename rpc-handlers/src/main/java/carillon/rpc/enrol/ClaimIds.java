package carillon.rpc.enrol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;

/** The ids of new claims: the same for the same device, source address and day, so that a turn taken again makes one row. */
public final class ClaimIds {
    private ClaimIds() {}

    /** 26 characters, the same for the same device and source on the same day (UTC). */
    public static String of(long deviceKey, String sourceAddress, Instant now) {
        String about = deviceKey + "\n" + sourceAddress + "\n"
                + now.atOffset(ZoneOffset.UTC).toLocalDate();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(about.getBytes(StandardCharsets.UTF_8));
            return Crockford.text(digest, 26);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
