package carillon.cwmp.codec;

/** A body that is no envelope, or none that can be understood; the message says what and where, in one line. */
public final class MalformedEnvelopeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is wrong, for the answer's status. */
    public enum Kind {
        NOT_XML,
        FORBIDDEN_DTD,
        NOT_SOAP,
        MUST_UNDERSTAND,
        INVALID_ARGUMENTS,
        TOO_LARGE
    }

    public MalformedEnvelopeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
