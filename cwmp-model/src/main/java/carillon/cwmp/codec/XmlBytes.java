package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds the octets of an envelope: elements without namespace, and texts in which every character outside 9, 10 and 32
 * to 126 is a character reference, so that the result is ASCII.
 */
final class XmlBytes {
    private final String encodingPrefix;
    private final String methodPrefix;
    private byte[] bytes;
    private int length;

    XmlBytes(String encodingPrefix, String methodPrefix, int expected) {
        this.encodingPrefix = encodingPrefix;
        this.methodPrefix = methodPrefix;
        this.bytes = new byte[expected];
    }

    String encodingPrefix() {
        return encodingPrefix;
    }

    String methodPrefix() {
        return methodPrefix;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Octets that are markup already. */
    void raw(byte[] markup) {
        ensure(markup.length);
        System.arraycopy(markup, 0, bytes, length, markup.length);
        length += markup.length;
    }

    /** ASCII that is markup already. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII out of a String without a second array
    void raw(String markup) {
        int more = markup.length();
        ensure(more);
        markup.getBytes(0, more, bytes, length);
        length += more;
    }

    void open(String name) {
        raw("<");
        raw(name);
        raw(">");
    }

    void close(String name) {
        raw("</");
        raw(name);
        raw(">");
    }

    /** Opens the method's element, in the namespace of CWMP. */
    void openMethod(String name) {
        raw("<");
        raw(methodPrefix);
        raw(":");
        raw(name);
        raw(">");
    }

    void closeMethod(String name) {
        raw("</");
        raw(methodPrefix);
        raw(":");
        raw(name);
        raw(">");
    }

    /** Opens a list of structs of CWMP, with the count in its arrayType. */
    void openList(String name, String struct, int count) {
        openArray(name, methodPrefix + ':' + struct, count);
    }

    /** Opens a list of another type, given with its prefix. */
    void openArray(String name, String type, int count) {
        raw("<");
        raw(name);
        raw(" ");
        raw(encodingPrefix);
        raw(":arrayType=\"");
        raw(type);
        raw("[");
        raw(Integer.toString(count));
        raw("]\">");
    }

    void leaf(String name, String text) {
        open(name);
        text(text, name);
        close(name);
    }

    void leaf(String name, long number) {
        open(name);
        raw(Long.toString(number));
        close(name);
    }

    /** Booleans are 0 and 1: some devices refuse true and false. */
    void leaf(String name, boolean flag) {
        open(name);
        raw(flag ? "1" : "0");
        close(name);
    }

    void leaf(String name, CwmpTime time) {
        leaf(name, time.text());
    }

    /** A leaf that is left out where it would be empty. */
    void optionalLeaf(String name, String text) {
        if (!text.isEmpty()) {
            leaf(name, text);
        }
    }

    /**
     * A text, escaped.
     *
     * @param place what the text is, for the message of the refusal
     * @throws IllegalArgumentException if it holds a character that XML forbids
     */
    void text(String text, String place) {
        int end = text.length();
        ensure(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '&' && c != '<' && c != '>' && c != '"') {
                if (length == bytes.length) {
                    ensure(end - i + 64);
                }
                bytes[length++] = (byte) c;
            } else {
                i += special(text, i, place);
            }
        }
    }

    /** Writes the character that needs care; how many further chars of the text it took. */
    private int special(String text, int at, String place) {
        char c = text.charAt(at);
        switch (c) {
            case '&' -> raw("&amp;");
            case '<' -> raw("&lt;");
            case '>' -> raw("&gt;");
            case '"' -> raw("&quot;");
            case '\t' -> raw("\t");
            case '\n' -> raw("\n");
            default -> {
                int code = text.codePointAt(at);
                if (!XmlCharacters.isLegal(code)) {
                    throw new IllegalArgumentException("the text of " + place + " holds the character U+"
                            + XmlCharacters.hex(code) + " at index " + at + ", which XML forbids");
                }
                raw("&#" + code + ';');
                return Character.charCount(code) - 1;
            }
        }
        return 0;
    }

    /** The same as octets, for templates. */
    static byte[] ascii(String markup) {
        return markup.getBytes(StandardCharsets.US_ASCII);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1) + 64));
        }
    }
}
