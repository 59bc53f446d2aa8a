package carillon.db;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to devices. */
public final class EventStore {
    /** How many characters of details are kept. */
    public static final int LONGEST_DETAILS = 4000;

    private static final int LONGEST_CODE = 64;

    private final Sql sql;
    private final Chain chain;

    EventStore(Sql sql, Chain.Numbers numbers) {
        this.sql = sql;
        this.chain = new Chain(sql, Chain.Table.EVENTS, numbers);
    }

    /** An event to be written. */
    record NewEvent(
            String tenant, String site, long deviceKey, Instant at, String session, Event event, String details) {}

    /** Newest first. */
    public Page<StoredEvent> list(long deviceKey, int limit, String cursor) {
        List<Long> keys = chain.walk(deviceKey, cursor.isEmpty() ? 0 : Cursor.EVENTS.number(cursor), limit + 1);
        List<Long> shown = keys.size() > limit ? keys.subList(0, limit) : keys;
        Map<Long, StoredEvent> events = new HashMap<>();
        sql.list(
                "select * from event where id = any(?)",
                row -> events.put(
                        row.number("id"),
                        new StoredEvent(
                                row.number("id"),
                                row.number("device_id"),
                                row.time("at"),
                                row.text("session"),
                                new Event(row.text("code"), row.text("command_key")),
                                row.text("details"))),
                Sql.keys(shown));
        return new Page<>(
                shown.stream()
                        .flatMap(key -> Stream.ofNullable(events.get(key)))
                        .toList(),
                keys.size() > limit ? Optional.of(Cursor.EVENTS.of(shown.get(limit - 1))) : Optional.empty(),
                -1,
                false);
    }

    /** What is kept of an Inform's event beside its code: the parameters that a change was about. */
    static String details(Event event, List<String> changed) {
        if (changed.isEmpty() || !event.is(EventCode.VALUE_CHANGE)) {
            return "";
        }
        ArrayNode list = RpcQueue.JSON.createArrayNode();
        int length = 0;
        for (String path : changed) {
            length += path.length() + 3;
            if (length < LONGEST_DETAILS - 100) {
                list.add(path);
            }
        }
        return RpcQueue.JSON.createObjectNode().set("parameters", list).toString();
    }

    /** How many are kept, of all devices. */
    public long count() {
        return sql.list("select count(*) as n from event", row -> row.number("n"))
                .get(0);
    }

    /** Appends many, in this order; those of devices that do not exist are left out. */
    void append(List<NewEvent> events) {
        List<Chain.@Nullable Link> links =
                chain.append(events.stream().map(NewEvent::deviceKey).toList());
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Chain.Link link = links.get(i);
            if (link != null) {
                rows.add(row(link, events.get(i)));
            }
        }
        sql.batch(
                "insert into event (id, previous, tenant_id, site, device_id, at, session, code, command_key, details)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private static @Nullable Object[] row(Chain.Link link, NewEvent event) {
        return new @Nullable Object[] {
            link.key(),
            link.previous(),
            event.tenant(),
            event.site(),
            event.deviceKey(),
            event.at(),
            event.session(),
            cut(event.event().code()),
            cut(event.event().commandKey()),
            event.details().length() <= LONGEST_DETAILS ? event.details() : ""
        };
    }

    private static String cut(String text) {
        return text.length() > LONGEST_CODE ? text.substring(0, LONGEST_CODE) : text;
    }

    /** Removes the oldest beyond so many, at most so many of them; returns how many. */
    public int trim(long most, int limit) {
        return chain.trim(most, limit);
    }

    /** Removes what is older, at most so many; returns how many. */
    public int prune(Instant before, int limit) {
        return chain.prune("at", before, limit);
    }
}
