package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2LimitsTest extends LimitsContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return few(h2(directory));
    }
}
