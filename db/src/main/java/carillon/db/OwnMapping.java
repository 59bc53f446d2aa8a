package carillon.db;

import java.time.Instant;

/**
 * A line that an operator added to the table of parameters and keys.
 *
 * @param path the parameter, with places for numbers
 * @param keyBase the key, with places for numbers; empty where the parameter has none
 * @param line the whole line as it was written
 */
public record OwnMapping(
        String id, String tenant, String path, String keyBase, String line, String createdBy, Instant createdAt) {}
