package carillon.server.admin;

import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.db.DatabaseException;
import carillon.server.files.FileBytes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Puts a backup in place of the embedded database. Nothing of what it had to do is done by itself afterwards: its open RPCs
 * are held for a person to decide, and everybody logs in again.
 */
public final class Restore {
    private static final int BUFFER = 64 << 10;

    private final DatabaseConfig config;
    private final FileBytes files;
    private final Path data;

    /** Of this database, which must not be open. */
    public Restore(DatabaseConfig config, FileBytes files, Path data) {
        this.config = config;
        this.files = files;
        this.data = data;
    }

    /**
     * Puts it in place; what it says is a sentence for people.
     *
     * @param replace whether a database that is there is put aside; else it stands in the way
     */
    public String from(Path backup, boolean replace, Instant now) {
        Path target = Database.file(config.url())
                .orElseThrow(() -> new BackupException(
                        "the database is not embedded; restore PostgreSQL with pg_restore or the like"));
        if (Files.exists(target) && !replace) {
            throw new BackupException(
                    "there is a database already: " + target + "; give --replace to put it aside first");
        }
        if (!Files.exists(config.keyFile())) {
            throw new BackupException("the keys are missing: put the file that belongs to the backup to "
                    + config.keyFile() + "; without it no secret in the backup can be read");
        }
        Path room = data.resolve("restore-" + Long.toString(now.toEpochMilli(), 36));
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            String taken = manifest(zip);
            Files.createDirectory(room);
            extract(zip, room.resolve(Backup.DATABASE));
            int held = settle(room, now);
            int brought = bringFiles(zip);
            String aside = Files.exists(target) ? putAside(target, now) : "";
            Files.createDirectories(target.resolveSibling(""));
            Files.move(room.resolve(Backup.DATABASE), target, StandardCopyOption.ATOMIC_MOVE);
            return "restored the backup of " + taken + " with " + brought + " files" + aside + "; " + held
                    + " RPCs that were open in it are held for review (unconfirmed), and everybody logs in again;"
                    + " tokens that were revoked since are good again: 'carillon token list' shows them";
        } catch (DatabaseException told) {
            throw new BackupException(String.valueOf(told.getMessage()), told);
        } catch (ZipException wrong) {
            throw new BackupException(backup + " is no backup of this program (" + wrong.getMessage() + ")", wrong);
        } catch (IOException failed) {
            throw new BackupException(
                    backup + " cannot be restored (" + failed.getClass().getSimpleName() + ": " + failed.getMessage()
                            + ")",
                    failed);
        } finally {
            clear(room);
        }
    }

    private static String manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Backup.MANIFEST);
        if (entry == null || zip.getEntry(Backup.DATABASE) == null) {
            throw new ZipException("it holds no " + Backup.MANIFEST + " or no database");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            JsonNode manifest = new ObjectMapper().readTree(in.readNBytes(BUFFER));
            if (manifest.path("format").asInt() != Backup.FORMAT) {
                throw new ZipException("it has the format "
                        + manifest.path("format").asText() + ", and this program reads " + Backup.FORMAT);
            }
            return manifest.path("createdAt").asText();
        }
    }

    private static void extract(ZipFile zip, Path to) throws IOException {
        ZipEntry entry = zip.getEntry(Backup.DATABASE);
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }

    /** Opens the database beside its place, with the keys that are here: whether they fit is known before anything moves. */
    private int settle(Path room, Instant now) {
        String url = "jdbc:h2:file:" + room.resolve("carillon");
        DatabaseConfig beside = new DatabaseConfig(
                url,
                config.user(),
                config.password(),
                config.keyFile(),
                config.poolSize(),
                config.groupSize(),
                config.waitingLimit(),
                config.waitingPerSource());
        try (Database database = Database.open(beside)) {
            return database.write(stores -> {
                stores.users().list().forEach(user -> stores.users().deleteLogins(user.key()));
                return stores.rpcs()
                        .hold(
                                "it was open when the backup was taken that was restored at " + now
                                        + ": whether it was done meanwhile, nobody knows here",
                                now);
            });
        }
    }

    private int bringFiles(ZipFile zip) throws IOException {
        int brought = 0;
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            if (entry.getName().matches(Backup.FILES + "[0-9a-f]{64}")) {
                bring(zip, entry);
                brought++;
            }
        }
        return brought;
    }

    private void bring(ZipFile zip, ZipEntry entry) throws IOException {
        String sha256 = entry.getName().substring(Backup.FILES.length());
        if (Files.exists(files.path(sha256))) {
            return;
        }
        try (FileBytes.Incoming incoming = files.receive();
                InputStream in = zip.getInputStream(entry)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                incoming.write(ByteBuffer.wrap(buffer, 0, n));
            }
            if (!incoming.finish().sha256().equals(sha256)) {
                throw new ZipException("the file " + sha256 + " in it is damaged");
            }
        }
    }

    private static String putAside(Path target, Instant now) throws IOException {
        Path aside = target.resolveSibling(
                target.getFileName() + ".before-" + now.toString().replaceAll("[^0-9A-Z]", ""));
        Files.move(target, aside);
        return " (what was there is " + aside + " now)";
    }

    private static void clear(Path room) {
        for (String left : new String[] {Backup.DATABASE, "carillon.trace.db", ""}) {
            try {
                Files.deleteIfExists(left.isEmpty() ? room : room.resolve(left));
            } catch (IOException kept) {
                throw new BackupException(room + " cannot be removed; remove it", kept);
            }
        }
    }
}
