package carillon.db;

import java.time.Instant;

/** A session that came in an approved device's name without its proof.
 *
 * @param id 26 characters; one claim per device, source address and day, counted up
 * @param expected a FactoryReset that this server sent was waiting for it: a hint, not a proof
 * @param count how often it came
 */
public record Claim(
        String id,
        long deviceKey,
        String tenant,
        String site,
        State state,
        boolean expected,
        String sourceAddress,
        String events,
        int count,
        Instant firstSeen,
        Instant lastSeen,
        String decidedBy) {
    /** What an operator or a proof made of it. */
    public enum State {
        PENDING,
        CONFIRMED,
        REFUSED
    }
}
