package carillon.server.stun;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY. The two standards differ in what is hashed: RFC 3489 (11.2.8) pads the message with zeros to whole
 * blocks, RFC 5389 (15.4) does not but lets the header's length end with this attribute. Phones do either, or a mixture.
 */
final class Integrity {
    private static final int BLOCK = 64;

    private Integrity() {}

    /** The value for a message that ends before the attribute, whose header counts the attribute already. */
    static byte[] of(byte[] message, byte[] key, boolean padded) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(padded ? padded(message) : message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", missing);
        }
    }

    /** Whether the value was made with this key, in any of the ways. */
    static boolean proves(byte[] message, byte[] value, byte[] key) {
        if (key.length == 0) {
            return false;
        }
        byte[] endsHere = message.clone();
        int length = message.length - StunRequest.HEADER + 4 + StunRequest.INTEGRITY;
        endsHere[2] = (byte) (length >> 8);
        endsHere[3] = (byte) length;
        boolean proven = false;
        for (byte[] form : new byte[][] {message, endsHere}) {
            proven |= MessageDigest.isEqual(value, of(form, key, true));
            proven |= MessageDigest.isEqual(value, of(form, key, false));
        }
        return proven;
    }

    private static byte[] padded(byte[] message) {
        return Arrays.copyOf(message, (message.length + BLOCK - 1) / BLOCK * BLOCK);
    }
}
