package carillon.server.access;

import java.time.Duration;
import java.util.Optional;

/** Somebody was not let in; the sentence says why, and what would help. */
public final class AccessDeniedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        /** No proof, or a wrong one. */
        UNPROVEN,
        /** Known, but not like this: a missing CSRF token, a password that must be changed first. */
        FORBIDDEN,
        /** Too many wrong passwords; see {@link AccessDeniedException#retryAfter()}. */
        TOO_MANY_FAILURES,
        /** A secret in a URL. */
        SECRET_IN_URL
    }

    private final Reason reason;
    private final transient Optional<Duration> retryAfter;

    public AccessDeniedException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
        this.retryAfter = Optional.empty();
    }

    AccessDeniedException(String sentence, Duration retryAfter) {
        super(sentence);
        this.reason = Reason.TOO_MANY_FAILURES;
        this.retryAfter = Optional.of(retryAfter);
    }

    public Reason reason() {
        return reason;
    }

    /** When it may be tried again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
