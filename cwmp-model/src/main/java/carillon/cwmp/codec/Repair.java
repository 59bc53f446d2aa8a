package carillon.cwmp.codec;

import carillon.cwmp.codec.MalformedEnvelopeException.Kind;

/**
 * Makes the best of a text that is not well-formed: takes the first envelope out of what surrounds it, puts U+FFFD for
 * characters that XML forbids, and escapes a bare ampersand. Nothing is added: an envelope that was cut off stays so.
 */
final class Repair {
    private static final char PLACEHOLDER = '\ufffd';
    private static final int LONGEST_REFERENCE = 12;

    private final String text;
    private final Remarks remarks;
    private final int start;
    private final int end;

    Repair(String text, Remarks remarks) throws MalformedEnvelopeException {
        this.text = text;
        this.remarks = remarks;
        this.start = opening();
        this.end = start < 0 ? -1 : closing(start);
        int doctype = text.indexOf("<!DOCTYPE");
        if (doctype >= 0 && (start < 0 || doctype < start)) {
            throw new MalformedEnvelopeException(Kind.FORBIDDEN_DTD, "the body has a DOCTYPE, which SOAP forbids");
        }
    }

    boolean isWhole() {
        return end >= 0;
    }

    String whatIsMissing() {
        return start < 0 ? "the body holds no SOAP Envelope" : "the body ends before the end tag of its Envelope";
    }

    boolean hasDeclaration() {
        int declaration = text.indexOf("<?xml");
        return declaration >= 0 && declaration < start;
    }

    /** The repaired envelope, without declaration. */
    char[] text() {
        tellOfSurroundings();
        StringBuilder out = new StringBuilder(end - start + 64);
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '<' && text.startsWith("<![CDATA[", i)) {
                i = verbatim(out, i, "]]>");
            } else if (c == '<' && text.startsWith("<!--", i)) {
                i = verbatim(out, i, "-->");
            } else if (c == '&') {
                i = reference(out, i);
            } else {
                i = character(out, i);
            }
        }
        char[] repaired = new char[out.length()];
        out.getChars(0, out.length(), repaired, 0);
        return repaired;
    }

    private void tellOfSurroundings() {
        String before = text.substring(0, start);
        if (!before.isEmpty() && !before.startsWith("<?xml")) {
            remarks.add("what preceded the envelope was ignored");
        }
        if (!text.substring(end).isBlank()) {
            remarks.add(
                    text.indexOf("Envelope", end) >= 0
                            ? "a second envelope was ignored"
                            : "what followed the end of the envelope was ignored");
        }
    }

    private int verbatim(StringBuilder out, int from, String terminator) {
        int close = text.indexOf(terminator, from);
        int stop = close < 0 || close >= end ? end : close + terminator.length();
        int i = from;
        while (i < stop) {
            i = character(out, i);
        }
        return i;
    }

    /** Copies one character, or what stands for it. */
    private int character(StringBuilder out, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c) && at + 1 < end && Character.isLowSurrogate(text.charAt(at + 1))) {
            out.append(c).append(text.charAt(at + 1));
            return at + 2;
        }
        if (XmlCharacters.isLegal(c)) {
            out.append(c);
        } else {
            out.append(PLACEHOLDER);
            remarks.add("a character that XML forbids was replaced: U+" + XmlCharacters.hex(c));
        }
        return at + 1;
    }

    /** Copies a reference that is one; escapes the ampersand of what is none. */
    private int reference(StringBuilder out, int at) {
        int semicolon = semicolon(at);
        if (semicolon > at) {
            String name = text.substring(at + 1, semicolon);
            switch (name) {
                case "amp", "lt", "gt", "quot", "apos" -> {
                    out.append('&').append(name).append(';');
                    return semicolon + 1;
                }
                default -> {
                    int code = XmlCharacters.referenced(name);
                    if (code >= 0 && XmlCharacters.isLegal(code)) {
                        out.append('&').append(name).append(';');
                        return semicolon + 1;
                    }
                    if (code >= 0) {
                        out.append(PLACEHOLDER);
                        remarks.add("a reference to a character that XML forbids was replaced: &" + name + ";");
                        return semicolon + 1;
                    }
                }
            }
        }
        out.append("&amp;");
        remarks.add("a bare ampersand was taken as text");
        return at + 1;
    }

    /** Where a reference that begins here would end; -1 where it has no end. Looks no further than one can reach. */
    private int semicolon(int at) {
        for (int i = at + 1; i < end && i - at <= LONGEST_REFERENCE; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private int opening() {
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
            if (namedEnvelope(at + 1) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private int closing(int from) {
        for (int at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2)) {
            int after = namedEnvelope(at + 2);
            while (after >= 0 && after < text.length() && text.charAt(after) <= ' ') {
                after++;
            }
            if (after >= 0 && after < text.length() && text.charAt(after) == '>') {
                return after + 1;
            }
        }
        return -1;
    }

    /** The index after the name that begins here, if its local part is Envelope; else -1. */
    private int namedEnvelope(int from) {
        int i = from;
        int local = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '>' || c == '/' || c == '<' || i - from > 100) {
                break;
            }
            if (c == ':') {
                local = i + 1;
            }
            i++;
        }
        return i - local == 8 && text.startsWith("Envelope", local) ? i : -1;
    }
}
