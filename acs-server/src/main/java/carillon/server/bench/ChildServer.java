package carillon.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, so that its processor time is its own. */
final class ChildServer implements AutoCloseable {
    private static final Pattern ERROR = Pattern.compile("carillon_cwmp_errors_total\\{reason=\"([^\"]*)\"} (.*)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final int webPort;

    private ChildServer(Process process, int port, int webPort) {
        this.process = process;
        this.port = port;
        this.webPort = webPort;
    }

    /** The bare server. */
    static ChildServer bare() throws IOException {
        Process process = java(BareServer.class.getName(), List.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        return new ChildServer(process, Integer.parseInt(String.valueOf(out.readLine())), -1);
    }

    /** {@code carillon serve} on this data directory. */
    static ChildServer carillon(Path data, String... settings) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--data.dir=" + data,
                "--cwmp.http.host=127.0.0.1",
                "--cwmp.http.port=0",
                "--cwmp.https.port=-1",
                "--stun.port=-1",
                "--files.http.port=-1",
                "--files.https.port=-1",
                "--files.tftp.port=-1",
                "--web.port=0",
                "--inform.interval=1h",
                // a few phones call thousands of times
                "--cwmp.informs.per-device=100000000",
                "--cwmp.calls.per-source=100000000",
                "--log.level=info"));
        arguments.addAll(Arrays.asList(settings));
        Path ports = data.resolve("ports.json");
        Files.deleteIfExists(ports);
        Process process = java("carillon.server.cli.Main", arguments)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("bench.log").toFile())
                .start();
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (Files.exists(ports)) {
                JsonNode doors = new ObjectMapper().readTree(ports.toFile());
                return new ChildServer(
                        process,
                        doors.get("cwmp.http").asInt(),
                        doors.get("web").asInt());
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

    /** Where its console and API are. */
    int webPort() {
        return webPort;
    }

    /** Processor time it has used so far. */
    ProcessorTime processorTime() throws IOException {
        return ProcessorTime.of(process.toHandle());
    }

    /** Errors of phones that it has counted, by reason; without those of which there are none. */
    Map<String, Long> errors() throws IOException, InterruptedException {
        Map<String, Long> errors = new TreeMap<>();
        metrics()
                .map(ERROR::matcher)
                .filter(Matcher::matches)
                .forEach(found -> errors.put(found.group(1), Math.round(Double.parseDouble(found.group(2)))));
        errors.values().removeIf(count -> count == 0);
        return errors;
    }

    private Stream<String> metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** What its heap holds now, garbage included, in MiB: its own metrics tell. */
    long heap() throws IOException, InterruptedException {
        double octets = metrics()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        return Math.round(octets / (1 << 20));
    }

    /** What its heap holds after a full collection, in MiB; with garbage where this JDK cannot ask for one. */
    long heapAfterCollection() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (Files.isExecutable(jcmd)) {
            new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return heap();
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
