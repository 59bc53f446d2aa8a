package carillon.db;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to devices. */
public final class EventStore {
    /** How many characters of details are kept. */
    public static final int LONGEST_DETAILS = 4000;

    private final Sql sql;

    EventStore(Sql sql) {
        this.sql = sql;
    }

    /** Newest first. */
    public Page<StoredEvent> list(long deviceKey, int limit, String cursor) {
        List<StoredEvent> events = sql.list(
                "select * from event where device_id = ? and id < ? order by id desc limit " + (limit + 1),
                row -> new StoredEvent(
                        row.number("id"),
                        row.number("device_id"),
                        row.time("at"),
                        row.text("session"),
                        new Event(row.text("code"), row.text("command_key")),
                        row.text("details")),
                deviceKey,
                cursor.isEmpty() ? Long.MAX_VALUE : Cursor.number(cursor));
        boolean more = events.size() > limit;
        List<StoredEvent> shown = more ? events.subList(0, limit) : events;
        return new Page<>(
                shown, more ? Optional.of(Cursor.of(shown.get(limit - 1).key())) : Optional.empty(), -1, false);
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

    void append(List<@Nullable Object[]> rows) {
        sql.batch(
                "insert into event (tenant_id, site, device_id, at, session, code, command_key, details)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    /** Removes what is older, at most so many; returns how many. */
    public int prune(Instant before, int limit) {
        return sql.update(
                "delete from event where id in (select id from event where at < ? order by id limit " + limit + ")",
                before);
    }
}
