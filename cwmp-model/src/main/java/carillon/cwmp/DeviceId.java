package carillon.cwmp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Who a CPE says it is: the identity of TR-069 Amendment 6, A.3.3.1 (DeviceIdStruct), without the manufacturer's name,
 * which is a label and no part of the key.
 *
 * @param oui six hexadecimal digits as a rule; compared without regard to case, so kept in upper case
 * @param productClass may be empty, some devices have none
 * @param serial never blank
 */
public record DeviceId(String oui, String productClass, String serial) {
    public DeviceId {
        oui = oui.strip().toUpperCase(Locale.ROOT);
        productClass = productClass.strip();
        serial = serial.strip();
        if (serial.isEmpty()) {
            throw new IllegalArgumentException("a device without a SerialNumber cannot be told apart from others");
        }
        if (oui.length() > 64 || productClass.length() > 64 || serial.length() > 64) {
            throw new IllegalArgumentException("a part of the DeviceId is longer than 64 characters");
        }
    }

    /** {@code OUI-ProductClass-Serial}, each part percent-encoded, so that it can be taken apart again. */
    public String encoded() {
        return percent(oui) + '-' + percent(productClass) + '-' + percent(serial);
    }

    /** {@code OUI-ProductClass-Serial} as it reads; several devices can share one such text. */
    public String decoded() {
        return oui + '-' + productClass + '-' + serial;
    }

    /**
     * Takes apart what {@link #encoded()} made.
     *
     * @throws IllegalArgumentException if the text is not three percent-encoded parts
     */
    public static DeviceId parse(String encoded) {
        String[] parts = encoded.split("-", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "'" + encoded + "' is not OUI-ProductClass-Serial with each part percent-encoded");
        }
        return new DeviceId(plain(parts[0]), plain(parts[1]), plain(parts[2]));
    }

    /** Serials alone are nearly unique, and a text remembers its hash. */
    @Override
    public int hashCode() {
        return 31 * serial.hashCode() + oui.hashCode();
    }

    @Override
    public String toString() {
        return encoded();
    }

    private static String percent(String part) {
        StringBuilder out = new StringBuilder(part.length() + 8);
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_') {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private static String plain(String part) {
        byte[] out = new byte[part.length() * 3];
        int n = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                boolean whole = i + 2 < part.length();
                int high = whole ? Character.digit(part.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(part.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("'" + part + "' has a percent sign without two hex digits");
                }
                out[n++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    out[n++] = b;
                }
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }
}
