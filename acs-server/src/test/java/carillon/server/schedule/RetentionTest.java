package carillon.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.db.AuditEntry;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.Scope;
import carillon.server.config.RetentionConfig;
import carillon.server.operator.TestHouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Housekeeping removes what is old or too much, and counts the rest. */
class RetentionTest {
    private static final RetentionConfig FEW = new RetentionConfig(
            Duration.ofDays(90),
            Duration.ofDays(14),
            Duration.ofDays(90),
            Duration.ofDays(1),
            Duration.ofDays(10),
            Duration.ofDays(10),
            Duration.ofDays(10),
            Duration.ofDays(10),
            Duration.ofDays(10),
            3,
            3);

    @TempDir
    Path directory;

    private TestHouse house;

    @BeforeEach
    void open() {
        house = new TestHouse(directory);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Retention after(Duration time) {
        Instant then = house.now().plus(time);
        return new Retention(house.database, FEW, () -> then);
    }

    @Test
    void what_is_too_much_goes_at_once_and_what_is_old_in_its_time() {
        Device ours = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.device("CP-8851", "FCH2", DeviceState.WAITING);
        for (int i = 0; i < 5; i++) {
            house.commits(ours, new Effect.EventsSeen("S" + i, List.of(Event.of(EventCode.PERIODIC)), house.now()));
        }
        house.claim(ours, false, Event.of(EventCode.BOOT));
        house.database.write(stores -> {
            stores.audit().append(new AuditEntry(0, house.now(), Scope.DEFAULT_TENANT, "", "a", "b", "c", "{}", "{}"));
            stores.settings().putAnswer(Scope.DEFAULT_TENANT, "a", "k", "x", house.now());
            return 0;
        });

        Retention soon = after(Duration.ofHours(1));
        assertThat(soon.rows("event")).isNaN();
        soon.run();
        assertThat(soon.rows("event")).isEqualTo(3);
        assertThat(soon.rows("device")).isEqualTo(2);
        assertThat(soon.rows("claim_event")).isEqualTo(1);
        assertThat(soon.rows("idempotency")).isEqualTo(1);
        assertThat(house.events(ours)).extracting(event -> event.session()).containsExactly("S4", "S3", "S2");

        Retention late = after(Duration.ofDays(11));
        late.run();
        assertThat(List.of(
                        late.rows("device"),
                        late.rows("claim"),
                        late.rows("claim_event"),
                        late.rows("audit"),
                        late.rows("idempotency")))
                .containsExactly(1.0, 0.0, 0.0, 0.0, 0.0);
        assertThat(late.rows("event")).isEqualTo(3);
    }
}
