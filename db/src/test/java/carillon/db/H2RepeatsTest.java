package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2RepeatsTest extends RepeatsContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return h2(directory);
    }
}
