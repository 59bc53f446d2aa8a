package carillon.cwmp.flatprofile;

/** Octets are no flat profile, or more than anybody's profile is; the message says what and where, without values. */
public final class MalformedProfileException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedProfileException(String message) {
        super(message);
    }
}
