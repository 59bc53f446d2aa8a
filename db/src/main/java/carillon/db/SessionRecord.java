package carillon.db;

import java.time.Instant;
import java.util.List;

/** A finished CWMP session.
 *
 * @param outcome {@code ended well}, or why it did not
 * @param rpcs names of the RPCs that were sent in it
 * @param exchange the messages, oldest first; secrets already masked
 */
public record SessionRecord(
        String id,
        long deviceKey,
        String tenant,
        String site,
        Instant startedAt,
        Instant endedAt,
        String sourceAddress,
        List<String> events,
        List<String> rpcs,
        String outcome,
        List<Message> exchange) {
    public SessionRecord {
        events = List.copyOf(events);
        rpcs = List.copyOf(rpcs);
        exchange = List.copyOf(exchange);
    }

    /** One message; the body is XML, empty for an empty one. */
    public record Message(Instant at, boolean fromPhone, String name, String body) {}
}
