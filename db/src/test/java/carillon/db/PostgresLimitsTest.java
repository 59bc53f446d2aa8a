package carillon.db;

import carillon.cwmp.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresLimitsTest extends LimitsContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    DatabaseConfig config() {
        return few(new DatabaseConfig(
                postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=l" + SCHEMAS.incrementAndGet(),
                "postgres",
                new Secret(""),
                directory.resolve("keys"),
                4,
                64,
                100,
                5));
    }
}
