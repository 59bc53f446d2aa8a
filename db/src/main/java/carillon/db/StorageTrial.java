package carillon.db;

import carillon.cwmp.DeviceId;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures what it costs to keep the parameters of a fleet, as documents and as rows: the trial behind
 * {@code docs/decisions/0001-parameters-as-one-document.md}.
 */
public final class StorageTrial {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final int PAGE = 100;
    private static final int ROUNDS = 5;
    private static final String H2_FILE = "jdbc:h2:file:";

    private final int devices;
    private final SampleParameters sample;

    /** A trial with so many devices and so many parameters of each. */
    public StorageTrial(int devices, int parameters) {
        this.devices = devices;
        this.sample = new SampleParameters(parameters);
    }

    /** The two ways to keep them. */
    public enum Way {
        DOCUMENT,
        ROWS
    }

    /**
     * What one device costs. The durations are processor time of this process where the database runs in it (H2), else
     * elapsed time.
     *
     * @param store to store all its parameters for the first time
     * @param change to store what an Inform with three changed values reports
     * @param read to read one page of its parameters
     * @param bytes on disk, after the database was compacted
     */
    public record Figures(Duration store, Duration change, Duration read, long bytes) {
        /** The better of each. */
        public Figures best(Figures other) {
            return new Figures(
                    shorter(store, other.store),
                    shorter(change, other.change),
                    shorter(read, other.read),
                    Math.min(bytes, other.bytes));
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    /**
     * Keeps a fleet in this way. An H2 file must be fresh; a PostgreSQL database must be used by nobody else, and loses its
     * devices.
     */
    public Figures run(DatabaseConfig config, Way way) {
        List<Long> keys;
        try (Database database = Database.open(config)) {
            keeping(database, way).prepare();
            keys = insertDevices(database);
        }
        long before = compactedSize(config, way);
        Figures timed = timed(config, way, keys);
        long bytes = compactedSize(config, way) - before;
        try (Database database = Database.open(config)) {
            database.write(
                    stores -> keys.stream().filter(stores.devices()::delete).count());
        }
        return new Figures(timed.store(), timed.change(), timed.read(), bytes / devices);
    }

    private static ParameterKeeping keeping(Database database, Way way) {
        return switch (way) {
            case DOCUMENT -> new ParameterKeeping.AsDocument(database);
            case ROWS -> new ParameterKeeping.AsRows(database);
        };
    }

    private Figures timed(DatabaseConfig config, Way way, List<Long> keys) {
        try (Database database = Database.open(config)) {
            ParameterKeeping keeping = keeping(database, way);
            boolean inProcess = !database.isPostgres();
            Duration store = timed(inProcess, () -> {
                for (int i = 0; i < devices; i++) {
                    keeping.store(keys.get(i), sample.of(i), NOW);
                }
                database.force();
            });
            Duration change = timed(inProcess, () -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    for (int i = 0; i < devices; i++) {
                        keeping.store(keys.get(i), sample.changed(i, round), NOW.plusSeconds(round));
                    }
                }
                database.force();
            });
            Duration read = timed(inProcess, () -> {
                for (int i = 0; i < devices * ROUNDS; i++) {
                    if (keeping.page(keys.get(i % devices), PAGE) != Math.min(PAGE, sample.size())) {
                        throw new IllegalStateException("a page is not what was stored");
                    }
                }
            });
            return new Figures(
                    store.dividedBy(devices),
                    change.dividedBy((long) devices * ROUNDS),
                    read.dividedBy((long) devices * ROUNDS),
                    0);
        }
    }

    private static Duration timed(boolean inProcess, Runnable work) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(inProcess ? system.getProcessCpuTime() - cpu : System.nanoTime() - start);
    }

    private List<Long> insertDevices(Database database) {
        String batch = Ids.next();
        return database.write(stores -> {
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                keys.add(stores.devices().insert(device(batch + i)).key());
            }
            return keys;
        });
    }

    private static Device device(String serial) {
        return new Device(
                0,
                Scope.DEFAULT_TENANT,
                "",
                new DeviceId("C4B9CD", "CP-8851-3PCC", serial),
                DeviceState.APPROVED,
                "",
                Set.of(),
                Device.Reported.NOTHING,
                Device.Trust.NONE,
                new Device.Presence(NOW, Optional.of(NOW), Optional.empty(), "", Optional.empty(), false, ""),
                Device.Spoken.NOTHING,
                0);
    }

    /** What the database takes on disk when it is written without gaps. */
    private static long compactedSize(DatabaseConfig config, Way way) {
        try (Connection connection = DriverManager.getConnection(
                        config.url(), config.user(), config.password().reveal());
                Statement statement = connection.createStatement()) {
            if (config.url().startsWith(H2_FILE)) {
                statement.execute("shutdown compact");
                return Files.size(Path.of(config.url().substring(H2_FILE.length()) + ".mv.db"));
            }
            long size = 0;
            for (String table : ParameterKeeping.tables(way)) {
                statement.execute("vacuum full " + table);
                try (var rows = statement.executeQuery("select pg_total_relation_size('" + table + "')")) {
                    rows.next();
                    size += rows.getLong(1);
                }
            }
            return size;
        } catch (SQLException failed) {
            throw new DatabaseException("the database cannot be compacted: " + failed.getMessage(), failed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
