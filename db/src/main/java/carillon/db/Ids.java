package carillon.db;

import java.security.SecureRandom;

/**
 * Unguessable ids: 26 characters of Crockford base32, ten for the millisecond and sixteen with 80 random bits. Those made
 * one after the other are neighbours in an index, so that many of them change few of its pages.
 */
public final class Ids {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;
    private static final int TIME = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id. */
    public static String next() {
        byte[] random = new byte[LENGTH - TIME];
        RANDOM.nextBytes(random);
        char[] id = new char[LENGTH];
        long millis = System.currentTimeMillis();
        for (int i = TIME - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) millis & 31];
            millis >>>= 5;
        }
        for (int i = TIME; i < LENGTH; i++) {
            id[i] = ALPHABET[random[i - TIME] & 31];
        }
        return new String(id);
    }
}
