package carillon.cwmp.codec;

import carillon.cwmp.codec.MalformedEnvelopeException.Kind;

/**
 * Refuses an element with more attributes or namespace declarations than any device writes, before the parser meets it:
 * what the parser does for one of them grows with the number of the others, and the parser has no limit of its own.
 */
final class Attributes {
    private static final int MOST = 1000;
    /** {@code a="" }: no start tag that is shorter holds so many. */
    private static final int SHORTEST = 5 * MOST;

    private Attributes() {}

    /** Octets in a character set that extends ASCII, or characters. */
    private interface Text {
        int at(int index);
    }

    static void check(byte[] octets, int start, int length) throws MalformedEnvelopeException {
        check(index -> octets[index], start, start + length);
    }

    static void check(char[] text) throws MalformedEnvelopeException {
        check(index -> text[index], 0, text.length);
    }

    /**
     * No start tag has a '&lt;' inside, so what lies between two of them is one tag at most. Looks backwards from where a
     * long one would end, and so at few places only.
     */
    private static void check(Text text, int start, int end) throws MalformedEnvelopeException {
        int opening = start;
        while (end - opening >= SHORTEST) {
            int next = opening + SHORTEST - 1;
            while (next > opening && text.at(next) != '<') {
                next--;
            }
            if (next == opening) {
                next = opening + 1;
                while (next < end && text.at(next) != '<') {
                    next++;
                }
                count(text, opening, next);
            }
            opening = next;
        }
    }

    /** Counts in what may be a tag, up to its end or the end of the stretch. */
    private static void count(Text text, int opening, int end) throws MalformedEnvelopeException {
        if (text.at(opening) != '<' || text.at(opening + 1) == '!' || text.at(opening + 1) == '?') {
            return;
        }
        int count = 0;
        int quote = 0;
        for (int i = opening + 1; i < end; i++) {
            int c = text.at(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return;
            } else if (c == '=' && ++count > MOST) {
                throw new MalformedEnvelopeException(
                        Kind.TOO_LARGE, "an element has more than " + MOST + " attributes");
            }
        }
    }
}
