package carillon.server.cli;

/** A command cannot do what it was asked; the message is one line that says why and what to do. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
