package carillon.phones;

/**
 * How a session ends, as the phone sees it, and what the server counts as an error of it.
 *
 * @param error the reason in the server's {@code carillon_cwmp_errors_total}; empty for no error
 */
public record Prediction(Ending ending, String error) {
    /** How it ends for the phone. */
    public enum Ending {
        /** With the server's empty answer. */
        WELL,
        /** With an HTTP status that is no success. */
        REFUSED,
        /** With a SOAP fault in place of an answer. */
        FAULT,
        /** The phone has gone. */
        GONE,
        /** In any other way: nobody predicts this. */
        BROKEN
    }

    /** The server takes it as it is meant. */
    public static final Prediction UNDERSTOOD = new Prediction(Ending.WELL, "");

    /** The phone goes, and the server ends the session for want of it. */
    public static final Prediction ABANDONED = new Prediction(Ending.GONE, "abandoned");

    /** The phone goes before there was anything to count. */
    public static final Prediction UNNOTICED = new Prediction(Ending.GONE, "");

    /** The phone begins anew at once: the session before is counted as abandoned, the new one ends well. */
    public static final Prediction BEGUN_ANEW = new Prediction(Ending.WELL, "abandoned");

    /** The phone says nothing to what it was asked: the session ends, and the server knows that this is not well. */
    public static final Prediction UNANSWERED = new Prediction(Ending.WELL, "unanswered");

    /** Refused with this HTTP status. */
    public static Prediction refused(int status) {
        return new Prediction(Ending.REFUSED, Integer.toString(status));
    }

    /** The phone has gone when the server would have refused it with this status. */
    public static Prediction goneBefore(int status) {
        return new Prediction(Ending.GONE, Integer.toString(status));
    }

    /** Ended by this fault. */
    public static Prediction fault(String code) {
        return new Prediction(Ending.FAULT, code);
    }

    /** One call is answered with this fault, and the session goes on. */
    public static Prediction told(int fault) {
        return new Prediction(Ending.WELL, Integer.toString(fault));
    }

    /** Whether a phone that saw this saw what was predicted; what only the server knows, it cannot see. */
    boolean isMetBy(Prediction seen) {
        boolean visible = ending != Ending.GONE && !error.equals("abandoned") && !error.equals("unanswered");
        return seen.ending() == ending && (!visible || seen.error().equals(error));
    }

    /** In a few words, such as {@code refused with 400}. */
    @Override
    public String toString() {
        return switch (ending) {
            case WELL -> error.isEmpty() ? "understood" : "ends well, counted as " + error;
            case REFUSED -> "refused with " + error;
            case FAULT -> "fault " + error;
            case GONE -> error.isEmpty() ? "goes unnoticed" : "goes, counted as " + error;
            case BROKEN -> "breaks";
        };
    }
}
