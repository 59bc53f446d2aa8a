package carillon.server.admin;

/** A backup or its restoration cannot be done; the message is one line that says why and what to do. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
