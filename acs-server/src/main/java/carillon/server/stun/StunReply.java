package carillon.server.stun;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers to Binding Requests. They say what must be said and no more: a request is answered by little more than itself. */
final class StunReply {
    private static final int SUCCESS = 0x0101;
    private static final int ERROR = 0x0111;

    private StunReply() {}

    /** Where the request came from. */
    static byte[] success(StunRequest request, InetSocketAddress source) {
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        attribute(attributes, Attributes.MAPPED_ADDRESS, address(source, new byte[16]));
        if (request.hasCookie()) {
            attribute(attributes, Attributes.XOR_MAPPED_ADDRESS, address(source, request.transaction()));
        }
        return message(SUCCESS, request, attributes.toByteArray());
    }

    /** The same with a proof that whoever answers knows the password too. */
    static byte[] proven(StunRequest request, InetSocketAddress source, byte[] key) {
        byte[] plain = success(request, source);
        int length = plain.length - StunRequest.HEADER + 4 + StunRequest.INTEGRITY;
        byte[] counted = plain.clone();
        counted[2] = (byte) (length >> 8);
        counted[3] = (byte) length;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(counted);
        attribute(all, Attributes.MESSAGE_INTEGRITY, Integrity.of(counted, key, !request.hasCookie()));
        return all.toByteArray();
    }

    /** An error (RFC 3489, 11.2.9). */
    static byte[] error(StunRequest request, int code, String reason) {
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        attribute(attributes, Attributes.ERROR_CODE, errorCode(code, reason));
        return message(ERROR, request, attributes.toByteArray());
    }

    /** 420: attributes that must be understood and are not. */
    static byte[] notUnderstood(StunRequest request) {
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        attribute(attributes, Attributes.ERROR_CODE, errorCode(420, "Unknown"));
        List<Integer> types = request.notUnderstood();
        // RFC 3489 knows no padding: with an odd number, the last is told twice
        int count = types.size() + types.size() % 2;
        ByteBuffer value = ByteBuffer.allocate(count * 2);
        for (int i = 0; i < count; i++) {
            value.putShort(types.get(Math.min(i, types.size() - 1)).shortValue());
        }
        attribute(attributes, Attributes.UNKNOWN_ATTRIBUTES, value.array());
        return message(ERROR, request, attributes.toByteArray());
    }

    private static byte[] errorCode(int code, String reason) {
        byte[] phrase = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] value = new byte[4 + (phrase.length + 3) / 4 * 4];
        value[2] = (byte) (code / 100);
        value[3] = (byte) (code % 100);
        System.arraycopy(phrase, 0, value, 4, phrase.length);
        for (int i = 4 + phrase.length; i < value.length; i++) {
            value[i] = ' ';
        }
        return value;
    }

    /** An address, mixed with this mask (RFC 5389, 15.2); sixteen zeros leave it as it is. */
    private static byte[] address(InetSocketAddress source, byte[] mask) {
        byte[] address = source.getAddress().getAddress();
        byte[] value = new byte[4 + address.length];
        value[1] = (byte) (address.length == 4 ? 1 : 2);
        value[2] = (byte) (source.getPort() >> 8 ^ mask[0]);
        value[3] = (byte) (source.getPort() ^ mask[1]);
        for (int i = 0; i < address.length; i++) {
            value[4 + i] = (byte) (address[i] ^ mask[i]);
        }
        return value;
    }

    private static void attribute(ByteArrayOutputStream out, int type, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type)
                .putShort((short) value.length)
                .array());
        out.writeBytes(value);
    }

    private static byte[] message(int type, StunRequest request, byte[] attributes) {
        return ByteBuffer.allocate(StunRequest.HEADER + attributes.length)
                .putShort((short) type)
                .putShort((short) attributes.length)
                .put(request.transaction())
                .put(attributes)
                .array();
    }
}
