package carillon.rpc.enrol;

/** Crockford's base32: letters and digits that are not taken for one another. */
final class Crockford {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Crockford() {}

    /** The first bits of these octets, five to a character. */
    static String text(byte[] octets, int characters) {
        if (characters * 5 > octets.length * 8) {
            throw new IllegalArgumentException(octets.length + " octets are too few for " + characters + " characters");
        }
        StringBuilder out = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            int value = 0;
            for (int bit = i * 5; bit < i * 5 + 5; bit++) {
                value = value << 1 | octets[bit / 8] >> 7 - bit % 8 & 1;
            }
            out.append(DIGITS.charAt(value));
        }
        return out.toString();
    }
}
