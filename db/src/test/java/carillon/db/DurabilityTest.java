package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 300})
    @Timeout(120)
    void what_was_acknowledged_is_there_after_the_process_was_killed_in_the_middle(int acknowledgements)
            throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                acknowledged.add(line);
                if (acknowledged.size() == acknowledgements) {
                    // not through the Process, which would throw away what it has not read yet
                    assertThat(writer.toHandle().destroyForcibly()).isTrue();
                }
                line = lines.readLine();
            }
        } finally {
            writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(acknowledgements);
        assertThat(writer.exitValue()).isEqualTo(137);
        try (Database database = Database.open(DatabaseFixture.h2(directory))) {
            Set<String> kept = kept(database);
            assertThat(acknowledged.stream().filter(line -> !kept.contains(line)))
                    .isEmpty();
        }
    }

    private static Set<String> kept(Database database) {
        return database.read(stores -> {
            long device = stores.devices()
                    .find(DatabaseFixture.device("FCH00000001", DeviceState.APPROVED)
                            .id())
                    .orElseThrow()
                    .key();
            Set<String> kept = new HashSet<>();
            stores.events().list(device, 1_000_000, "").items().forEach(event -> kept.add("event " + event.session()));
            stores.rpcs().list(device, 1_000_000, "").items().forEach(rpc -> kept.add("rpc " + rpc.id()));
            return kept;
        });
    }
}
