package carillon.server.connect;

import carillon.server.operator.CallResult.Outcome;
import java.util.OptionalInt;

/**
 * What a phone, or the road to it, said to one connection request.
 *
 * @param outcome {@code ACCEPTED} also where the way knows no answers and the request has left
 * @param status of HTTP, where there was one
 * @param said whether the phone itself answered; a datagram is never answered
 */
record Answer(Outcome outcome, OptionalInt status, String sentence, boolean said) {
    Answer(Outcome outcome, OptionalInt status, String sentence) {
        this(outcome, status, sentence, true);
    }

    /** It was not sent. */
    static Answer forbidden(String sentence) {
        return new Answer(Outcome.FORBIDDEN, OptionalInt.empty(), sentence);
    }

    /** Nobody answered. */
    static Answer unreachable(String sentence) {
        return new Answer(Outcome.UNREACHABLE, OptionalInt.empty(), sentence);
    }
}
