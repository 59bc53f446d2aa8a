package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carillon serve} as a process of its own. */
class ServeIT {
    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process serve(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--data.dir=" + directory.resolve("data"),
                "--cwmp.http.port=0",
                "--cwmp.http.host=127.0.0.1",
                "--cwmp.https.port=-1",
                "--stun.port=-1",
                "--files.http.port=0",
                "--files.https.port=-1",
                "--files.tftp.port=-1",
                "--web.port=0"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    @Test
    void it_prints_every_url_and_ends_well_when_told_to() throws Exception {
        Process process = serve("--log.format=json", "--cpe.auth=open");
        Path ports = directory.resolve("data/ports.json");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(ports)
                        && Files.readString(directory.resolve("out")).contains("console and REST API"));
        assertThat(Files.readString(directory.resolve("out")))
                .contains("phones (CWMP over HTTP)", "http://127.0.0.1:", "console and REST API")
                .contains("first login                admin, password in " + directory.resolve("data"))
                .doesNotContain("CWMP over HTTPS");
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ports).doesNotExist();
        assertThat(Files.readString(directory.resolve("err")))
                .contains("\"formattedMessage\":\"cpe.auth=open: every device is taken at its word.")
                .doesNotContain("did not stop as it should");
    }

    @Test
    void a_taken_port_is_told_in_one_line_and_ends_with_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = serve("--cwmp.http.port=" + taken.getLocalPort());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("err")))
                    .isEqualTo("carillon: port " + taken.getLocalPort() + " is taken; set cwmp.http.port to another"
                            + " (0 for any free one, -1 for none)\n");
        }
    }

    @Test
    void a_wrong_setting_is_told_in_one_line_and_ends_with_2() throws Exception {
        Process process = serve("--cpe.auht=open");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")))
                .isEqualTo("carillon: --cpe.auht: there is no such setting; did you mean --cpe.auth?\n");
    }
}
