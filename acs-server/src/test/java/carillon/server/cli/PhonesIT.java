package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code carillon phones} against {@code carillon serve}. */
class PhonesIT {
    @TempDir
    Path directory;

    @Test
    void twenty_phones_inform_without_an_error_and_answer_the_inform_plan() throws Exception {
        ConfigReader reader = new ConfigReader(ConfigSources.of(
                Map.of(
                        "data.dir", directory.resolve("data").toString(),
                        "cwmp.http.port", "0",
                        "cwmp.http.host", "127.0.0.1",
                        "cwmp.https.port", "-1",
                        "web.port", "-1",
                        "cpe.auth", "open"),
                Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        try (CarillonServer server = new CarillonServer(config, InstantSource.system())) {
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

    private static JsonNode phones(String... options) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new PhonesCommand()).setOut(new PrintWriter(out, true));
        assertThat(line.execute(options)).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
