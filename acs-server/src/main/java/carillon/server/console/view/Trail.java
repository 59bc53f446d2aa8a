package carillon.server.console.view;

import java.util.Optional;

/**
 * Where a list goes on.
 *
 * @param first the link to its beginning, where it is not shown
 * @param next the link to its next part, where there is one
 */
public record Trail(Optional<String> first, Optional<String> next) {}
