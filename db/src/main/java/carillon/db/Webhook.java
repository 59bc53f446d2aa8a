package carillon.db;

import carillon.cwmp.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody outside who is told what happens.
 *
 * @param id a text that {@link Ids} made
 * @param scope of which devices it is told
 * @param url where it is told, which may itself be a secret
 * @param secret what its messages are signed with
 * @param kinds what it is told of, in lower case
 * @param delivery how that goes
 */
public record Webhook(
        String id,
        Scope scope,
        String name,
        Secret url,
        Secret secret,
        Set<String> kinds,
        boolean enabled,
        String createdBy,
        Instant createdAt,
        Delivery delivery) {
    public Webhook {
        kinds = Set.copyOf(kinds);
    }

    /**
     * How telling it goes.
     *
     * @param failures how often in a row it did not take what it was told
     * @param notBefore when it may be told again
     * @param lastAt when it was last tried
     * @param lastOutcome what came of that, for people
     * @param dropped what it was never told because too much waited, or for too long; reported with the next message
     */
    public record Delivery(
            int failures, Instant notBefore, Optional<Instant> lastAt, String lastOutcome, long dropped) {
        /** Nothing was tried yet. */
        public static Delivery none(Instant now) {
            return new Delivery(0, now, Optional.empty(), "", 0);
        }
    }

    /** The same with other particulars. */
    public Webhook with(Secret newUrl, Set<String> newKinds, boolean newEnabled) {
        return new Webhook(id, scope, name, newUrl, secret, newKinds, newEnabled, createdBy, createdAt, delivery);
    }

    /** Whether it is told of this device: that of its scope. */
    public boolean covers(Device device) {
        return DeviceSearch.within(scope, device);
    }
}
