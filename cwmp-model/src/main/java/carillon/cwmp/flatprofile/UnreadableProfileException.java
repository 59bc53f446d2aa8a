package carillon.cwmp.flatprofile;

/** Octets that cannot be unpacked: another key, cut off, altered or too large; the message says which, in one line. */
public final class UnreadableProfileException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableProfileException(String message) {
        super(message);
    }

    UnreadableProfileException(String message, Throwable cause) {
        super(message, cause);
    }
}
