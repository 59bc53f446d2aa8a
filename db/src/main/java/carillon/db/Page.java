package carillon.db;

import java.util.List;
import java.util.Optional;

/** A piece of a list.
 *
 * @param next where the next piece begins, empty at the end
 * @param total how many there are in all, counted up to a limit; -1 where it was not counted
 * @param totalIsAtLeast the count stopped at the limit
 */
public record Page<T>(List<T> items, Optional<String> next, long total, boolean totalIsAtLeast) {
    public Page {
        items = List.copyOf(items);
    }
}
