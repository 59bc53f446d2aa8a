package carillon.server.connect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a phone hears UDP connection requests, as its UDPConnectionRequestAddress says or the STUN server saw.
 *
 * @param host a name or an IPv4 address; Annex G knows no other
 */
record UdpAddress(String host, int port) {
    private static final int USUAL_PORT = 80;
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?");

    /** Reads {@code host} or {@code host:port}; empty where it is neither, or no place to send anything to. */
    static Optional<UdpAddress> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group(2) == null ? USUAL_PORT : Integer.parseInt(matcher.group(2));
        return port < 1 || port > 65_535 || matcher.group(1).equals("0.0.0.0")
                ? Optional.empty()
                : Optional.of(new UdpAddress(matcher.group(1), port));
    }

    String text() {
        return host + ":" + port;
    }
}
