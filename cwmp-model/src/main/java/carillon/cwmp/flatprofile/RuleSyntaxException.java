package carillon.cwmp.flatprofile;

/** A rule that a phone would not understand: where, what was expected there, and what stands there. */
public final class RuleSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    /** With the position in the text, counted from 0; the message counts from 1, as people do. */
    public RuleSyntaxException(int position, String expectation) {
        super("at character " + (position + 1) + ": " + expectation);
        this.position = position;
    }

    /** Where in the text, counted from 0. */
    public int position() {
        return position;
    }
}
