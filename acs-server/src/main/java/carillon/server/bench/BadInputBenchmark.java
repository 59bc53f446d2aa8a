package carillon.server.bench;

import carillon.cwmp.Secret;
import carillon.db.DatabaseConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What bad input costs the server beside an idle session of a known phone, in processor time and in allocated memory, and
 * what phones that behave notice of it. All connections are new ones; the log is written as in production.
 */
public final class BadInputBenchmark {
    private static final int PHONES = 16;
    private static final int WINDOWS = 9;
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
    private record Cost(double micros, double octets) {
        Cost least(Cost other) {
            return new Cost(Math.min(micros, other.micros), Math.min(octets, other.octets));
        }
    }

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
            List<BadInput.Kind> inputs = BadInput.all();
            warmUp(server.port(), load, callers, inputs);
            Cost before = idle(metrics, load);
            Map<String, Cost> costs = new LinkedHashMap<>();
            for (BadInput.Kind input : inputs) {
                int times = Math.max(PHONES, requests / input.messages());
                costs.put(
                        input.name(),
                        cost(metrics, times * input.messages(), () -> send(server.port(), callers, input, times)));
            }
            Cost session = idle(metrics, load).least(before); // a server that warms up must not flatter what came later
            progress.accept(text("an idle session", session));
            costs.forEach((name, cost) -> progress.accept(text(name, cost) + against(session, cost)));
            List<Finding> findings = new ArrayList<>();
            String slowest = most(costs, Cost::micros);
            String largest = most(costs, Cost::octets);
            double mostMicros = cost(costs, slowest).micros;
            double mostOctets = cost(costs, largest).octets;
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

    private Cost idle(URI metrics, SessionLoad load) throws IOException, InterruptedException {
        return cost(metrics, requests, () -> check(load.run(requests)));
    }

    private static String most(Map<String, Cost> costs, ToDoubleFunction<Cost> what) {
        return costs.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> what.applyAsDouble(entry.getValue())))
                .orElseThrow()
                .getKey();
    }

    private static Cost cost(Map<String, Cost> costs, String name) {
        return Optional.ofNullable(costs.get(name)).orElseThrow();
    }

    private void warmUp(int port, SessionLoad load, List<SessionLoad.Caller> callers, List<BadInput.Kind> inputs)
            throws IOException, InterruptedException {
        for (int round = 0; round < 3; round++) {
            check(load.run(requests));
            for (BadInput.Kind input : inputs) {
                send(port, callers, input, requests / 4 / input.messages());
            }
        }
    }

    /** Phones at a steady pace: alone, and beside as many bad inputs of all kinds; in turns. */
    private Finding latency(int port, List<SessionLoad.Caller> callers, List<BadInput.Kind> inputs)
            throws IOException, InterruptedException {
        SessionLoad steady = new SessionLoad(port, callers.subList(0, 2));
        SessionLoad.Caller another = callers.get(2);
        double[] alone = new double[WINDOWS];
        double[] beside = new double[WINDOWS];
        double[] ratios = new double[WINDOWS];
        for (int window = 0; window < WINDOWS; window++) {
            // each is first in turn: what else the machine does must not fall on one of them alone
            if (window % 2 == 0) {
                alone[window] = p99(steady);
                beside[window] = besideBadInput(port, steady, another, inputs);
            } else {
                beside[window] = besideBadInput(port, steady, another, inputs);
                alone[window] = p99(steady);
            }
            ratios[window] = beside[window] / alone[window];
            progress.accept(String.format(
                    Locale.ROOT,
                    "  p99 of sessions: %.1f ms, beside bad input %.1f ms, ratio %.2f",
                    alone[window],
                    beside[window],
                    ratios[window]));
        }
        return new Finding(
                "sessions' p99 beside " + PER_SECOND + " bad inputs a second",
                String.format(Locale.ROOT, "%.1f ms", median(beside)),
                String.format(Locale.ROOT, "%.1f ms alone", median(alone)),
                median(ratios), // of windows one after the other
                LATENCY_LIMIT);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double besideBadInput(int port, SessionLoad steady, SessionLoad.Caller another, List<BadInput.Kind> inputs)
            throws IOException, InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicReference<IOException> failed = new AtomicReference<>();
        Thread flood = new Thread(() -> flood(port, another, inputs, enough, failed), "bad-input");
        flood.start();
        double beside = p99(steady);
        enough.set(true);
        flood.join();
        if (failed.get() != null) {
            throw failed.get();
        }
        return beside;
    }

    private double p99(SessionLoad load) throws IOException, InterruptedException {
        SessionLoad.Outcome outcome = load.run(requests);
        check(outcome);
        return outcome.micros().getValueAtPercentile(99) / 1000.0;
    }

    private static void flood(
            int port,
            SessionLoad.Caller caller,
            List<BadInput.Kind> kinds,
            AtomicBoolean enough,
            AtomicReference<IOException> failed) {
        try {
            long next = System.nanoTime();
            for (int i = 0; !enough.get(); i++) {
                BadInput.Kind kind = kinds.get(i % kinds.size());
                kind.sending().once(port, caller);
                next += kind.messages() * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
        } catch (IOException broken) {
            failed.set(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each phone is played by one thread: two sessions of one phone would end each other. */
    private static void send(int port, List<SessionLoad.Caller> callers, BadInput.Kind input, int times)
            throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(times);
        AtomicReference<IOException> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (SessionLoad.Caller caller : callers) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            while (left.getAndDecrement() > 0) {
                                input.sending().once(port, caller);
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

    private Cost cost(URI metrics, int times, Work work) throws IOException, InterruptedException {
        String before = scrape(metrics);
        work.run();
        String after = scrape(metrics);
        return new Cost(
                (value(after, "process_cpu_time_ns_total") - value(before, "process_cpu_time_ns_total")) / 1000 / times,
                (value(after, "carillon_allocated") - value(before, "carillon_allocated")) / times);
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

    private static String against(Cost session, Cost cost) {
        return String.format(
                Locale.ROOT, " (x%.2f, x%.2f)", cost.micros / session.micros, cost.octets / session.octets);
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
