package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2DatabaseTest extends DatabaseContract {
    @TempDir
    Path directory;

    @Test
    void a_file_that_another_server_has_is_named_with_the_way_out() throws Exception {
        Path data = directory.resolve("locked");
        String url = "jdbc:h2:file:" + data;
        try (FileChannel other = FileChannel.open(
                        Path.of(data + ".mv.db"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            DatabaseConfig config = new DatabaseConfig(
                    url, "carillon", new Secret("x"), directory.resolve("other-keys"), 1, 64, 100, 5);
            assertThatThrownBy(() -> Database.open(config))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining(data + ".mv.db is in use by another process")
                    .hasMessageContaining("set data.dir");
        }
    }

    @Override
    DatabaseConfig config() {
        return h2(directory);
    }
}
