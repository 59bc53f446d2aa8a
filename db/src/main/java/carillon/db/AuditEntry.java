package carillon.db;

import java.time.Instant;

/** Who did what to what; before and after are JSON with secrets masked.
 *
 * @param actor {@code user:admin}, {@code token:id}, {@code schedule}, {@code command line}
 */
public record AuditEntry(
        long key,
        Instant at,
        String tenant,
        String site,
        String actor,
        String action,
        String subject,
        String before,
        String after) {}
