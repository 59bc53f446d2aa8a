package carillon.server.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Paths that clients ask for, made plain: no way leads up, out, or around by another spelling. */
final class FilePath {
    private static final int LONGEST = 300;

    private FilePath() {}

    /** A path of a URL, with a slash at its beginning, after its percent signs were decoded once; empty for any oddity. */
    static Optional<String> ofUrl(String encoded) {
        if (encoded.length() > 3 * LONGEST) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                octets.put((byte) (high << 4 | low));
                i += 2;
            } else if (c < 0x80) {
                octets.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            return plain(
                    StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString());
        } catch (CharacterCodingException overlong) {
            return Optional.empty();
        }
    }

    /** A name as TFTP clients send it, with or without a slash at its beginning. */
    static Optional<String> ofTftp(String name) {
        return plain(name.startsWith("/") ? name : "/" + name);
    }

    private static Optional<String> plain(String path) {
        if (path.length() > LONGEST || !path.startsWith("/")) {
            return Optional.empty();
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            // a percent sign that is left was encoded twice; nothing that is served has one in its name
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '%') {
                return Optional.empty();
            }
        }
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.empty();
            }
        }
        return Optional.of(path);
    }
}
