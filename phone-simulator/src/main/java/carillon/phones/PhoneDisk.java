package carillon.phones;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
     * @param start the first octets, as text of US-ASCII
     */
    public record Fetched(String url, long octets, String sha256, String start) {
        private static final Pattern VERSION = Pattern.compile("SoftwareVersion: *([!-~]{1,64})\\s.*", Pattern.DOTALL);

        /** The version of the firmware in it: what it says in its first line, else its name without the ending. */
        String version() {
            Matcher said = VERSION.matcher(start);
            return said.matches()
                    ? said.group(1)
                    : url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\.loads$", "");
        }
    }

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
