package carillon.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.db.Ids;
import carillon.db.Proof;
import carillon.rpc.session.Caller;
import carillon.rpc.session.CwmpSession;
import carillon.server.operator.TestHouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSessionsTest {
    private static final DeviceId DEVICE = new DeviceId("00562B", "CP-8851-3PCC", "FCH1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final AtomicInteger missed = new AtomicInteger();

    private static CwmpSession session() {
        return CwmpSession.begin(
                Ids.next(), new Caller("192.0.2.7", false, Proof.NONE, 0), Duration.ofSeconds(30), NOW);
    }

    @Test
    void a_ring_that_the_session_never_heard_is_told_at_its_end() {
        try (TestHouse house = new TestHouse(directory);
                SessionRecorder recorder = new SessionRecorder(house.database)) {
            OpenSessions sessions = new OpenSessions(10, recorder);
            assertThat(sessions.ring(DEVICE, missed::incrementAndGet)).isFalse();

            OpenSession heard = sessions.open(DEVICE, "a", session(), NOW);
            assertThat(sessions.ring(DEVICE, missed::incrementAndGet)).isTrue();
            assertThat(heard.takeRing()).isTrue();
            sessions.close(heard, "ended well", NOW);
            assertThat(missed).hasValue(0);

            OpenSession silent = sessions.open(DEVICE, "b", session(), NOW);
            assertThat(sessions.ring(DEVICE, missed::incrementAndGet)).isTrue();
            assertThat(sessions.sweep(NOW.plusSeconds(31))).isEqualTo(1);
            assertThat(missed).hasValue(1);
            sessions.close(silent, "again", NOW);
            assertThat(missed).as("told once").hasValue(1);
        }
    }
}
