package carillon.db;

import carillon.cwmp.message.AcsMethod;
import java.time.Instant;
import java.util.Optional;

/** An RPC as it is asked for; the store gives it its id and its place. */
public record NewRpc(
        long deviceKey,
        String tenant,
        String site,
        AcsMethod method,
        String arguments,
        Instant createdAt,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        String createdBy,
        boolean forced) {}
