package carillon.cwmp.discovery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One piece of an option that encapsulates others: code, length and value of one octet, one octet, and up to 255
 * (RFC 2132, 8.4).
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below
public record SubOption(int code, byte[] value) {
    private static final int LONGEST = 255;

    public SubOption {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("sub-option " + code + " does not exist; codes are 0 to 255");
        }
        if (value.length > LONGEST) {
            throw new IllegalArgumentException(
                    "sub-option " + code + " has " + value.length + " octets, more than the 255 that fit");
        }
        value = value.clone();
    }

    /** A sub-option that is text; never with a closing NUL (CWMP-221). */
    public static SubOption text(int code, String text) {
        return new SubOption(code, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    /** The value as text, without the NUL that some servers close it with. */
    public String text() {
        return DhcpText.of(value);
    }

    static byte[] written(List<SubOption> subOptions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SubOption one : subOptions) {
            out.write(one.code);
            out.write(one.value.length);
            out.writeBytes(one.value);
        }
        return out.toByteArray();
    }

    /** The sub-options that these octets are, or nothing where they do not add up. */
    static Optional<List<SubOption>> read(byte[] octets) {
        List<SubOption> all = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            int code = octets[at] & 0xff;
            if ((code == 0 || code == 255) && isPadding(octets, at)) {
                return Optional.of(all);
            }
            if (at + 1 >= octets.length) {
                return Optional.empty();
            }
            int length = octets[at + 1] & 0xff;
            if (at + 2 + length > octets.length) {
                return Optional.empty();
            }
            all.add(new SubOption(code, Arrays.copyOfRange(octets, at + 2, at + 2 + length)));
            at += 2 + length;
        }
        return Optional.of(all);
    }

    private static boolean isPadding(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] != 0 && octets[i] != -1) {
                return false;
            }
        }
        return true;
    }

    static Optional<SubOption> first(List<SubOption> all, int code) {
        return all.stream().filter(one -> one.code == code).findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubOption that && code == that.code && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return code + ":" + java.util.HexFormat.of().formatHex(value);
    }
}
