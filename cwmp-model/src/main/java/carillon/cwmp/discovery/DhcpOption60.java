package carillon.cwmp.discovery;

import java.nio.charset.StandardCharsets;

/**
 * Vendor class identifier (RFC 2132, 9.13): what kind of client asks. One that wants to know of an ACS says
 * {@code dslforum.org} anywhere in it (TR-069, 3.1; CWMP-222).
 */
public record DhcpOption60(String text) {
    /** What a client that speaks TR-069 says, alone or among other words. */
    public static final String DSLFORUM = "dslforum.org";

    /** Whether the client asks for an ACS. */
    public boolean asksForAcs() {
        return text.contains(DSLFORUM);
    }

    public byte[] encode() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What these octets say; a closing NUL is left out. */
    public static DhcpOption60 decode(byte[] octets) {
        return new DhcpOption60(DhcpText.of(octets));
    }
}
