package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresRepeatsTest extends RepeatsContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return POSTGRES.fresh(directory);
    }
}
