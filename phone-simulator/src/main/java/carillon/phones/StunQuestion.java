package carillon.phones;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a phone asks a STUN server (RFC 3489 with TR-069 Annex G), and what it understands of the answer. */
final class StunQuestion {
    private static final byte[] BINDING = "dslforum.org/TR-111 ".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 20;

    private StunQuestion() {}

    /** A Binding Request from the socket that hears connection requests; signed where there is a user name. */
    static byte[] of(byte[] transaction, String username, String password, boolean changed) {
        ByteBuffer out = ByteBuffer.allocate(1024);
        out.putShort((short) 1).putShort((short) 0).put(transaction);
        attribute(out, 0xC001, BINDING);
        if (changed) {
            attribute(out, 0xC002, new byte[0]);
        }
        if (!username.isEmpty()) {
            byte[] name = username.getBytes(StandardCharsets.UTF_8);
            // RFC 3489 wants its length to be a multiple of four
            attribute(out, 6, Arrays.copyOf(name, (name.length + 3) / 4 * 4));
        }
        boolean signed = !username.isEmpty() && !password.isEmpty();
        out.putShort(2, (short) (out.position() - HEADER + (signed ? 24 : 0)));
        if (signed) {
            byte[] message = Arrays.copyOf(out.array(), out.position());
            attribute(out, 8, hmac(password, Arrays.copyOf(message, (message.length + 63) / 64 * 64)));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void attribute(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
    }

    private static byte[] hmac(String password, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", missing);
        }
    }

    /** Whether the datagram may be STUN: HTTP begins with a letter. */
    static boolean isStun(byte[] datagram) {
        return datagram.length >= HEADER && datagram[0] < 4;
    }

    /** The MAPPED-ADDRESS of an answer to this transaction. */
    static Optional<InetSocketAddress> mapped(byte[] datagram, byte[] transaction) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (in.getShort() != 0x0101 || !Arrays.equals(Arrays.copyOfRange(datagram, 4, HEADER), transaction)) {
            return Optional.empty();
        }
        in.position(HEADER);
        while (in.remaining() >= 4) {
            int type = in.getShort();
            int length = in.getShort() & 0xffff;
            if (length > in.remaining()) {
                return Optional.empty();
            }
            byte[] value = new byte[length];
            in.get(value);
            if (type == 1 && length == 8) {
                return address(value);
            }
        }
        return Optional.empty();
    }

    private static Optional<InetSocketAddress> address(byte[] value) {
        try {
            return Optional.of(new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOfRange(value, 4, 8)),
                    (value[2] & 0xff) << 8 | value[3] & 0xff));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }
}
