package carillon.db;

import java.util.Optional;

/** What to look for.
 *
 * @param text prefixes of tokens: MAC in any writing, serial, extension, user, address, label, tag; all must match
 * @param late only late ones, only punctual ones, or both
 * @param cursor from {@link Page#next()}, empty for the start
 */
public record DeviceQuery(
        String text,
        Optional<DeviceState> state,
        Optional<Boolean> late,
        String site,
        String tag,
        String softwareVersion,
        String productClass,
        int limit,
        String cursor) {}
