package carillon.server.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digest nonces that carry their own time and signature, so that none has to be remembered before it is used; good for a
 * minute on any connection (CWMP-052). Used ones are remembered with the connection and the count they were used with, so
 * that a copied header is not good a second time, while a client that never raises its count is served on its own
 * connection (CWMP-053).
 */
public final class Nonces {
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final Mac keyed;
    private final AtomicLong number;
    private final Cache<String, Use> used = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(LIFE.multipliedBy(2))
            .executor(Runnable::run)
            .build();

    private record Use(String connection, long count) {}

    public Nonces() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.keyed = keyed(secret);
        this.number = new AtomicLong(random.nextLong());
    }

    /** A new one. */
    public String next(Instant now) {
        // no two are the same; nobody can make the next one, for want of the key
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes).putLong(now.toEpochMilli()).putLong(number.incrementAndGet());
        String start = HexFormat.of().formatHex(bytes);
        return start + signature(start);
    }

    /** Whether we made it, and not too long ago. */
    public boolean isFresh(String nonce, Instant now) {
        if (nonce.length() != 64
                || !MessageDigest.isEqual(
                        signature(nonce.substring(0, 32)).getBytes(StandardCharsets.US_ASCII),
                        nonce.substring(32).getBytes(StandardCharsets.US_ASCII))) {
            return false;
        }
        long made =
                ByteBuffer.wrap(HexFormat.of().parseHex(nonce.substring(0, 32))).getLong();
        long age = now.toEpochMilli() - made;
        return age >= -1000 && age <= LIFE.toMillis();
    }

    /** Notes a use; false if it repeats what another connection has sent. */
    public boolean use(String nonce, long count, String connection) {
        boolean[] good = {true};
        used.asMap().compute(nonce, (any, before) -> {
            good[0] = before == null || before.connection().equals(connection) || count > before.count();
            return good[0] ? new Use(connection, Math.max(count, before == null ? 0 : before.count())) : before;
        });
        return good[0];
    }

    private String signature(String start) {
        try {
            Mac mac = (Mac) keyed.clone();
            return HexFormat.of().formatHex(mac.doFinal(start.getBytes(StandardCharsets.US_ASCII)), 0, 16);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("a JDK whose HMAC-SHA256 cannot be copied", impossible);
        }
    }

    /** Copied for every use: that is cheaper than to look it up and to key it. */
    private static Mac keyed(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without HMAC-SHA256", impossible);
        }
    }
}
