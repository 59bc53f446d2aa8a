package carillon.db;

import carillon.cwmp.message.AcsMethod;
import java.time.Instant;
import java.util.Optional;

/**
 * An RPC as it is asked for; the store gives it its id and its place.
 *
 * @param awaited the version of firmware that the phone has to report before this has succeeded; empty for none
 */
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
        boolean forced,
        String awaited) {
    /** One that awaits no version. */
    public NewRpc(
            long deviceKey,
            String tenant,
            String site,
            AcsMethod method,
            String arguments,
            Instant createdAt,
            Optional<Instant> notBefore,
            Optional<Instant> expiresAt,
            String createdBy,
            boolean forced) {
        this(deviceKey, tenant, site, method, arguments, createdAt, notBefore, expiresAt, createdBy, forced, "");
    }
}
