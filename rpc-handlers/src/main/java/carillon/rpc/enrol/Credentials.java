package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Secret;
import carillon.db.CredentialState;
import carillon.db.Device;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        CONNECTION_REQUEST,
        STUN
    }

    /** 26 characters of five bits: 130 bits. */
    private static final int LENGTH = 26;

    private static final Duration BOTH_GENERATIONS = Duration.ofDays(1);

    private final Mac keyed;

    /** With a key of at least 16 octets. */
    public Credentials(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException(
                    "a key for credentials needs 16 octets or more, this one has " + key.length);
        }
        this.keyed = keyed(key);
    }

    /**
     * The generations that are good now, the newest first: the one before the newest as well, until the newest was used or
     * a day has passed; none where the device was given none.
     */
    public static List<Integer> goodGenerations(Device.Trust trust, Instant now) {
        return switch (trust.credentials()) {
            case NONE -> List.of();
            case SEEN, DUE -> List.of(trust.generation());
            case ISSUED, ROTATING -> {
                boolean both = trust.generation() > 1 && isWithinADay(trust, now);
                yield both ? List.of(trust.generation(), trust.generation() - 1) : List.of(trust.generation());
            }
        };
    }

    /** Whether the newest were issued within a day and not used yet: the phone may still come as it came before. */
    public static boolean mayBeUnapplied(Device.Trust trust, Instant now) {
        return trust.credentials() == CredentialState.ISSUED && isWithinADay(trust, now);
    }

    private static boolean isWithinADay(Device.Trust trust, Instant now) {
        return trust.issuedAt()
                .filter(at -> at.plus(BOTH_GENERATIONS).isAfter(now))
                .isPresent();
    }

    /** {@code OUI-ProductClass-Serial}, percent-encoded. */
    public String username(DeviceId device) {
        return device.encoded();
    }

    /**
     * The same without percent signs: it stands unescaped in the query of a UDP connection request, and phones differ in
     * whether they would take escapes for what they mean.
     */
    public String connectionRequestUsername(DeviceId device) {
        return username(device).replace('%', '~');
    }

    /** Letters and digits, 26 of them. */
    public Secret password(DeviceId device, int generation, Purpose purpose) {
        String about = "carillon credentials\n" + purpose + '\n' + generation + '\n' + device.encoded();
        try {
            Mac mac = (Mac) keyed.clone();
            return new Secret(Crockford.text(mac.doFinal(about.getBytes(StandardCharsets.UTF_8)), LENGTH));
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("every Java runtime can copy HmacSHA256", missing);
        }
    }

    /** Copied for every use: that is cheaper than to look it up and to key it. */
    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
        }
    }
}
