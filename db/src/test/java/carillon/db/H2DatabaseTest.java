package carillon.db;

import carillon.cwmp.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2DatabaseTest extends DatabaseContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return new DatabaseConfig(
                "jdbc:h2:file:" + directory.resolve("carillon"),
                "carillon",
                new Secret("x"),
                directory.resolve("keys"),
                4,
                64,
                100,
                5);
    }
}
