package carillon.server.bench;

import carillon.cwmp.Secret;
import carillon.db.DatabaseConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What bad input costs the server beside an idle session of a known phone, in processor time and in allocated memory, and
 * what phones that behave notice of it. All connections are new ones; the log is written as in production.
 */
public final class BadInputBenchmark {
    private static final int PHONES = 16;
    private static final int WINDOWS = 5;
    private static final double COST_LIMIT = 2;
    private static final double LATENCY_LIMIT = 1.5;
    private static final int PER_SECOND = 200;

    private final int requests;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A benchmark of so many requests of each kind, and as many sessions. */
    public BadInputBenchmark(int requests, Consumer<String> progress) {
        this.requests = requests;
        this.progress = progress;
    }

    /** What one request, or one session, cost. */
    private record Cost(double micros, double octets) {}

    /** Work that is measured. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Measures, and says what came of it. */
    public List<Finding> run() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("carillon-bench");
        List<SessionLoad.Caller> callers = KnownPhones.in(config(data), PHONES);
        try (ChildServer server = ChildServer.carillon(data, "--log.level=info")) {
            URI metrics = metrics(data);
            SessionLoad load = new SessionLoad(server.port(), callers);
            Map<String, byte[]> inputs = BadInput.all();
            warmUp(server.port(), load, inputs);
            Cost session = cost(metrics, () -> check(load.run(requests)));
            progress.accept(text("an idle session", session));
            List<Finding> findings = new ArrayList<>();
            double mostMicros = 0;
            double mostOctets = 0;
            String slowest = "";
            String largest = "";
            for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
                Cost cost = cost(metrics, () -> send(server.port(), input.getValue(), requests));
                progress.accept(text(input.getKey(), cost));
                if (cost.micros > mostMicros) {
                    mostMicros = cost.micros;
                    slowest = input.getKey();
                }
                if (cost.octets > mostOctets) {
                    mostOctets = cost.octets;
                    largest = input.getKey();
                }
            }
            findings.add(new Finding(
                    "bad input, server CPU, most: " + slowest,
                    micros(mostMicros),
                    "idle session " + micros(session.micros),
                    mostMicros / session.micros,
                    COST_LIMIT));
            findings.add(new Finding(
                    "bad input, allocated, most: " + largest,
                    kibibytes(mostOctets),
                    "idle session " + kibibytes(session.octets),
                    mostOctets / session.octets,
                    COST_LIMIT));
            findings.add(latency(server.port(), callers, inputs));
            return findings;
        } finally {
            delete(data);
        }
    }

    private void warmUp(int port, SessionLoad load, Map<String, byte[]> inputs)
            throws IOException, InterruptedException {
        for (int round = 0; round < 3; round++) {
            check(load.run(requests));
            for (byte[] input : inputs.values()) {
                send(port, input, requests / 4);
            }
        }
    }

    /** Phones at a steady pace: alone, and beside as many bad inputs of all kinds; in turns. */
    private Finding latency(int port, List<SessionLoad.Caller> callers, Map<String, byte[]> inputs)
            throws IOException, InterruptedException {
        SessionLoad steady = new SessionLoad(port, callers.subList(0, 2));
        List<byte[]> kinds = List.copyOf(inputs.values());
        double[] alone = new double[WINDOWS];
        double[] beside = new double[WINDOWS];
        for (int window = 0; window < WINDOWS; window++) {
            alone[window] = p99(steady);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicReference<IOException> failed = new AtomicReference<>();
            Thread flood = new Thread(() -> flood(port, kinds, enough, failed), "bad-input");
            flood.start();
            beside[window] = p99(steady);
            enough.set(true);
            flood.join();
            if (failed.get() != null) {
                throw failed.get();
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "  p99 of sessions: %.1f ms, beside bad input %.1f ms",
                    alone[window],
                    beside[window]));
        }
        Arrays.sort(alone);
        Arrays.sort(beside);
        double before = alone[WINDOWS / 2];
        double with = beside[WINDOWS / 2];
        return new Finding(
                "sessions' p99 beside " + PER_SECOND + " bad inputs a second",
                String.format(Locale.ROOT, "%.1f ms", with),
                String.format(Locale.ROOT, "%.1f ms alone", before),
                with / before,
                LATENCY_LIMIT);
    }

    private double p99(SessionLoad load) throws IOException, InterruptedException {
        SessionLoad.Outcome outcome = load.run(requests);
        check(outcome);
        return outcome.micros().getValueAtPercentile(99) / 1000.0;
    }

    private static void flood(int port, List<byte[]> kinds, AtomicBoolean enough, AtomicReference<IOException> failed) {
        try {
            long next = System.nanoTime();
            for (int i = 0; !enough.get(); i++) {
                one(port, kinds.get(i % kinds.size()));
                next += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
        } catch (IOException broken) {
            failed.set(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(int port, byte[] input, int times) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(times);
        AtomicReference<IOException> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PHONES; i++) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (left.getAndDecrement() > 0) {
                                one(port, input);
                            }
                        } catch (IOException broken) {
                            failed.set(broken);
                        }
                    },
                    "bad-input");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() != null) {
            throw failed.get();
        }
    }

    /** Sends it, and reads the beginning of an answer; the server may well hang up before all was sent. */
    private static void one(int port, byte[] input) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(input);
                if (socket.getInputStream().readNBytes(12).length < 12) {
                    throw new IOException("the server closed the connection without an answer");
                }
            } catch (java.net.SocketException hungUp) {
                // refused before it was read to the end
            }
        }
    }

    private Cost cost(URI metrics, Work work) throws IOException, InterruptedException {
        String before = scrape(metrics);
        work.run();
        String after = scrape(metrics);
        return new Cost(
                (value(after, "process_cpu_time_ns_total") - value(before, "process_cpu_time_ns_total"))
                        / 1000
                        / requests,
                (value(after, "carillon_allocated") - value(before, "carillon_allocated")) / requests);
    }

    private String scrape(URI metrics) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double value(String scraped, String name) throws IOException {
        return scraped.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("the server has no metric " + name));
    }

    private static URI metrics(Path data) throws IOException {
        int port = new ObjectMapper()
                .readTree(data.resolve("ports.json").toFile())
                .get("web")
                .asInt();
        return URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    private static void check(SessionLoad.Outcome outcome) throws IOException {
        if (!outcome.errors().isEmpty()) {
            throw new IOException("sessions failed: " + outcome.errors());
        }
    }

    private static String text(String name, Cost cost) {
        return String.format(Locale.ROOT, "  %-28s %s, %s", name, micros(cost.micros), kibibytes(cost.octets));
    }

    private static String micros(double micros) {
        return String.format(Locale.ROOT, "%.0f us", micros);
    }

    private static String kibibytes(double octets) {
        return String.format(Locale.ROOT, "%.1f KiB", octets / 1024);
    }

    private static DatabaseConfig config(Path data) {
        return new DatabaseConfig(
                "jdbc:h2:file:" + data.resolve("carillon"),
                "carillon",
                new Secret(""),
                data.resolve("keys"),
                4,
                256,
                1000,
                1000);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
