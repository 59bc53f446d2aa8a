package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.phones.Fleet;
import carillon.phones.FleetReport;
import carillon.phones.Misbehaviour;
import carillon.phones.PhonesOptions;
import carillon.phones.StormReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All misbehaviours at once, with as many phones that behave among them. */
class StormIT {
    private static final int PHONES = 2 * Misbehaviour.all().size();

    @TempDir
    Path directory;

    @Test
    void in_a_storm_the_server_counts_what_is_predicted_and_phones_that_behave_see_no_failure()
            throws IOException, InterruptedException {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open")) {
            URI acs = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
            FleetReport report;
            try (Fleet fleet = new Fleet(PhonesOptions.of(acs, PHONES)
                    .withConcurrency(32)
                    .withSpread(Duration.ofSeconds(5))
                    .withMisbehaviours(Misbehaviour.all()))) {
                report = fleet.report();
                fleet.start();
                await().atMost(Duration.ofSeconds(120))
                        .until(() -> report.storm().tallies().size()
                                        == Misbehaviour.all().size()
                                && report.sessions() + report.errors() >= PHONES / 2);
                fleet.finish();
            }
            StormReport storm = report.storm();
            assertThat(report.errorsByReason())
                    .as("failures of phones that behave")
                    .isEmpty();
            assertThat(storm.surprises()).as(report.text()).isZero();
            server.later(Duration.ofMinutes(2)); // sessions that were left are ended by now
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ServerErrors.of(server.port("web")))
                    .isEqualTo(storm.serverErrors()));
            assertThat(storm.serverErrors()).containsKeys("400", "413", "415", "8000", "8003", "SOAP", "abandoned");
        }
    }
}
