package carillon.db;

import java.time.Instant;

/**
 * One version of a layer of configuration.
 *
 * @param id of the layer, the same for all its versions
 * @param site the site that it is for; empty where it is for more than one
 * @param version from 1
 * @param scopeKind what its scope is of
 * @param scopeValue which of these; empty for all phones
 * @param content its keys and values as JSON; it may hold secrets
 * @param note why, as its author says
 */
public record StoredLayer(
        String id,
        String tenant,
        String site,
        String name,
        int version,
        String scopeKind,
        String scopeValue,
        int priority,
        String content,
        String note,
        String createdBy,
        Instant createdAt) {
    /** Says nothing of the content. */
    @Override
    public String toString() {
        return "layer " + name + " version " + version;
    }
}
