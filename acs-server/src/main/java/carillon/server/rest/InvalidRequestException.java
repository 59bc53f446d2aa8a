package carillon.server.rest;

/** A request that makes no sense by itself; the message is a sentence that names the field, the value and the way out. */
final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidRequestException(String sentence) {
        super(sentence);
    }
}
