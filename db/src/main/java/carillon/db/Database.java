package carillon.db;

import java.util.function.Function;

/** The database: opened, migrated, and the two ways to work in a transaction. */
public final class Database implements AutoCloseable {
    @Override
    public void close() {
        throw new UnsupportedOperationException("contract");
    }

    /** Opens and migrates. Throws {@link DatabaseException} with a line a person can act on. */
    public static Database open(DatabaseConfig config) {
        throw new UnsupportedOperationException("contract");
    }

    /** Runs a function on a consistent view; nothing it does is kept. */
    public <T> T read(Function<Stores, T> work) {
        throw new UnsupportedOperationException("contract");
    }

    /** Runs a function in one transaction and returns only after the forced write. Repeated on a serialization failure, so it must do nothing but work with the stores. */
    public <T> T write(Function<Stores, T> work) {
        throw new UnsupportedOperationException("contract");
    }

    /** The one writer of what phones do. Its threads end with the database. */
    public GroupCommit groupCommit() {
        throw new UnsupportedOperationException("contract");
    }

    /** The seal of this database, for what is sealed outside its tables. */
    public Seal seal() {
        throw new UnsupportedOperationException("contract");
    }

    /** A plain connection pool for the scheduler's own tables. */
    public javax.sql.DataSource schedulerTables() {
        throw new UnsupportedOperationException("contract");
    }

    /** Whether it is PostgreSQL. */
    public boolean isPostgres() {
        throw new UnsupportedOperationException("contract");
    }

    /** Throws if it cannot be reached. */
    public void check() {
        throw new UnsupportedOperationException("contract");
    }
}
