package carillon.db;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The history of each device as a chain: every row names the one before it, and a head names the newest. New rows of any
 * device are written at the end of the table, where an index by device would be moved at another place for each of them.
 */
final class Chain {
    private static final int STEP = 500;

    private final Sql sql;
    private final Table table;
    private final Numbers numbers;

    /** A table of histories: its numbering column, the table of the newest row of each device, and where numbers come from. */
    enum Table {
        EVENTS("event", "id", "event_head", "event_number"),
        SESSIONS("session_record", "sequence", "session_head", "session_number");

        private final String rows;
        private final String key;
        private final String heads;
        private final String numbers;

        Table(String rows, String key, String heads, String numbers) {
            this.rows = rows;
            this.key = key;
            this.heads = heads;
            this.numbers = numbers;
        }
    }

    /** Where a new row stands in its device's chain. */
    record Link(long key, long previous) {}

    /** Numbers of rows that this node has taken from the database's sequence, and not yet given out. */
    static final class Numbers {
        /** By how much the sequences go on: see the migration that makes them. */
        private static final int BLOCK = 1000;

        private final boolean postgres;
        private final Map<Table, Long> next = new HashMap<>();

        Numbers(boolean postgres) {
            this.postgres = postgres;
        }

        private synchronized long take(Sql sql, Table table) {
            long number = next.getOrDefault(table, 0L);
            if (number % BLOCK == 0) {
                number = sql.list(
                                postgres
                                        ? "select nextval('" + table.numbers + "') as n"
                                        : "select next value for " + table.numbers + " as n",
                                row -> row.number("n"))
                        .get(0);
            }
            next.put(table, number + 1);
            return number;
        }
    }

    Chain(Sql sql, Table table, Numbers numbers) {
        this.sql = sql;
        this.table = table;
        this.numbers = numbers;
    }

    /** A device begins its history. */
    void begin(long deviceKey) {
        sql.update("insert into " + table.heads + " (device_id, newest) values (?, 0)", deviceKey);
    }

    /**
     * Links one new row for each of these devices, in this order, and moves their heads: null for a device that does not
     * exist. On PostgreSQL another node that writes the history of one of them waits; on H2, where one thread writes
     * nearly all of it, the transaction that comes too late starts over.
     */
    List<@Nullable Link> append(List<Long> deviceKeys) {
        if (deviceKeys.isEmpty()) {
            return List.of();
        }
        Map<Long, Long> before = new LinkedHashMap<>();
        sql.list(
                "select device_id, newest from " + table.heads + " where device_id = any(?) order by device_id"
                        + (numbers.postgres ? " for update" : ""),
                row -> before.put(row.number("device_id"), row.number("newest")),
                Sql.keys(List.copyOf(new TreeSet<>(deviceKeys))));
        Map<Long, Long> newest = new HashMap<>(before);
        List<@Nullable Link> links = new ArrayList<>(deviceKeys.size());
        for (long deviceKey : deviceKeys) {
            Long previous = newest.get(deviceKey);
            if (previous == null) {
                links.add(null);
            } else {
                Link link = new Link(numbers.take(sql, table), previous);
                newest.put(deviceKey, link.key());
                links.add(link);
            }
        }
        move(before, newest);
        return links;
    }

    private void move(Map<Long, Long> before, Map<Long, Long> newest) {
        List<@Nullable Object[]> rows = new ArrayList<>(before.size());
        before.forEach(
                (deviceKey, previous) -> rows.add(new @Nullable Object[] {newest.get(deviceKey), deviceKey, previous}));
        for (int count :
                sql.batch("update " + table.heads + " set newest = ? where device_id = ? and newest = ?", rows)) {
            if (count == 0) {
                throw new Sql.Failure(
                        new SQLException("another transaction wrote the same history in " + table.rows, "40001"));
            }
        }
    }

    /** Keys of a device's rows, newest first, from the newest or, where a row is named, from the one before that. */
    List<Long> walk(long deviceKey, long after, int limit) {
        return after == 0
                ? walk("select newest from " + table.heads + " where device_id = ?", limit, deviceKey)
                : walk(
                        "select previous from " + table.rows + " where " + table.key + " = ? and device_id = ?",
                        limit,
                        after,
                        deviceKey);
    }

    private List<Long> walk(String start, int limit, @Nullable Object... arguments) {
        @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = limit;
        return sql.list(
                "with recursive walk (number, previous, depth) as (select " + table.key + ", previous, 1 from "
                        + table.rows
                        + " where " + table.key + " = (" + start + ")"
                        + " union all select r." + table.key + ", r.previous, w.depth + 1 from walk w join "
                        + table.rows
                        + " r on r." + table.key + " = w.previous where w.depth < ?)"
                        + " select number from walk order by depth",
                row -> row.number("number"),
                all);
    }

    /** Removes a device's whole history. */
    void forget(long deviceKey) {
        List<Long> keys = walk(deviceKey, 0, STEP);
        while (!keys.isEmpty()) {
            List<Long> further = walk(deviceKey, keys.get(keys.size() - 1), STEP);
            sql.update("delete from " + table.rows + " where " + table.key + " = any(?)", Sql.keys(keys));
            keys = further;
        }
    }

    /** Removes the oldest rows beyond so many, at most so many of them; returns how many. */
    int trim(long most, int limit) {
        long all = sql.list("select count(*) as n from " + table.rows, row -> row.number("n"))
                .get(0);
        return all <= most
                ? 0
                : sql.update("delete from " + table.rows + " where " + table.key + " in (select " + table.key + " from "
                        + table.rows + " order by " + table.key + " limit " + Math.min(all - most, limit) + ")");
    }

    /** Removes what is older from the end of the table, at most so many; returns how many. */
    int prune(String timeColumn, Instant before, int limit) {
        return sql.update(
                "delete from " + table.rows + " where " + table.key + " in (select " + table.key + " from (select "
                        + table.key + ", " + timeColumn + " from " + table.rows + " order by " + table.key + " limit "
                        + limit + ") as oldest where " + timeColumn + " < ?)",
                before);
    }
}
