package carillon.server.files;

import java.util.Optional;

/**
 * One question, whatever the road.
 *
 * @param path plain, with a slash at its beginning
 * @param agent what the client says it is
 * @param source its address
 * @param description what a phone says of itself in the body of a POST
 */
public record FileRequest(
        Road road, String path, Optional<PhoneAgent> agent, String source, Optional<String> description) {
    /** How the answer will travel. */
    public enum Road {
        HTTP,
        HTTPS,
        TFTP
    }
}
