package carillon.cwmp.flatprofile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts, addresses and ports in values. Nothing is looked up. */
final class Addresses {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");

    private Addresses() {}

    /** A host and, where one stands behind it, a port; the brackets around an IPv6 address stay. */
    record HostPort(String host, Optional<Integer> port) {
        /** Splits at the last colon that is not part of an IPv6 address. */
        static HostPort of(String text) {
            int colon = text.lastIndexOf(':');
            boolean bare = colon >= 0 && text.indexOf(':') != colon && !text.startsWith("[");
            if (colon < 0 || bare || text.endsWith("]") || !isPort(text.substring(colon + 1))) {
                return new HostPort(text, Optional.empty());
            }
            return new HostPort(
                    text.substring(0, colon),
                    KeyTypes.whole(text.substring(colon + 1)).map(Math::toIntExact));
        }
    }

    static boolean isIp(String value) {
        return IPV4.matcher(value).matches() || isIpv6(value);
    }

    static boolean isPort(String value) {
        Optional<Long> number = KeyTypes.whole(value);
        return number.isPresent() && number.get() >= 0 && number.get() <= 65535;
    }

    static boolean isHostAndPort(String value) {
        String host = HostPort.of(value).host();
        if (host.startsWith("[") && host.endsWith("]")) {
            return isIpv6(host.substring(1, host.length() - 1));
        }
        return HOST.matcher(host).matches() || isIpv6(host);
    }

    private static boolean isIpv6(String value) {
        int gap = value.indexOf("::");
        if (gap >= 0 && value.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String[] parts = gap < 0
                ? value.split(":", -1)
                : (value.substring(0, gap) + ":" + value.substring(gap + 2)).split(":", -1);
        int groups = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() && gap >= 0) {
                continue;
            }
            if (i == parts.length - 1 && IPV4.matcher(parts[i]).matches()) {
                groups += 2;
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups++;
            } else {
                return false;
            }
        }
        return gap < 0 ? groups == 8 : groups < 8 && value.length() >= 2;
    }
}
