package carillon.server.files;

import carillon.db.Ids;
import carillon.server.config.FilesConfig;
import carillon.server.lifecycle.DataDirectory;
import carillon.server.lifecycle.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The bytes of files, each under its SHA-256: written to a temporary file, hashed on the way, moved in one step. What
 * nobody needs any more is removed. Thread-safe.
 */
public final class FileBytes {
    private static final String INCOMING = "incoming";

    private final Path directory;
    private final Path incoming;
    private final long limit;
    private final long totalLimit;
    private final AtomicLong total = new AtomicLong();
    /** Bytes that are here and that nobody has written down yet, with how many are about to. */
    private final Map<String, Integer> fresh = new HashMap<>();

    private FileBytes(Path directory, FilesConfig config) {
        this.directory = directory;
        this.incoming = DataDirectory.create(directory.resolve(INCOMING));
        this.limit = config.limit();
        this.totalLimit = config.totalLimit();
    }

    /** The bytes in this directory, which is made where it is missing; what was cut off at the last end is removed. */
    public static FileBytes open(FilesConfig config, Path data) {
        Path directory = DataDirectory.create(
                config.directory().isEmpty() ? data.resolve("files") : Path.of(config.directory()));
        FileBytes bytes = new FileBytes(directory, config);
        try {
            for (Path unfinished : list(bytes.incoming)) {
                Files.deleteIfExists(unfinished);
            }
            for (Path file : bytes.files()) {
                bytes.total.addAndGet(Files.size(file));
            }
        } catch (IOException failed) {
            throw new StartFailedException("the files in " + directory + " cannot be read; check files.dir", failed);
        }
        return bytes;
    }

    /** How many octets all files have, with those that are coming in. */
    public long total() {
        return total.get();
    }

    /** Where bytes may lie that nobody has taken in yet; emptied at each start. */
    public Path desk() {
        return incoming;
    }

    /** How many octets one file may have. */
    public long limit() {
        return limit;
    }

    /** Where the bytes with this hash lie, whether or not they are there. */
    public Path path(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no SHA-256: " + sha256.length() + " characters");
        }
        return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Begins to take a file in; to be closed when it was written down, or was not. */
    public Incoming receive() throws IOException {
        return new Incoming(incoming.resolve(Ids.next()));
    }

    /** Removes these bytes unless they are needed. */
    public void removeUnless(String sha256, Predicate<String> needed) {
        synchronized (fresh) {
            if (fresh.containsKey(sha256) || needed.test(sha256)) {
                return;
            }
            Path file = path(sha256);
            try {
                long octets = Files.exists(file) ? Files.size(file) : 0;
                if (Files.deleteIfExists(file)) {
                    total.addAndGet(-octets);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException("the file " + file + " cannot be removed", failed);
            }
        }
    }

    /** Removes all bytes that are not needed; returns how many files. */
    public int sweep(Predicate<String> needed) {
        int removed = 0;
        try {
            for (Path file : files()) {
                removeUnless(String.valueOf(file.getFileName()), needed);
                removed += Files.exists(file) ? 0 : 1;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the files in " + directory + " cannot be listed", failed);
        }
        return removed;
    }

    /** The hashes of all bytes that are here. */
    public List<String> hashes() throws IOException {
        return files().stream().map(file -> String.valueOf(file.getFileName())).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory, 2)) {
            return all.filter(path -> String.valueOf(path.getFileName()).matches("[0-9a-f]{64}"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    /** What came in, whole. */
    public record Received(String sha256, long octets) {}

    /** A file that is coming in. For one thread at a time. */
    public final class Incoming implements AutoCloseable {
        private final Path temporary;
        private final FileChannel channel;
        private final MessageDigest digest;
        private long octets;
        private String finished = "";

        private Incoming(Path temporary) throws IOException {
            this.temporary = temporary;
            this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java runtime has SHA-256", missing);
            }
        }

        /** The next octets; throws {@link FileTooLargeException} or {@link StoreFullException} beyond the limits. */
        public void write(ByteBuffer next) throws IOException {
            int more = next.remaining();
            if (octets + more > limit) {
                throw new FileTooLargeException(limit);
            }
            octets += more;
            if (total.addAndGet(more) > totalLimit) {
                throw new StoreFullException(totalLimit);
            }
            digest.update(next.duplicate());
            while (next.hasRemaining()) {
                channel.write(next);
            }
        }

        /** That was all: the bytes are durable under their hash. */
        public Received finish() throws IOException {
            channel.force(true);
            channel.close();
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path target = path(sha256);
            DataDirectory.create(target.resolveSibling(""));
            synchronized (fresh) {
                if (Files.exists(target)) {
                    total.addAndGet(-octets);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                fresh.merge(sha256, 1, Integer::sum);
                finished = sha256;
            }
            try (FileChannel parent = FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
                parent.force(true);
            }
            return new Received(sha256, octets);
        }

        /** What was not finished is gone; what was finished is no longer held for who wanted to write it down. */
        @Override
        public void close() throws IOException {
            if (!finished.isEmpty()) {
                synchronized (fresh) {
                    fresh.computeIfPresent(finished, (hash, holders) -> holders > 1 ? holders - 1 : null);
                }
                finished = "";
            } else if (Files.deleteIfExists(temporary)) {
                channel.close();
                total.addAndGet(-octets);
            }
        }
    }
}
