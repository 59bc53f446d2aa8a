package carillon.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2SecrecyTest extends SecrecyContract {
    @TempDir
    Path directory;

    @Override
    DatabaseConfig config() {
        return h2(directory);
    }

    @Override
    String everythingStored() throws IOException {
        database.force();
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("keys"))
                    .toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
