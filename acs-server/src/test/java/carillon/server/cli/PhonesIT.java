package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.phones.Fleet;
import carillon.phones.PhonesOptions;
import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code carillon phones} against {@code carillon serve}. */
class PhonesIT {
    @TempDir
    Path directory;

    private CarillonServer server(Map<String, String> doors) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", directory.resolve("data").toString(),
                "cwmp.http.port", "-1",
                "cwmp.http.host", "127.0.0.1",
                "cwmp.https.port", "-1",
                "stun.port", "-1",
                "cwmp.https.host", "127.0.0.1",
                "web.port", "-1",
                "files.http.port", "-1",
                "files.https.port", "-1",
                "cpe.auth", "open"));
        settings.put("files.tftp.port", "-1");
        settings.putAll(doors);
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        return new CarillonServer(config, InstantSource.system());
    }

    @Test
    void twenty_phones_inform_without_an_error_and_answer_the_inform_plan() throws Exception {
        try (CarillonServer server = server(Map.of("cwmp.http.port", "0"))) {
            server.start();
            Door door = server.doors().get(0);
            JsonNode report = phones(
                    "--acs-url=http://127.0.0.1:" + door.port() + "/",
                    "--count=20",
                    "--duration=5s",
                    "--spread=500ms",
                    "--json");
            assertThat(report.get("errors")).isEmpty();
            assertThat(report.get("sessions").asInt()).isGreaterThanOrEqualTo(20);
            assertThat(report.get("rpcs").get("SetParameterValues").asInt()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void a_hundred_phones_inform_over_https() throws Exception {
        try (CarillonServer server = server(Map.of("cwmp.https.port", "0"))) {
            server.start();
            URI url = URI.create("https://127.0.0.1:" + server.doors().get(0).port() + "/");
            try (Fleet fleet = new Fleet(PhonesOptions.of(url, 100))) {
                long start = System.nanoTime();
                fleet.start();
                // on a busy machine the first handshakes take long; each phone comes all the same
                while (fleet.report().sessions() < 100 && System.nanoTime() - start < 120_000_000_000L) {
                    LockSupport.parkNanos(20_000_000);
                }
                assertThat(fleet.report().errorsByReason()).isEmpty();
                assertThat(fleet.report().sessions()).isGreaterThanOrEqualTo(100);
            }
        }
    }

    private static JsonNode phones(String... options) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new PhonesCommand()).setOut(new PrintWriter(out, true));
        assertThat(line.execute(options)).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
