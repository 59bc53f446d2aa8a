package carillon.rpc.enrol;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The unguessable part of the address at which a phone fetches or leaves a file: derived from the server's key and the
 * RPC, so that it is known when the RPC leaves without ever being stored. Thread-safe.
 */
public final class TransferTokens {
    /** 26 characters of five bits: 130 bits. */
    public static final int LENGTH = 26;

    private final Mac keyed;

    /** With a key of at least 16 octets. */
    public TransferTokens(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key for tokens needs 16 octets or more, this one has " + key.length);
        }
        try {
            keyed = Mac.getInstance("HmacSHA256");
            keyed.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
        }
    }

    /** The token of this RPC's transfer. */
    public Secret token(String rpcId) {
        return derived("carillon transfer\n", rpcId);
    }

    /** The password of this RPC's transfer, where it asks for a login; the user name is the RPC's id. */
    public Secret password(String rpcId) {
        return derived("carillon transfer login\n", rpcId);
    }

    private Secret derived(String purpose, String rpcId) {
        try {
            Mac mac = (Mac) keyed.clone();
            byte[] octets = mac.doFinal((purpose + rpcId).getBytes(StandardCharsets.UTF_8));
            return new Secret(Crockford.text(octets, LENGTH));
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("every Java runtime can copy HmacSHA256", missing);
        }
    }

    /** Under which the transfer is stored. */
    public static String hash(Secret token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
