package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresHistoryTest extends HistoryContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return POSTGRES.fresh(directory);
    }

    @Override
    DatabaseConfig elsewhere() {
        return config();
    }

    @Override
    String emptyBytes() {
        return "''";
    }
}
