package carillon.cwmp.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One option of DHCPv4 as it is on the wire (RFC 2132, 2): code, length, value. */
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below
public record DhcpOption(int code, byte[] value) {
    private static final int MOST_OCTETS = 4096;

    public DhcpOption {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option " + code + " does not exist; codes are 1 to 254");
        }
        if (value.length > 255) {
            throw new IllegalArgumentException(
                    "option " + code + " has " + value.length + " octets, more than the 255 that fit");
        }
        value = value.clone();
    }

    /** One whose value is text: 66, 159 or 160. */
    public static DhcpOption text(int code, String text) {
        return new DhcpOption(code, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    /** Code, length and value in hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(new byte[] {(byte) code, (byte) value.length}) + valueHex();
    }

    /** The value in hexadecimal digits. */
    public String valueHex() {
        return HexFormat.of().formatHex(value);
    }

    /**
     * The options that these hexadecimal digits are, one after the other; blanks, colons and {@code 0x} are allowed.
     * Throws an {@link IllegalArgumentException} that says where they cannot be read.
     */
    public static List<DhcpOption> parse(String hex) {
        String digits = hex.replaceAll("0[xX]|[\\s:.,-]", "");
        if (digits.isEmpty() || digits.length() > 2 * MOST_OCTETS || !digits.matches("([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException("'" + (hex.length() > 40 ? hex.substring(0, 40) + "…" : hex)
                    + "' is not pairs of hexadecimal digits such as 3c0c64736c666f72756d2e6f7267");
        }
        byte[] octets = HexFormat.of().parseHex(digits);
        List<DhcpOption> options = new ArrayList<>();
        int at = 0;
        while (at < octets.length && octets[at] != -1) {
            if (octets[at] == 0) {
                at++;
                continue;
            }
            int code = octets[at] & 0xff;
            if (at + 1 >= octets.length) {
                throw new IllegalArgumentException("option " + code + " at octet " + at + " has no length");
            }
            int length = octets[at + 1] & 0xff;
            if (at + 2 + length > octets.length) {
                throw new IllegalArgumentException("option " + code + " at octet " + at + " says that it has " + length
                        + " octets, but only " + (octets.length - at - 2) + " follow");
            }
            options.add(new DhcpOption(code, Arrays.copyOfRange(octets, at + 2, at + 2 + length)));
            at += 2 + length;
        }
        return options;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOption that && code == that.code && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
