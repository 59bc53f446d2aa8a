package carillon.server.cwmp;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;

/** Why a body could not be read, in a status and a line. */
final class Refusals {
    private static final int LONGEST_SHOWN = 40;

    private Refusals() {}

    /** A status, and a reason in one line. */
    record Refusal(int status, String reason) {}

    /** Of a body that ended in failure: too long, too slow, cut off, or not framed as HTTP wants it. */
    static Refusal ofUnreadBody(Throwable failed, int bodyLimit) {
        if (failed instanceof Bodies.TooLargeException) {
            return new Refusal(413, "a body over " + bodyLimit + " octets");
        }
        if (failed instanceof TimeoutException || failed.getCause() instanceof TimeoutException) {
            return new Refusal(408, "the body came too slowly");
        }
        if (failed instanceof EofException) {
            return new Refusal(400, "the body was cut off");
        }
        if (failed instanceof HttpException http) {
            return new Refusal(http.getCode() < 400 ? 400 : http.getCode(), "a body that is not sound HTTP");
        }
        return new Refusal(400, "the body could not be read");
    }

    /** What a stranger wrote, short and printable. */
    static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return '\'' + (plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "..." : plain) + '\'';
    }
}
