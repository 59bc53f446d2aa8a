package carillon.server.cwmp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Unpacks what a phone has packed, within a limit (CWMP-030, CWMP-031). */
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
        try (InputStream in = name.endsWith("gzip") ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
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
}
