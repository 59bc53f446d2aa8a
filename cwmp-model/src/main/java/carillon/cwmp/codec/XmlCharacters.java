package carillon.cwmp.codec;

import java.util.Locale;

/** Which characters XML 1.0 has (production 2, Char). */
final class XmlCharacters {
    private XmlCharacters() {}

    /** Whether a code point may stand in a document; surrogates alone may not. */
    static boolean isLegal(int code) {
        if (code < ' ') {
            return code == '\t' || code == '\n' || code == '\r';
        }
        return code < 0xd800 || code >= 0xe000 && code <= 0xfffd || code >= 0x10000 && code <= 0x10ffff;
    }

    /** The code point of a reference such as {@code #38} or {@code #x26}; -1 where the text is none. */
    static int referenced(String name) {
        if (name.length() < 2 || name.charAt(0) != '#') {
            return -1;
        }
        boolean hex = name.charAt(1) == 'x';
        String digits = name.substring(hex ? 2 : 1);
        if (digits.isEmpty()) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), hex ? 16 : 10) : -1;
            if (digit < 0) {
                return -1;
            }
            code = Math.min(code * (hex ? 16 : 10) + digit, 0x110000);
        }
        return code;
    }

    /** Four hexadecimal digits or more. */
    static String hex(int code) {
        return String.format(Locale.ROOT, "%04X", code);
    }
}
