package carillon.db;

import carillon.cwmp.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresSecrecyTest extends SecrecyContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() {
        config = new DatabaseConfig(
                postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=s" + SCHEMAS.incrementAndGet(),
                "postgres",
                new Secret(""),
                directory.resolve("keys"),
                4,
                64,
                100,
                5);
        return config;
    }

    @Override
    String everythingStored() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(config.url(), "postgres", "");
                var statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var rows = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = current_schema()")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (var rows = statement.executeQuery("select * from " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            boolean octets =
                                    rows.getMetaData().getColumnTypeName(column).equals("bytea");
                            all.append(
                                            octets && rows.getBytes(column) != null
                                                    ? new String(rows.getBytes(column), StandardCharsets.ISO_8859_1)
                                                    : rows.getString(column))
                                    .append('\n');
                        }
                    }
                }
            }
        }
        return all.toString();
    }
}
