package carillon.rpc.batch;

import java.time.Duration;

/**
 * What the operator decides about RPCs of many requests.
 *
 * @param names in one request, where nothing else was learned of the phone
 * @param values in one SetParameterValues of which a part may be set
 * @param answerOctets how long an answer may about be; a longer one makes the next request smaller
 * @param slice how long such an RPC may hold one session; what is left waits for the next
 */
public record Batching(int names, int values, int answerOctets, Duration slice) {
    /** What is sensible where nothing was set. */
    public static final Batching DEFAULT = new Batching(50, 50, 256 * 1024, Duration.ofMinutes(1));

    public Batching {
        if (names < 1 || values < 1 || answerOctets < 1) {
            throw new IllegalArgumentException("a request holds at least one name, and an answer something");
        }
    }
}
