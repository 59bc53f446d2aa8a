package carillon.db;

import carillon.cwmp.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL that runs for a class of tests; each test has a schema of its own in it. */
final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
    /** A machine with much to do takes longer than the ten seconds that are usual. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private EmbeddedPostgres postgres;
    private int schemas;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    /** A database in a schema that nobody has used. */
    DatabaseConfig fresh(Path directory) {
        return new DatabaseConfig(
                postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=t" + ++schemas,
                "postgres",
                new Secret(""),
                directory.resolve("keys"),
                4,
                64,
                100,
                5);
    }
}
