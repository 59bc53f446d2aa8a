package carillon.db;

import carillon.cwmp.Event;
import java.time.Instant;

/** Something that was told and acknowledged in a session that is a claim.
 *
 * @param details JSON, or empty
 * @param count how often it was told; more than once only where the claim has no room for another row
 * @param lastAt when it was last told
 */
public record ClaimEvent(
        String claimId, Instant at, String session, Event event, String details, int count, Instant lastAt) {}
