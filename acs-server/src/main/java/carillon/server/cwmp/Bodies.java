package carillon.server.cwmp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Unpacks what a phone has packed, within a limit, and packs what it is answered (CWMP-030, CWMP-031). */
final class Bodies {
    private Bodies() {}

    /** It unpacks to more than is allowed. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    static boolean isKnown(String coding) {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity", "gzip", "x-gzip", "deflate" -> true;
            default -> false;
        };
    }

    static byte[] unpacked(byte[] body, String coding, int limit) throws IOException {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        if (body.length == 0 || name.isEmpty() || name.equals("identity")) {
            return body;
        }
        ByteArrayInputStream packed = new ByteArrayInputStream(body);
        try (InputStream in = name.endsWith("gzip") ? new GZIPInputStream(packed) : inflating(body, packed)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, body.length * 4));
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (out.size() + n > limit) {
                    throw new TooLargeException();
                }
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }

    /** "deflate" is meant to be the zlib format; some clients send the bare stream. */
    private static InputStream inflating(byte[] body, InputStream packed) {
        boolean zlib = body.length > 1 && (body[0] & 15) == 8 && ((body[0] & 255) << 8 | body[1] & 255) % 31 == 0;
        return zlib ? new InflaterInputStream(packed) : new InflaterInputStream(packed, new Inflater(true));
    }

    /** Whether an answer to what came in this coding is packed. */
    static boolean isPacking(String coding) {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        return !name.isEmpty() && !name.equals("identity");
    }

    /** The octets in a coding that {@link #isPacking}. */
    static byte[] packed(byte[] body, String coding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 64);
        try (OutputStream packing = coding.strip().toLowerCase(Locale.ROOT).endsWith("gzip")
                ? new GZIPOutputStream(out)
                : new DeflaterOutputStream(out)) {
            packing.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
