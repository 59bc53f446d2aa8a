package carillon.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Networks in CIDR notation. */
public record Networks(List<Network> all) {
    public Networks {
        all = List.copyOf(all);
    }

    /** Whether one of them holds this address. */
    public boolean contain(InetAddress address) {
        return all.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * One network.
     *
     * @param base its address
     * @param bits how many leading bits count
     */
    public record Network(InetAddress base, int bits) {
        /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address. Never asks a name server. */
        public static Network parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw refused(text);
            }
            try {
                InetAddress base = InetAddress.getByName(address);
                int most = base.getAddress().length * 8;
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= most) {
                    return new Network(base, bits);
                }
            } catch (UnknownHostException | NumberFormatException invalid) {
                // told below
            }
            throw refused(text);
        }

        boolean contains(InetAddress address) {
            byte[] ours = base.getAddress();
            byte[] theirs = address.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static IllegalArgumentException refused(String text) {
            return new IllegalArgumentException(
                    "must hold networks such as 192.0.2.0/24 or 2001:db8::/32; '" + text + "' is none");
        }
    }
}
