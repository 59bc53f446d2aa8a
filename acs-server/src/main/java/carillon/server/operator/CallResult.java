package carillon.server.operator;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What came of a connection request (TR-069 Amendment 6, 3.2.2). That a phone accepted one does not mean that it came: its
 * Inform with {@code 6 CONNECTION REQUEST} says so.
 *
 * @param status of HTTP, where the phone answered at all
 * @param took from the wish to the end of it
 * @param sentence for people; names the setting where one stands in the way
 * @param joined the phone was in a session already, so nothing was sent
 */
public record CallResult(
        Kind kind, Outcome outcome, OptionalInt status, Duration took, String sentence, boolean joined) {
    /** Of a phone that had no session open. */
    public CallResult(Kind kind, Outcome outcome, OptionalInt status, Duration took, String sentence) {
        this(kind, outcome, status, took, sentence, false);
    }

    /** Of a phone that has its session open already: nothing was sent. */
    public static CallResult joining(Kind kind) {
        return new CallResult(
                kind,
                Outcome.ACCEPTED,
                OptionalInt.empty(),
                Duration.ZERO,
                "the phone has a session open now, so nothing was sent: this session asks for what is queued, and the"
                        + " phone is called if it ends before that",
                true);
    }

    /** Which way. */
    public enum Kind {
        HTTP,
        UDP,
        XMPP
    }

    /** What came of it. */
    public enum Outcome {
        /** The phone said that it will come, or has its session open already. */
        ACCEPTED,
        /** The phone answered, and will not come because of this request (busy, wrong credentials, wrong address). */
        REFUSED,
        /** No answer. */
        UNREACHABLE,
        /** This server did not send it: a rule or a limit stands against it. */
        FORBIDDEN
    }
}
