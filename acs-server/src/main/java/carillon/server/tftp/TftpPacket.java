package carillon.server.tftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What travels in one datagram of TFTP. */
sealed interface TftpPacket {
    /** Requests and acknowledgements of options fit in this (RFC 2347). */
    int LONGEST_REQUEST = 512;

    int READ = 1;
    int WRITE = 2;
    int DATA = 3;
    int ACK = 4;
    int ERROR = 5;
    int OPTIONS = 6;

    /**
     * A request to read or to write.
     *
     * @param mode in lower case
     * @param options names in lower case, in the order they came
     */
    record Request(boolean write, String file, String mode, Map<String, String> options) implements TftpPacket {
        @Override
        public byte[] encode() {
            return texts(write ? WRITE : READ, new String[] {file, mode}, options);
        }
    }

    /** A block of a file; a short one is the last. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Data(int block, byte[] content) implements TftpPacket {
        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(4 + content.length)
                    .putShort((short) DATA)
                    .putShort((short) block)
                    .put(content)
                    .array();
        }
    }

    /** Everything up to this block, counted modulo 65536, has come. */
    record Ack(int block) implements TftpPacket {
        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(4)
                    .putShort((short) ACK)
                    .putShort((short) block)
                    .array();
        }
    }

    /** The end, and why. */
    record Failure(int code, String message) implements TftpPacket {
        static final Failure NOT_FOUND = new Failure(1, "not found");
        static final Failure READ_ONLY = new Failure(2, "read only");
        static final Failure ILLEGAL = new Failure(4, "bad request");
        static final Failure TOO_LARGE = new Failure(0, "use octet");

        @Override
        public byte[] encode() {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(5 + text.length)
                    .putShort((short) ERROR)
                    .putShort((short) code)
                    .put(text)
                    .put((byte) 0)
                    .array();
        }
    }

    /** The options that the server takes, with its values. */
    record OptionAck(Map<String, String> options) implements TftpPacket {
        @Override
        public byte[] encode() {
            return texts(OPTIONS, new String[0], options);
        }
    }

    /** Its octets. */
    byte[] encode();

    /** What these octets are; empty where they are nothing of TFTP. */
    static Optional<TftpPacket> decode(ByteBuffer in) {
        if (in.remaining() < 4) {
            return Optional.empty();
        }
        int length = in.remaining();
        int operation = Short.toUnsignedInt(in.getShort());
        return switch (operation) {
            case READ, WRITE -> length > LONGEST_REQUEST ? Optional.empty() : request(operation == WRITE, in);
            case DATA -> {
                int block = Short.toUnsignedInt(in.getShort());
                byte[] content = new byte[in.remaining()];
                in.get(content);
                yield Optional.of(new Data(block, content));
            }
            case ACK -> Optional.of(new Ack(Short.toUnsignedInt(in.getShort())));
            case ERROR -> {
                int code = Short.toUnsignedInt(in.getShort());
                yield Optional.of(new Failure(code, text(in).orElse("")));
            }
            case OPTIONS -> options(in).map(OptionAck::new);
            default -> Optional.empty();
        };
    }

    private static Optional<TftpPacket> request(boolean write, ByteBuffer in) {
        Optional<String> file = text(in);
        Optional<String> mode = text(in);
        Optional<Map<String, String>> options = options(in);
        if (file.isEmpty() || file.get().isEmpty() || mode.isEmpty() || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Request(write, file.get(), mode.get().toLowerCase(Locale.ROOT), options.get()));
    }

    private static Optional<Map<String, String>> options(ByteBuffer in) {
        Map<String, String> options = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            Optional<String> name = text(in);
            Optional<String> value = text(in);
            if (name.isPresent() && name.get().isEmpty()) {
                // some clients leave octets behind the mode; they mean nothing
                return Optional.of(options);
            }
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            options.putIfAbsent(name.get().toLowerCase(Locale.ROOT), value.get());
        }
        return Optional.of(options);
    }

    /** A text that a zero octet ends; one without is none. */
    private static Optional<String> text(ByteBuffer in) {
        for (int end = in.position(); end < in.limit(); end++) {
            if (in.get(end) == 0) {
                byte[] octets = new byte[end - in.position()];
                in.get(octets);
                in.position(end + 1);
                return Optional.of(new String(octets, StandardCharsets.UTF_8));
            }
        }
        in.position(in.limit());
        return Optional.empty();
    }

    private static byte[] texts(int operation, String[] first, Map<String, String> options) {
        StringBuilder all = new StringBuilder();
        for (String text : first) {
            all.append(text).append('\0');
        }
        options.forEach(
                (name, value) -> all.append(name).append('\0').append(value).append('\0'));
        byte[] octets = all.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + octets.length)
                .putShort((short) operation)
                .put(octets)
                .array();
    }
}
