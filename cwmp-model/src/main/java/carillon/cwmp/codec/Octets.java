package carillon.cwmp.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a body and the character set they are in: byte order mark, then Content-Type, then XML declaration, then
 * UTF-8, then windows-1252. Devices label ISO-8859-1 and mean windows-1252, so that is what it is read as.
 */
final class Octets {
    private static final Charset WINDOWS = windows();

    private final byte[] body;
    private final int end;
    private final int start;
    private final boolean byteOrderMark;
    private final Optional<Charset> wide;
    private final Optional<Charset> label;

    Octets(byte[] body, int length, @Nullable String charset) {
        this.body = body;
        this.end = length;
        this.byteOrderMark = is(0, 0xef) && is(1, 0xbb) && is(2, 0xbf);
        this.start = byteOrderMark ? 3 : 0;
        this.wide = wide();
        this.label = charset == null ? Optional.empty() : named(charset);
    }

    byte[] body() {
        return body;
    }

    /** Where the text begins, after a byte order mark of UTF-8. */
    int start() {
        return start;
    }

    /** How many octets follow the start. */
    int length() {
        return end - start;
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (body[i] < 0 || body[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    boolean hasNul() {
        for (int i = start; i < end; i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text begins with an XML declaration, in a character set that extends ASCII. */
    boolean hasDeclaration() {
        if (wide.isPresent()) {
            return new String(body, start, Math.min(length(), 16), wide.get()).contains("<?xml");
        }
        return is(start, '<') && is(start + 1, '?') && is(start + 2, 'x') && is(start + 3, 'm') && is(start + 4, 'l');
    }

    /** The text, where the parser would take another character set than the label says; null where it finds its own. */
    char @Nullable [] textInLabelledCharset(Remarks remarks) {
        if (byteOrderMark) {
            remarks.add("the body begins with a byte order mark");
        }
        if (wide.isPresent()) {
            remarks.add("the body is in " + wide.get().name());
            return characters(wide.get());
        }
        if (label.isEmpty()) {
            return null;
        }
        if (!label.get().equals(StandardCharsets.UTF_8)) {
            return characters(label.get());
        }
        Optional<Charset> declared = declared();
        boolean contradicted = declared.isPresent() && !declared.get().equals(StandardCharsets.UTF_8);
        return contradicted ? strictUtf8().map(Octets::array).orElse(null) : null;
    }

    /** The text, whatever it takes. */
    String decode(Remarks remarks) {
        if (wide.isPresent()) {
            return new String(characters(wide.get()));
        }
        Optional<Charset> told = label.filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                .or(() -> label.isPresent() ? Optional.empty() : declared())
                .filter(charset -> !charset.equals(StandardCharsets.UTF_8));
        if (told.isPresent()) {
            return new String(body, start, length(), told.get());
        }
        Optional<CharBuffer> text = strictUtf8();
        if (text.isPresent()) {
            return text.get().toString();
        }
        Charset other = declared()
                .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                .orElse(WINDOWS);
        remarks.add("the octets are not valid UTF-8 and were read as " + other.name());
        return new String(body, start, length(), other);
    }

    private Optional<CharBuffer> strictUtf8() {
        byte[] octets = withoutSurrogates();
        int from = octets == body ? start : 0;
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, from, length())));
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** Surrogates that were encoded one by one become U+FFFD: they are UTF-8 gone wrong, and no other character set. */
    private byte[] withoutSurrogates() {
        byte[] copy = body;
        int shift = 0;
        for (int i = start; i + 2 < end; i++) {
            boolean surrogate = is(i, 0xed) && (body[i + 1] & 0xe0) == 0xa0 && (body[i + 2] & 0xc0) == 0x80;
            if (surrogate) {
                if (copy == body) {
                    copy = Arrays.copyOfRange(body, start, end);
                    shift = start;
                }
                copy[i - shift] = (byte) 0xef;
                copy[i + 1 - shift] = (byte) 0xbf;
                copy[i + 2 - shift] = (byte) 0xbd;
            }
        }
        return copy;
    }

    private char[] characters(Charset charset) {
        String text = new String(body, start, length(), charset);
        return (text.startsWith("\ufeff") ? text.substring(1) : text).toCharArray();
    }

    private static char[] array(CharBuffer text) {
        char[] array = new char[text.remaining()];
        text.get(array);
        return array;
    }

    private boolean is(int index, int octet) {
        return index < end && (body[index] & 0xff) == octet;
    }

    private Optional<Charset> wide() {
        if (is(0, 0) && is(1, 0)) {
            return Optional.of(Charset.forName("UTF-32BE"));
        }
        if (is(0, 0xfe) && is(1, 0xff) || is(0, 0) && is(1, '<')) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        if (is(0, 0xff) && is(1, 0xfe) || is(0, '<') && is(1, 0)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return Optional.empty();
    }

    /** The encoding that the XML declaration names. */
    private Optional<Charset> declared() {
        String head = new String(body, start, Math.min(length(), 200), StandardCharsets.ISO_8859_1);
        int from = head.indexOf("<?xml");
        int close = head.indexOf("?>");
        int at = head.indexOf("encoding", Math.max(0, from));
        if (from < 0 || close < from || at < 0 || at > close) {
            return Optional.empty();
        }
        String rest = head.substring(at + "encoding".length(), close).strip();
        return rest.startsWith("=") ? named(rest.substring(1)) : Optional.empty();
    }

    private static Optional<Charset> named(String text) {
        String name = text.replace('"', ' ').replace('\'', ' ').strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 40) {
            return Optional.empty();
        }
        if (name.equals("us-ascii") || name.equals("ascii")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (name.equals("iso-8859-1") || name.equals("latin1") || name.equals("iso8859-1")) {
            return Optional.of(WINDOWS);
        }
        if (name.startsWith("utf-16") || name.startsWith("utf-32")) {
            // Without the marks of it in the octets that label is wrong.
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Charset windows() {
        return Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;
    }
}
