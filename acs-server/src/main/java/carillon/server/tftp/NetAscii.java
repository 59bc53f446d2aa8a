package carillon.server.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A text as RFC 1350 sends it in the mode {@code netascii}: lines end in CR LF, a CR alone has a NUL behind it. */
final class NetAscii {
    private NetAscii() {}

    /** The same content, translated, in memory; the given one is closed. */
    static TftpContent of(TftpContent content) throws IOException {
        try (content) {
            byte[] plain = content.read(0, (int) content.length());
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + plain.length / 16);
            for (byte octet : plain) {
                if (octet == '\n') {
                    out.write('\r');
                }
                out.write(octet);
                if (octet == '\r') {
                    out.write(0);
                }
            }
            return TftpContent.of(out.toByteArray());
        }
    }
}
