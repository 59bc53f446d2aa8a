package carillon.db;

import java.security.SecureRandom;

/** Unguessable ids: 26 characters of Crockford base32, 130 random bits. */
public final class Ids {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id. */
    public static String next() {
        byte[] random = new byte[26];
        RANDOM.nextBytes(random);
        char[] id = new char[26];
        for (int i = 0; i < id.length; i++) {
            id[i] = ALPHABET[random[i] & 31];
        }
        return new String(id);
    }
}
