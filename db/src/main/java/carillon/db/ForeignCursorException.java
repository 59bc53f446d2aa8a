package carillon.db;

/** Somebody asked for a page behind a cursor that this list never gave out. */
public final class ForeignCursorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ForeignCursorException(String message) {
        super(message);
    }
}
