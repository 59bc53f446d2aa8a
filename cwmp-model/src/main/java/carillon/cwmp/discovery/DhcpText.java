package carillon.cwmp.discovery;

import java.nio.charset.StandardCharsets;

/** Text as DHCP carries it. */
final class DhcpText {
    private DhcpText() {}

    /** Without closing NULs, which some servers and clients add. */
    static String of(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }

    /** Whether every octet is a printable one of ASCII. */
    static boolean isPrintable(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0x20 || octet > 0x7e) {
                return false;
            }
        }
        return octets.length > 0;
    }
}
