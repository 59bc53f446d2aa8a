package carillon.db;

/** The database cannot be opened, reached or migrated; the message names what and the way out. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    public DatabaseException(String message) {
        super(message);
    }
}
