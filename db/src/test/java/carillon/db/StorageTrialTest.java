package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.db.StorageTrial.Figures;
import carillon.db.StorageTrial.Way;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTrialTest {
    @TempDir
    Path directory;

    private DatabaseConfig config(String name) {
        return new DatabaseConfig(
                "jdbc:h2:file:" + directory.resolve(name),
                "carillon",
                new Secret("x"),
                directory.resolve("keys"),
                2,
                64,
                100,
                100);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void either_way_is_measured_and_leaves_no_device(Way way) {
        Figures figures = new StorageTrial(5, 60).run(config("trial"), way);
        // each is so little that the processor's clock, which is coarse, may not have moved in it
        assertThat(figures.store().plus(figures.change()).plus(figures.read())).isPositive();
        try (Database database = Database.open(config("trial"))) {
            assertThat(database.<Long>read(
                            stores -> stores.devices().counts(Scope.ALL).total()))
                    .isZero();
        }
    }

    @Test
    void documents_take_a_fraction_of_the_room_of_rows() {
        StorageTrial trial = new StorageTrial(60, 300);
        long document = trial.run(config("document"), Way.DOCUMENT).bytes();
        long rows = trial.run(config("rows"), Way.ROWS).bytes();
        assertThat(document).isPositive().isLessThan(rows / 3);
    }

    @Test
    void the_better_of_two_figures_is_taken_one_by_one() {
        Figures one = new Figures(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(3), 10);
        Figures other = new Figures(Duration.ofMillis(2), Duration.ofMillis(4), Duration.ofMillis(3), 9);
        assertThat(one.best(other))
                .isEqualTo(new Figures(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(3), 9));
    }
}
