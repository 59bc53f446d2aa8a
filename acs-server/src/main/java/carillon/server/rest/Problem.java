package carillon.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 writes it.
 *
 * @param title what the status means
 * @param detail a sentence that a person can act on
 * @param candidates which things a name could have meant, where it was ambiguous
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<String> candidates) {
    /** The media type. */
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        return new Problem("about:blank", HttpStatus.getMessage(status), status, detail, null);
    }

    static Problem ambiguous(String detail, List<String> candidates) {
        return new Problem(
                "about:blank",
                HttpStatus.getMessage(HttpStatus.CONFLICT_409),
                HttpStatus.CONFLICT_409,
                detail,
                candidates);
    }
}
