package carillon.db;

import carillon.cwmp.ParameterValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way to keep parameters, for {@link StorageTrial}. */
interface ParameterKeeping {
    /** Makes the tables it needs. */
    void prepare();

    /** Keeps what one device reported, in a transaction of its own. */
    void store(long deviceKey, List<ParameterValue> values, Instant at);

    /** Reads the first page as the console shows it, and how many there are in all; says how many are on the page. */
    int page(long deviceKey, int limit);

    /** The tables it fills. */
    static List<String> tables(StorageTrial.Way way) {
        return switch (way) {
            case DOCUMENT -> List.of("parameter_document", "parameter_shape", "parameter_journal");
            case ROWS -> List.of("parameter_row", "parameter_name");
        };
    }

    /** As the server does it. */
    record AsDocument(Database database) implements ParameterKeeping {
        @Override
        public void prepare() {
            // its tables are the server's own
        }

        @Override
        public void store(long deviceKey, List<ParameterValue> values, Instant at) {
            database.transact(transaction -> {
                transaction
                        .stores()
                        .parameters()
                        .report(Map.of(deviceKey, List.of(new Effect.ValuesReported(values, at))));
                return 0;
            });
        }

        @Override
        public int page(long deviceKey, int limit) {
            return database.read(stores -> stores.parameters().list(deviceKey, "", 0, limit, ""))
                    .items()
                    .size();
        }
    }

    /**
     * A row per parameter, with every advantage that rows can have: names shared through numbers that are remembered, only
     * changed values written, many rows in one statement, nothing sealed.
     */
    final class AsRows implements ParameterKeeping {
        private final Database database;
        private final Map<String, Integer> numbers = new HashMap<>();

        AsRows(Database database) {
            this.database = database;
        }

        @Override
        public void prepare() {
            database.transact(transaction -> {
                Sql sql = transaction.sql();
                sql.update("create table if not exists parameter_name (number integer primary key,"
                        + " name varchar(256) not null, constraint parameter_name_once unique (name))");
                sql.update("create table if not exists parameter_row ("
                        + "device_id bigint not null references device (id) on delete cascade,"
                        + " number integer not null, content varchar(32000), type smallint, writable boolean,"
                        + " notification smallint, at timestamp(6) with time zone not null,"
                        + " primary key (device_id, number))");
                return 0;
            });
        }

        @Override
        public void store(long deviceKey, List<ParameterValue> values, Instant at) {
            database.transact(transaction -> {
                Sql sql = transaction.sql();
                number(sql, values);
                List<@Nullable Object[]> changes = new ArrayList<>();
                for (ParameterValue value : values) {
                    changes.add(new @Nullable Object[] {
                        value.value(), ParameterDocument.code(value.type()), at, deviceKey, numbers.get(value.path())
                    });
                }
                boolean known = sql.first(
                                "select 1 as n from parameter_row where device_id = ? limit 1",
                                row -> row.small("n"),
                                deviceKey)
                        .isPresent();
                sql.batch(
                        known
                                ? "update parameter_row set content = ?, type = ?, at = ? where device_id = ? and"
                                        + " number = ?"
                                : "insert into parameter_row (content, type, at, device_id, number) values (?, ?, ?,"
                                        + " ?, ?)",
                        changes);
                return 0;
            });
        }

        private void number(Sql sql, List<ParameterValue> values) {
            if (numbers.isEmpty()) {
                sql.list(
                        "select number, name from parameter_name",
                        row -> numbers.put(row.text("name"), row.small("number")));
            }
            List<@Nullable Object[]> news = new ArrayList<>();
            for (ParameterValue value : values) {
                if (!numbers.containsKey(value.path())) {
                    numbers.put(value.path(), numbers.size());
                    news.add(new @Nullable Object[] {numbers.get(value.path()), value.path()});
                }
            }
            sql.batch("insert into parameter_name (number, name) values (?, ?)", news);
        }

        @Override
        public int page(long deviceKey, int limit) {
            return database.transact(transaction -> {
                Sql sql = transaction.sql();
                List<ReportedParameter> found = sql.list(
                        "select n.name, r.content, r.type, r.writable, r.notification, r.at from parameter_row r"
                                + " join parameter_name n on n.number = r.number where r.device_id = ?"
                                + " order by n.name limit " + (limit + 1),
                        row -> new ReportedParameter(
                                row.text("name"),
                                row.maybeText("content"),
                                row.maybeNumber("type").map(type -> ParameterDocument.type(type.intValue())),
                                row.maybeNumber("writable").map(flag -> flag == 1),
                                row.maybeNumber("notification").map(Long::intValue),
                                row.time("at")),
                        deviceKey);
                Optional<Long> total = sql.first(
                        "select count(*) as n from parameter_row where device_id = ?",
                        row -> row.number("n"),
                        deviceKey);
                return (int) Math.min(limit, Math.min(found.size(), total.orElse(0L)));
            });
        }
    }
}
