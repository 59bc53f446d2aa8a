package carillon.phones;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How a POST can be spelt other than usual. */
final class HttpSpelling {
    private static final Pattern NAME = Pattern.compile("(?m)^([A-Za-z-]+):");
    private static final int BOMB = 20 * 1024 * 1024;

    private HttpSpelling() {}

    /** What a phone does to its connection. */
    interface Break {
        void on(HttpWire wire) throws IOException;
    }

    static String lowerCase(String head) {
        return NAME.matcher(head).replaceAll(name -> name.group(1).toLowerCase(Locale.ROOT) + ":");
    }

    static String trailingBlanks(String head) {
        int line = head.indexOf("\r\n");
        return head.substring(0, line)
                + head.substring(line)
                        .replace("\r\n", " \t\r\n")
                        .replaceFirst("^ \t", "")
                        .replaceFirst(" \t\r\n$", "\r\n");
    }

    static void chunked(Post post, int size) {
        byte[] body = post.body();
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length * 2 + 16);
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            out.write(body, at, length);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        post.headers().put("Transfer-Encoding", "chunked");
        post.body(out.toByteArray());
    }

    static HttpWire.Answer afterContinue(Post post, HttpWire wire) throws IOException {
        post.headers().put("Expect", "100-continue");
        wire.write(post.head());
        int status = wire.status();
        if (status != 100) {
            throw new IOException("in place of 100 came " + status);
        }
        wire.write(post.body());
        return wire.answer();
    }

    /** An é is two octets and counted as one: the last octet of the body is not told of. */
    static HttpWire.Answer lengthInCharacters(Post post, HttpWire wire) throws IOException {
        String text = new String(post.body(), StandardCharsets.UTF_8)
                .replace("<CommandKey></CommandKey>", "<CommandKey>é</CommandKey>");
        post.headers().put("Content-Length", Integer.toString(text.length()));
        post.body(text.getBytes(StandardCharsets.UTF_8));
        wire.write(post.octets());
        return wire.answer();
    }

    static void gzip(Post post) {
        packed(post, "gzip", post.body());
    }

    static void deflate(Post post) {
        packed(post, "deflate", post.body());
    }

    static void bomb(Post post) {
        post.headers().put("Content-Encoding", "gzip");
        post.body(Bomb.PACKED);
    }

    /** Packed once: it costs the phones' machine more than the server. */
    private static final class Bomb {
        static final byte[] PACKED = packed("gzip", blanks());

        private static byte[] blanks() {
            byte[] blanks = new byte[BOMB];
            Arrays.fill(blanks, (byte) ' ');
            return blanks;
        }
    }

    private static void packed(Post post, String coding, byte[] body) {
        post.headers().put("Content-Encoding", coding);
        post.body(packed(coding, body));
    }

    private static byte[] packed(String coding, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packing.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static void inflated(Post post) {
        post.body(Post.joined(post.body(), new byte[100_000]));
    }

    /** Half of the Inform, then this. */
    static Manner half(Break then) {
        return new Manner() {
            @Override
            public Optional<Delivery> delivery(Step step) {
                return step == Step.INFORM ? Optional.of(this::deliver) : Optional.empty();
            }

            private HttpWire.Answer deliver(Post post, HttpWire wire) throws IOException {
                byte[] body = post.body();
                wire.write(post.head());
                wire.write(Arrays.copyOf(body, body.length / 2));
                then.on(wire);
                throw new Gone();
            }
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
