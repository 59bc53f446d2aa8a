package carillon.db;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables and how many rows each has; counting reads all of them, so that housekeeping does it and nobody else. */
public final class Stock {
    private final Sql sql;

    Stock(Sql sql) {
        this.sql = sql;
    }

    /** The names of all tables but those of the scheduler and of the migrations. */
    public List<String> tables() {
        return sql
                .list(
                        "select table_name from information_schema.tables where table_schema = current_schema",
                        row -> row.text("table_name").toLowerCase(Locale.ROOT))
                .stream()
                .filter(name -> name.matches("[a-z_]+") && !name.startsWith("qrtz_") && !name.startsWith("flyway_"))
                .sorted()
                .toList();
    }

    /** How many rows each table has. */
    public Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables()) {
            rows.put(
                    table,
                    sql.list("select count(*) as n from " + table, row -> row.number("n"))
                            .get(0));
        }
        return rows;
    }
}
