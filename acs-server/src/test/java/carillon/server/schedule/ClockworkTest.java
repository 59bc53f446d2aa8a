package carillon.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockworkTest {
    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseConfig(
                "jdbc:h2:mem:" + UUID.randomUUID(), "sa", new Secret(""), directory.resolve("keys"), 2, 10, 10, 10));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_job_runs_at_once_and_again_and_again_although_it_fails() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Clockwork clockwork = clockwork(new CoarseJob("failing", Duration.ofMillis(50), () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
        }));
        clockwork.start();
        await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(2));
        clockwork.stop();
        int ended = runs.get();
        clockwork.stop();
        assertThat(runs).hasValue(ended);
    }

    @Test
    void a_job_that_is_no_more_is_forgotten_at_the_next_start() throws Exception {
        AtomicInteger old = new AtomicInteger();
        Clockwork first = clockwork(new CoarseJob("old", Duration.ofMillis(50), old::incrementAndGet));
        first.start();
        await().untilAsserted(() -> assertThat(old).hasPositiveValue());
        first.stop();
        int before = old.get();

        AtomicInteger runs = new AtomicInteger();
        Clockwork second = clockwork(new CoarseJob("new", Duration.ofMillis(50), runs::incrementAndGet));
        second.start();
        await().untilAsserted(() -> assertThat(runs).hasValueGreaterThan(2));
        second.stop();
        assertThat(old).hasValue(before);
    }

    @Test
    void two_servers_of_one_process_do_not_share_their_jobs() throws Exception {
        AtomicInteger one = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        Clockwork first = clockwork(new CoarseJob("job", Duration.ofMillis(50), one::incrementAndGet));
        first.start();
        try (Database second = Database.open(new DatabaseConfig(
                "jdbc:h2:mem:" + UUID.randomUUID(), "sa", new Secret(""), directory.resolve("keys"), 2, 10, 10, 10))) {
            Clockwork beside = new Clockwork(
                    second.schedulerTables(),
                    false,
                    List.of(new CoarseJob("job", Duration.ofMillis(50), other::incrementAndGet)));
            beside.start();
            await().untilAsserted(() -> assertThat(other).hasPositiveValue());
            await().untilAsserted(() -> assertThat(one).hasPositiveValue());
            beside.stop();
        }
        first.stop();
    }

    private Clockwork clockwork(CoarseJob job) {
        return new Clockwork(database.schedulerTables(), false, List.of(job));
    }
}
