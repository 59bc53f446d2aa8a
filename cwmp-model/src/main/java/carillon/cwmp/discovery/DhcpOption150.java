package carillon.cwmp.discovery;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TFTP servers by address (RFC 5859): four octets each. */
public record DhcpOption150(List<String> addresses) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String ADDRESS = OCTET + "(\\." + OCTET + "){3}";
    private static final int MOST = 63;

    public DhcpOption150 {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || addresses.size() > MOST) {
            throw new IllegalArgumentException("option 150 takes 1 to 63 addresses, not " + addresses.size());
        }
        for (String address : addresses) {
            if (!address.matches(ADDRESS)) {
                throw new IllegalArgumentException("'" + address + "' is no IPv4 address such as 192.0.2.5");
            }
        }
    }

    /** The octets of the value. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String address : addresses) {
            for (String octet : address.split("\\.", -1)) {
                out.write(Integer.parseInt(octet));
            }
        }
        return out.toByteArray();
    }

    /** What these octets say; empty where they are no addresses. */
    public static Optional<DhcpOption150> decode(byte[] octets) {
        if (octets.length == 0 || octets.length % 4 != 0) {
            return Optional.empty();
        }
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < octets.length; i += 4) {
            addresses.add((octets[i] & 0xff) + "." + (octets[i + 1] & 0xff) + "." + (octets[i + 2] & 0xff) + "."
                    + (octets[i + 3] & 0xff));
        }
        return Optional.of(new DhcpOption150(addresses));
    }
}
