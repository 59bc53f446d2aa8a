package carillon.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, in the usual text form ({@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}). Thread-safe. */
public final class PasswordHash {
    /** The fewest characters of a password. */
    public static final int SHORTEST = 8;

    /** The most characters of a password. */
    public static final int LONGEST = 256;

    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int HASH_OCTETS = 32;

    /** Each computation holds its memory: a flood of logins must not fill the heap. */
    private static final int AT_ONCE = 2;

    private final SecureRandom random = new SecureRandom();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final String ofNobody = hash("nobody");

    /** The text to store for this password. */
    public String hash(String password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        byte[] hash = derive(password, salt, MEMORY_KIB, ITERATIONS, 1, HASH_OCTETS);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /** Whether this is the password of that text; false for a text that is none of ours. */
    public boolean matches(String password, String text) {
        Matcher parts = TEXT.matcher(text);
        if (password.length() > LONGEST || !parts.matches()) {
            return false;
        }
        int memory = Integer.parseInt(parts.group(1));
        if (memory > MOST_MEMORY_KIB) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] hash = derive(
                password,
                salt,
                memory,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(hash, expected);
    }

    /** Takes the time that {@link #matches} takes, so that an unknown name answers no faster than a wrong password. */
    void pretend(String password) {
        matches(password.length() > LONGEST ? "" : password, ofNobody);
    }

    private byte[] derive(String password, byte[] salt, int memory, int iterations, int lanes, int octets) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] out = new byte[octets];
        room.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
        } finally {
            room.release();
        }
        return out;
    }
}
