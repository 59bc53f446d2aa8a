package carillon.server.access;

/** The texts of API tokens: shown once, stored as their SHA-256. */
public final class Tokens {
    private Tokens() {}

    /** A new token's text. */
    public static String next() {
        return "carillon_" + Hashes.randomText();
    }

    /** What is stored of it. */
    public static String hash(String text) {
        return Hashes.sha256(text);
    }
}
