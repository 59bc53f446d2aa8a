package carillon.server.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, so that its processor time is its own. */
final class ChildServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private ChildServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The bare server. */
    static ChildServer bare() throws IOException {
        Process process = java(BareServer.class.getName(), List.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        return new ChildServer(process, Integer.parseInt(String.valueOf(out.readLine())));
    }

    /** {@code carillon serve} on this data directory. */
    static ChildServer carillon(Path data, String... settings) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--data.dir=" + data,
                "--cwmp.http.host=127.0.0.1",
                "--cwmp.http.port=0",
                "--cwmp.https.port=-1",
                "--web.port=0",
                "--inform.interval=1h",
                // a few phones call thousands of times
                "--cwmp.informs.per-device=100000000",
                "--cwmp.calls.per-source=100000000",
                "--log.level=warn"));
        arguments.addAll(Arrays.asList(settings));
        Path ports = data.resolve("ports.json");
        Files.deleteIfExists(ports);
        Process process = java("carillon.server.cli.Main", arguments)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("bench.log").toFile())
                .start();
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (Files.exists(ports)) {
                int port = new ObjectMapper()
                        .readTree(ports.toFile())
                        .get("cwmp.http")
                        .asInt();
                return new ChildServer(process, port);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroy();
        throw new IOException("the server did not start: " + Files.readString(data.resolve("bench.log")));
    }

    /** Every child runs with this process's own JVM options, and with the heap that the server is held to. */
    private static ProcessBuilder java(String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Xmx512m");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    int port() {
        return port;
    }

    /** Processor time it has used so far. */
    ProcessorTime processorTime() throws IOException {
        return ProcessorTime.of(process.toHandle());
    }

    /** The largest part of memory that was its own at any time, in MiB; -1 where the system does not tell. */
    long peakMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
