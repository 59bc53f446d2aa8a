package carillon.phones;

import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import carillon.phones.Prediction.Ending;
import java.io.IOException;

/** How a session ends, and why; what is thrown through it, it remembers. */
final class SessionEnd {
    private Ending ending = Ending.BROKEN;
    private String error = "";
    private String reason = "";

    /** It ended with the server's empty answer. */
    void well() {
        ending = Ending.WELL;
    }

    /** The server answered one call with a fault; the session goes on. */
    void told(FaultMessage fault) {
        error = code(fault);
    }

    /** The server refuses. */
    IOException refused(int status, String why) {
        ending = Ending.REFUSED;
        error = Integer.toString(status);
        return new IOException(why);
    }

    /** The server says something that does not fit, most likely a fault. */
    IOException unexpected(String what, CwmpMessage said) {
        if (said instanceof FaultMessage fault) {
            ending = Ending.FAULT;
            error = code(fault);
            return new IOException(what + "fault " + error);
        }
        return new IOException(what + said.name());
    }

    void because(Exception failed) {
        if (failed instanceof Gone) {
            ending = Ending.GONE;
        }
        boolean expected = !(failed instanceof RuntimeException);
        reason = expected ? String.valueOf(failed.getMessage()) : "an answer that cannot be understood: " + failed;
    }

    /** Why it did not end well; empty where it did. */
    String reason() {
        return reason;
    }

    Prediction seen() {
        return new Prediction(ending, error);
    }

    private static String code(FaultMessage fault) {
        return fault.fault().code() == 0
                ? "SOAP"
                : Integer.toString(fault.fault().code());
    }
}
