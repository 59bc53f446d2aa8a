package carillon.db;

import java.util.Optional;

/**
 * Which files are listed.
 *
 * @param text the beginning of their names, empty for all
 * @param type exactly this type, empty for all
 * @param deviceKey those that this phone sent
 */
public record FileQuery(
        Scope scope,
        String text,
        String type,
        Optional<StoredFile.Origin> origin,
        Optional<Long> deviceKey,
        int limit,
        String cursor) {}
