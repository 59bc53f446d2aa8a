package carillon.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2DownloadsTest extends DownloadsContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return limited(h2(directory));
    }
}
