package carillon.server.operator;

import java.time.Instant;

/**
 * A connection request of lately and what came of it.
 *
 * @param at when it began
 * @param result what the phone answered
 * @param contact whether the phone came
 */
public record RecentCall(Instant at, CallResult result, Contact contact) {
    /** Whether a called phone came. */
    public enum Contact {
        /** It has been called and is still waited for. */
        AWAITED,
        /** It informed with {@code 6 CONNECTION REQUEST}. */
        CAME,
        /** It did not come in time, or would not come at all. */
        NONE
    }
}
