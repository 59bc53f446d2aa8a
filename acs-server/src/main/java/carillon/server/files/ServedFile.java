package carillon.server.files;

import java.nio.file.Path;

/** What is given away: made for the moment, or kept. */
public sealed interface ServedFile {
    /** Octets that were just made. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(byte[] octets, String mediaType) implements ServedFile {}

    /**
     * A file that everybody may have.
     *
     * @param sha256 of its octets, 64 hexadecimal digits
     */
    record Kept(String name, Path path, long octets, String sha256) implements ServedFile {}
}
