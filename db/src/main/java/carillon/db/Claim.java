package carillon.db;

import java.time.Instant;
import java.util.List;

/** A session that came in an approved device's name without its proof.
 *
 * @param id 26 characters; one claim per device and source address is pending, counted up
 * @param expected a FactoryReset that this server sent was waiting for it: a hint, not a proof
 * @param count how often it came
 * @param told what was told in its sessions and acknowledged, oldest first, where it was asked for; the device's own events
 *     once the claim is confirmed
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
        String decidedBy,
        List<ClaimEvent> told) {
    public Claim {
        told = List.copyOf(told);
    }

    /** Without what was told. */
    public Claim(
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
        this(
                id,
                deviceKey,
                tenant,
                site,
                state,
                expected,
                sourceAddress,
                events,
                count,
                firstSeen,
                lastSeen,
                decidedBy,
                List.of());
    }

    /** With what was told. */
    public Claim withTold(List<ClaimEvent> events) {
        return new Claim(
                id,
                deviceKey,
                tenant,
                site,
                state,
                expected,
                sourceAddress,
                this.events,
                count,
                firstSeen,
                lastSeen,
                decidedBy,
                events);
    }

    /** What an operator or a proof made of it. */
    public enum State {
        PENDING,
        CONFIRMED,
        REFUSED
    }
}
