package carillon.server.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Binding Request, read from one datagram of a stranger. Nothing of it is believed: lengths are checked against what
 * came, and what is not understood is listed.
 */
final class StunRequest {
    /** The last blank belongs to it (TR-069 Annex G, G.2.1.4.1). */
    static final String CONNECTION_REQUEST_BINDING = "dslforum.org/TR-111 ";

    static final int MAGIC_COOKIE = 0x2112A442;
    static final int HEADER = 20;
    static final int INTEGRITY = 20;

    private static final int BINDING_REQUEST = 0x0001;
    private static final int MOST_ATTRIBUTES = 32;

    private final byte[] octets;
    private Optional<String> username = Optional.empty();
    private boolean bindsConnectionRequests;
    private boolean bindingChanged;
    private OptionalInt integrityAt = OptionalInt.empty();
    private Optional<ReplyTo> replyTo = Optional.empty();
    private final List<Integer> notUnderstood = new ArrayList<>();

    private StunRequest(byte[] octets) {
        this.octets = octets;
    }

    /** Where RFC 3489's RESPONSE-ADDRESS wants the answer to go. */
    record ReplyTo(String address, int port) {}

    /** Reads one; empty for whatever else came, which is not answered. */
    static Optional<StunRequest> read(byte[] datagram) {
        if (datagram.length < HEADER || datagram.length % 4 != 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.getShort() != BINDING_REQUEST || (in.getShort() & 0xffff) != datagram.length - HEADER) {
            return Optional.empty();
        }
        StunRequest request = new StunRequest(datagram);
        in.position(HEADER);
        for (int i = 0; in.remaining() >= 4; i++) {
            int at = in.position();
            int type = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (i == MOST_ATTRIBUTES || length > in.remaining()) {
                return Optional.empty();
            }
            byte[] value = new byte[length];
            in.get(value);
            in.position(Math.min(in.limit(), in.position() + (4 - length % 4) % 4));
            // what stands behind MESSAGE-INTEGRITY is not protected by it
            if (request.integrityAt.isEmpty()) {
                request.take(type, value, at);
            }
        }
        return Optional.of(request);
    }

    private void take(int type, byte[] value, int at) {
        switch (type) {
            case Attributes.RESPONSE_ADDRESS -> takeReplyTo(value);
            case Attributes.CHANGE_REQUEST -> {
                // old clients always send it; there is no other address or port to answer from
                if (value.length != 4 || value[3] != 0) {
                    notUnderstood.add(type);
                }
            }
            case Attributes.USERNAME ->
                username = Optional.of(new String(value, StandardCharsets.UTF_8).replaceFirst("[\\x00 ]+$", ""));
            case Attributes.MESSAGE_INTEGRITY -> {
                if (value.length == INTEGRITY) {
                    integrityAt = OptionalInt.of(at);
                }
            }
            case Attributes.CONNECTION_REQUEST_BINDING ->
                bindsConnectionRequests =
                        new String(value, StandardCharsets.US_ASCII).equals(CONNECTION_REQUEST_BINDING);
            case Attributes.BINDING_CHANGE -> bindingChanged = true;
            default -> {
                // attributes from 0x8000 on may be passed over
                if (type < 0x8000) {
                    notUnderstood.add(type);
                }
            }
        }
    }

    private void takeReplyTo(byte[] value) {
        if (value.length == 8 && value[1] == 1) {
            replyTo = Optional.of(new ReplyTo(
                    (value[4] & 0xff) + "." + (value[5] & 0xff) + "." + (value[6] & 0xff) + "." + (value[7] & 0xff),
                    (value[2] & 0xff) << 8 | value[3] & 0xff));
        } else {
            notUnderstood.add(Attributes.RESPONSE_ADDRESS);
        }
    }

    /** Whether it is one of RFC 5389, rather than of RFC 3489. */
    boolean hasCookie() {
        return ByteBuffer.wrap(octets).getInt(4) == MAGIC_COOKIE;
    }

    /** Magic cookie and transaction identifier: 16 octets, which the answer repeats. */
    byte[] transaction() {
        return Arrays.copyOfRange(octets, 4, HEADER);
    }

    Optional<String> username() {
        return username;
    }

    /** Whether its source is where connection requests shall go. */
    boolean bindsConnectionRequests() {
        return bindsConnectionRequests;
    }

    /** Whether the phone says that its binding is another than before. */
    boolean bindingChanged() {
        return bindingChanged;
    }

    Optional<ReplyTo> replyTo() {
        return replyTo;
    }

    /** Attributes that must be understood and are not. */
    List<Integer> notUnderstood() {
        return List.copyOf(notUnderstood);
    }

    /** Whether it carries a proof at all. */
    boolean hasIntegrity() {
        return integrityAt.isPresent();
    }

    /** Whether its proof was made with this key. */
    boolean isProvenBy(byte[] key) {
        if (integrityAt.isEmpty()) {
            return false;
        }
        int at = integrityAt.getAsInt();
        byte[] told = Arrays.copyOfRange(octets, at + 4, at + 4 + INTEGRITY);
        return Integrity.proves(Arrays.copyOf(octets, at), told, key);
    }

    @Override
    public String toString() {
        return "Binding Request of " + octets.length + " octets";
    }
}
