package carillon.db;

import java.time.Instant;

/** A token for scripts: only its SHA-256 is stored.
 *
 * @param id public name of the token
 * @param hash hexadecimal SHA-256 of the token text
 */
public record ApiToken(
        String id,
        String hash,
        String label,
        long userKey,
        Role role,
        Scope scope,
        Instant createdAt,
        Instant expiresAt,
        boolean revoked) {}
