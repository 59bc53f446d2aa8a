package carillon.phones;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files of a phone: those it sends, and what is remembered of the last one it fetched; its bytes go nowhere. Thread-safe. */
public final class PhoneDisk {
    private final Map<String, Kept> files = new HashMap<>();
    private Optional<Fetched> fetched = Optional.empty();

    /** Opens a file's bytes; the same each time. */
    public interface Content {
        InputStream open();
    }

    /** A file that the phone has. */
    record Kept(long octets, Content content) {
        static Kept of(byte[] bytes) {
            return new Kept(bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /**
     * A file that the phone fetched.
     *
     * @param sha256 64 hexadecimal digits
     */
    public record Fetched(String url, long octets, String sha256) {}

    /** Asked for a file of this type, the phone sends this one. */
    public synchronized void holds(String fileType, long octets, Content content) {
        files.put(fileType, new Kept(octets, content));
    }

    synchronized Optional<Kept> file(String fileType) {
        return Optional.ofNullable(files.get(fileType));
    }

    synchronized void fetched(Fetched file) {
        fetched = Optional.of(file);
    }

    /** The last file that it fetched. */
    public synchronized Optional<Fetched> fetched() {
        return fetched;
    }
}
