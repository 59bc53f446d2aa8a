package carillon.server.admin;

import carillon.db.Database;
import carillon.db.DatabaseException;
import carillon.server.files.FileBytes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup: a ZIP of what it is, of the database as it was at one moment, and of the bytes of all files. The keys
 * and certificates are not in it: who has them and the database can read every secret.
 */
public final class Backup {
    static final String MANIFEST = "carillon-backup.json";
    static final String DATABASE = "carillon.mv.db";
    static final String FILES = "files/";
    static final int FORMAT = 1;

    private final Database database;
    private final Supplier<FileBytes> files;
    private final Path data;
    private final InstantSource clock;

    /** @param files asked for when a backup is written */
    public Backup(Database database, Supplier<FileBytes> files, Path data, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.data = data;
        this.clock = clock;
    }

    /** Writes it, whole or not at all; what it says is a sentence for people. */
    String write(Path target) {
        if (!target.isAbsolute() || target.getParent() == null) {
            throw new BackupException("'" + target + "' is no absolute path of a file");
        }
        if (Files.exists(target)) {
            throw new BackupException(target + " exists already; choose another name or remove it");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Path copy = data.resolve("backup-" + Long.toString(clock.millis(), 36) + ".zip");
        try {
            database.copyTo(copy);
            int kept = write(part, copy);
            Files.move(part, target);
            return "wrote " + target + " (" + Files.size(target) + " octets, " + kept + " files); the keys and"
                    + " certificates (" + data.resolve("keys") + ", " + data.resolve("tls")
                    + ") are not in it: keep a copy of them in another place";
        } catch (DatabaseException told) {
            throw new BackupException(String.valueOf(told.getMessage()), told);
        } catch (NoSuchFileException missing) {
            throw new BackupException("the directory of " + target + " does not exist", missing);
        } catch (FileAlreadyExistsException busy) {
            throw new BackupException(
                    part + " exists already: another backup is being written, or was cut off; remove it then", busy);
        } catch (IOException failed) {
            throw new BackupException(target + " cannot be written (" + failed.getMessage() + ")", failed);
        } finally {
            remove(copy);
        }
    }

    private int write(Path part, Path copy) throws IOException {
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            FileBytes bytes = files.get();
            List<String> hashes = bytes.hashes();
            try (OutputStream out = Files.newOutputStream(part);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.BEST_SPEED);
                zip.putNextEntry(new ZipEntry(MANIFEST));
                zip.write(new ObjectMapper()
                        .writeValueAsBytes(new TreeMap<>(Map.of(
                                "format", FORMAT, "createdAt", clock.instant().toString()))));
                database(zip, copy);
                for (String sha256 : hashes) {
                    file(zip, sha256, bytes.path(sha256));
                }
            }
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            return hashes.size();
        } catch (IOException | RuntimeException failed) {
            remove(part);
            throw failed;
        }
    }

    /** H2's copy is a ZIP that holds the one file. */
    private static void database(ZipOutputStream zip, Path copy) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(copy))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(".mv.db")) {
                    zip.putNextEntry(new ZipEntry(DATABASE));
                    in.transferTo(zip);
                    return;
                }
            }
        }
        throw new IOException("the copy of the database is empty");
    }

    /** What was removed since the database was copied is left out. */
    private static void file(ZipOutputStream zip, String sha256, Path path) throws IOException {
        try (InputStream bytes = Files.newInputStream(path)) {
            zip.putNextEntry(new ZipEntry(FILES + sha256));
            bytes.transferTo(zip);
        } catch (NoSuchFileException removed) {
            // its description may be in the database, and says so when somebody asks for it
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            throw new BackupException(file + " cannot be removed; remove it", kept);
        }
    }
}
