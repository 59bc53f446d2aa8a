package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A device's own credentials, derived from the server's key, the device and a generation; so a restored backup can still
 * check phones of later generations. Thread-safe.
 */
public final class Credentials {
    /** What a user name and password are for. */
    public enum Purpose {
        CWMP,
        CONNECTION_REQUEST
    }

    /** 26 characters of five bits: 130 bits. */
    private static final int LENGTH = 26;

    private final SecretKeySpec key;

    /** With a key of at least 16 octets. */
    public Credentials(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException(
                    "a key for credentials needs 16 octets or more, this one has " + key.length);
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** {@code OUI-ProductClass-Serial}, percent-encoded. */
    public String username(DeviceId device) {
        return device.encoded();
    }

    /** Letters and digits, 26 of them. */
    public Secret password(DeviceId device, int generation, Purpose purpose) {
        String about = "carillon credentials\n" + purpose + '\n' + generation + '\n' + device.encoded();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return new Secret(Crockford.text(mac.doFinal(about.getBytes(StandardCharsets.UTF_8)), LENGTH));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
        }
    }
}
