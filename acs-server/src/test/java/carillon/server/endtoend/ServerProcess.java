package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server in a process of its own: {@code java -jar carillon.jar serve}, to be killed and started again. */
final class ServerProcess implements AutoCloseable {
    static final String ADMIN_PASSWORD = "correct-horse-battery-staple";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final List<String> settings;
    private Process process;
    private JsonNode ports;

    private ServerProcess(Path data, List<String> settings) {
        this.data = data;
        this.settings = settings;
    }

    /** Starts a server on free ports with this data directory and waits until it is ready. */
    static ServerProcess start(Path data, String... settings) throws IOException {
        ServerProcess server = new ServerProcess(data, List.of(settings));
        server.start();
        return server;
    }

    /** Starts it (again) on the same data. */
    void start() throws IOException {
        Path jar = Path.of("target", "carillon.jar");
        assertThat(jar).as("the packaged server").exists();
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("ports.json"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "serve",
                "--data.dir=" + data,
                "--cwmp.http.port=0",
                "--cwmp.https.port=0",
                "--web.port=0"));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CARILLON_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
        process = builder.start();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the server ended: " + Files.readString(log().toPath()));
                    }
                    return Files.exists(data.resolve("ports.json"));
                });
        ports = JSON.readTree(data.resolve("ports.json").toFile());
        Rest rest = rest();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> rest.status("/readyz") == 200);
    }

    File log() {
        return data.resolveSibling(data.getFileName() + ".log").toFile();
    }

    int port(String listener) {
        return ports.get(listener).asInt();
    }

    Rest rest() {
        return new Rest(port("web"), "admin", ADMIN_PASSWORD);
    }

    /** {@code kill -STOP}: the process is there, and does nothing more. */
    void freeze() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
