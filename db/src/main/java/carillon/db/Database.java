package carillon.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database: opened, migrated, and the two ways to work in a transaction. */
public final class Database implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    private static final String CANARY = "seal-canary";

    /** H2: the database may be already in use. */
    private static final int H2_IN_USE = 90_020;

    private final HikariDataSource pool;
    private final Seal seal;
    private final ParameterShape.Recent shapes = new ParameterShape.Recent();
    private final ModelStore.Recent models;
    private final boolean postgres;
    private final Chain.Numbers numbers;
    private final ForcedWrites forced;
    private final GroupCommit groupCommit;

    private Database(HikariDataSource pool, Seal seal, DatabaseConfig config) {
        this.pool = pool;
        this.seal = seal;
        this.postgres = config.url().startsWith("jdbc:postgresql:");
        this.models = new ModelStore.Recent(config.limits());
        this.numbers = new Chain.Numbers(postgres);
        this.forced = new ForcedWrites(pool, file(config.url()).isPresent());
        this.groupCommit = new GroupCommit(this, config);
    }

    /** Opens and migrates. Throws {@link DatabaseException} with a line a person can act on. */
    public static Database open(DatabaseConfig config) {
        Seal seal = Seal.of(config.keyFile());
        HikariDataSource pool = pool(config);
        try {
            boolean postgres = config.url().startsWith("jdbc:postgresql:");
            Flyway.configure()
                    .dataSource(pool)
                    .locations(
                            "classpath:carillon/db/migration",
                            "classpath:carillon/db/scheduler/" + (postgres ? "postgresql" : "h2"))
                    // the scheduler's tables are number 100: what comes after them has a lower number
                    .outOfOrder(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            Database database = new Database(pool, seal, config);
            database.checkSeal(config);
            return database;
        } catch (FlywayException failed) {
            pool.close();
            throw new DatabaseException(
                    "the database " + config.url() + " cannot be brought up to date: " + firstLine(failed), failed);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
    }

    private static HikariDataSource pool(DatabaseConfig config) {
        HikariConfig hikari = new HikariConfig();
        String url = config.url();
        if (url.startsWith("jdbc:postgresql:")) {
            hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
        } else if (url.startsWith("jdbc:h2:")) {
            url += ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";
            // by default H2 rewrites the file until it is nine tenths full, which costs more than what phones write
            url += ";AUTO_COMPACT_FILL_RATE=40";
        } else {
            throw new DatabaseException(
                    "database.url is '" + url + "'; it must start with jdbc:h2: or jdbc:postgresql:");
        }
        hikari.setJdbcUrl(url);
        hikari.setUsername(config.user());
        hikari.setPassword(config.password().reveal());
        hikari.setMaximumPoolSize(config.poolSize() + 2);
        hikari.setMinimumIdle(2);
        hikari.setPoolName("carillon-db");
        hikari.setAutoCommit(false);
        hikari.setConnectionTimeout(10_000);
        try {
            return new HikariDataSource(hikari);
        } catch (RuntimeException failed) {
            if (isInUse(failed)) {
                throw new DatabaseException(
                        "the database file "
                                + file(config.url()).map(Path::toString).orElse(config.url())
                                + " is in use by another process, most likely a server"
                                + " that runs with this data directory already; stop that one, or set data.dir (or"
                                + " database.url) to another place",
                        failed);
            }
            throw new DatabaseException(
                    "the database " + config.url() + " cannot be reached as user '" + config.user() + "': "
                            + firstLine(failed),
                    failed);
        }
    }

    /** Whether H2 says that somebody else has the file. */
    private static boolean isInUse(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
                return true;
            }
        }
        return false;
    }

    /** The file of an embedded database; empty for any other. */
    public static Optional<Path> file(String url) {
        boolean file = url.startsWith("jdbc:h2:file:") || url.matches("jdbc:h2:[~./].*");
        return file
                ? Optional.of(
                        Path.of(url.replaceFirst("^jdbc:h2:(?:file:)?", "").replaceFirst(";.*", "") + ".mv.db"))
                : Optional.empty();
    }

    /**
     * Writes the embedded database, as it is at one moment, to a ZIP file that does not exist yet; goes on serving
     * meanwhile.
     */
    public void copyTo(Path zip) {
        if (postgres) {
            throw new DatabaseException("the database is PostgreSQL; back it up with pg_dump or the like");
        }
        transact(transaction -> transaction.sql().update("backup to ?", zip.toString()));
    }

    private static String firstLine(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    private void checkSeal(DatabaseConfig config) {
        String canary = write(stores -> {
            String found = stores.settings().find(CANARY).orElse("");
            if (found.isEmpty()) {
                found = java.util.Base64.getEncoder().encodeToString(seal.seal(CANARY, new byte[8]));
                stores.settings().put(CANARY, found);
            }
            return found;
        });
        try {
            seal.open(CANARY, java.util.Base64.getDecoder().decode(canary));
        } catch (IllegalArgumentException foreign) {
            throw new DatabaseException(
                    "the key file " + config.keyFile() + " does not belong to the database " + config.url()
                            + "; put back the one that was used with it",
                    foreign);
        }
    }

    /** Runs a function on a consistent view; nothing it does is kept. */
    public <T> T read(Function<Stores, T> work) {
        try (Connection connection = pool.getConnection()) {
            try {
                return work.apply(Transaction.on(new Sql(connection), seal, shapes, models, numbers)
                        .stores());
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw new DatabaseException("the database cannot be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * Runs a function in one transaction and returns only after the forced write. Repeated on a serialization failure, so
     * it must do nothing but work with the stores.
     */
    public <T> T write(Function<Stores, T> work) {
        T result = transact(transaction -> work.apply(transaction.stores()));
        forced.await();
        return result;
    }

    /**
     * Like {@link #write}, but without the forced write: for what may lose its last moment in a power loss, such as the
     * archive of finished sessions.
     */
    public <T> T writeBehind(Function<Stores, T> work) {
        return transact(transaction -> work.apply(transaction.stores()));
    }

    /** A transaction without the forced write; for the group commit, which forces once for many. */
    <T> T transact(Function<Transaction, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.getConnection()) {
                try {
                    T result = work.apply(Transaction.on(new Sql(connection), seal, shapes, models, numbers));
                    connection.commit();
                    return result;
                } catch (RuntimeException | SQLException failed) {
                    connection.rollback();
                    throw failed;
                }
            } catch (Sql.Failure failed) {
                if (!failed.isWorthRepeating() || attempt == ATTEMPTS) {
                    throw failed;
                }
                shapes.forgetAll(); // perhaps it was one that housekeeping has removed
            } catch (SQLException failed) {
                if (attempt == ATTEMPTS
                        || failed.getSQLState() == null
                        || !failed.getSQLState().startsWith("40")) {
                    throw new DatabaseException("the database cannot be written: " + failed.getMessage(), failed);
                }
            }
        }
    }

    /** Makes what was committed survive a power loss. */
    void force() {
        forced.await();
    }

    /** The one writer of what phones do. Its threads end with the database. */
    public GroupCommit groupCommit() {
        return groupCommit;
    }

    /** The seal of this database, for what is sealed outside its tables. */
    public Seal seal() {
        return seal;
    }

    /** A plain connection pool for the scheduler's own tables. */
    public DataSource schedulerTables() {
        return pool;
    }

    /** Whether it is PostgreSQL. */
    public boolean isPostgres() {
        return postgres;
    }

    /** Throws if it cannot be reached. */
    public void check() {
        Map<String, Integer> answer =
                read(stores -> stores.settings().find(CANARY).isPresent() ? Map.of("ok", 1) : Map.of());
        if (answer.isEmpty()) {
            throw new DatabaseException("the database lost its settings");
        }
    }

    @Override
    public void close() {
        groupCommit.close();
        if (!postgres) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            } catch (SQLException closedAnyway) {
                // the pool is closed next, and H2 recovers from an unclean end
            }
        }
        pool.close();
    }
}
