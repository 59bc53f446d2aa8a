package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2HistoryTest extends HistoryContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return h2(directory);
    }

    @Override
    DatabaseConfig elsewhere() {
        return h2(directory.resolve("elsewhere"));
    }

    @Override
    String emptyBytes() {
        return "X''";
    }
}
