package carillon.db;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresSecrecyTest extends SecrecyContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path directory;

    private DatabaseConfig config;

    @Override
    DatabaseConfig config() {
        config = POSTGRES.fresh(directory);
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
