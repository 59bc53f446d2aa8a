package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, to be killed and started again. */
final class ServerProcess implements AutoCloseable {
    static final String ADMIN_PASSWORD = "correct-horse-battery-staple";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final List<String> program;
    private final List<String> settings;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Process process;
    private JsonNode ports;

    private ServerProcess(Path data, List<String> program, List<String> settings) {
        this.data = data;
        this.program = program;
        this.settings = settings;
    }

    /** The same of what was compiled, not of what was packaged: for what depends on a process of its own alone. */
    static ServerProcess startCompiled(Path data, String... settings) throws IOException {
        String classes = System.getProperty("java.class.path");
        return start(data, List.of("-cp", classes, "carillon.server.cli.Main", "serve"), settings);
    }

    /**
     * Starts the packaged server, {@code java -jar carillon.jar serve}, on free ports with this data directory and waits
     * until it is ready.
     */
    static ServerProcess start(Path data, String... settings) throws IOException {
        Path jar = Path.of("target", "carillon.jar");
        assertThat(jar).as("the packaged server").exists();
        return start(data, List.of("-jar", jar.toString(), "serve"), settings);
    }

    /** The packaged server with this much heap. */
    static ServerProcess small(Path data, int heapMegabytes, String... settings) throws IOException {
        Path jar = Path.of("target", "carillon.jar");
        return start(data, List.of("-Xmx" + heapMegabytes + "m", "-jar", jar.toString(), "serve"), settings);
    }

    /** Starts a server that holds messages where it is told to. */
    static ServerProcess holding(Path data, String... settings) throws IOException {
        String classes = System.getProperty("java.class.path");
        return start(data, List.of("-cp", classes, HoldingServer.class.getName()), settings);
    }

    private static ServerProcess start(Path data, List<String> program, String... settings) throws IOException {
        ServerProcess server = new ServerProcess(data, program, List.of(settings));
        server.start();
        return server;
    }

    /** Starts it (again) on the same data. */
    void start() throws IOException {
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("ports.json"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(program);
        command.addAll(List.of(
                "--data.dir=" + data,
                "--cwmp.http.port=0",
                "--cwmp.https.port=0",
                "--files.http.port=0",
                "--files.https.port=0",
                "--files.tftp.port=0",
                "--stun.port=-1",
                "--web.port=0"));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CARILLON_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log()));
        said.clear();
        process = builder.start();
        Thread listener = new Thread(() -> listen(process.inputReader(StandardCharsets.UTF_8)), "server-output");
        listener.setDaemon(true);
        listener.start();
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

    private void listen(BufferedReader out) {
        try (out) {
            out.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException itHasEnded) {
            said.add("(" + itHasEnded.getMessage() + ")");
        }
    }

    /** Says a line on its standard input. */
    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until it has said this line on its standard output. */
    void awaitSaid(String line) throws InterruptedException {
        List<String> other = new ArrayList<>();
        String heard;
        do {
            heard = said.poll(60, TimeUnit.SECONDS);
            assertThat(heard).as("it did not say '%s', but %s", line, other).isNotNull();
            other.add(heard);
        } while (!heard.equals(line));
        other.remove(line);
        said.addAll(other);
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
