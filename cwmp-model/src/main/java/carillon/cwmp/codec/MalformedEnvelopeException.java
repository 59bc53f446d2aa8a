package carillon.cwmp.codec;

import carillon.cwmp.message.WireStyle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body that is no envelope, or none that can be understood; the message says what and where, in one line. */
public final class MalformedEnvelopeException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    @Nullable
    private final String id;

    @Nullable
    private final transient WireStyle style;

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
        this(kind, message, null, null);
    }

    private MalformedEnvelopeException(Kind kind, String message, @Nullable String id, @Nullable WireStyle style) {
        super(message);
        this.kind = kind;
        this.id = id;
        this.style = style;
    }

    /** The same, with what was known of the envelope when it was given up, so that a fault can answer it in kind. */
    MalformedEnvelopeException seenIn(Optional<String> itsId, WireStyle itsStyle) {
        MalformedEnvelopeException seen =
                new MalformedEnvelopeException(kind, String.valueOf(getMessage()), itsId.orElse(null), itsStyle);
        seen.setStackTrace(getStackTrace());
        return seen;
    }

    public Kind kind() {
        return kind;
    }

    /** The ID header of the envelope, where one was read before it was given up. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The style of the envelope, where its root element was read before it was given up. */
    public Optional<WireStyle> style() {
        return Optional.ofNullable(style);
    }
}
