package carillon.server.bench;

import carillon.cwmp.Secret;
import carillon.db.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an idle session of a known phone costs the server in processor time, beside what the same exchange costs a bare Jetty
 * handler: new TCP connection, Inform (401), Inform with Digest, empty POST; 64 phones at once, events durable.
 */
public final class SessionBenchmark {
    private static final int PHONES = 64;
    private static final double LIMIT = 2.5;

    private final int sessions;
    private final Consumer<String> progress;

    /**
     * A benchmark of so many sessions per round; there are three rounds of each server, in turn, after a warm-up.
     */
    public SessionBenchmark(int sessions, Consumer<String> progress) {
        this.sessions = sessions;
        this.progress = progress;
    }

    /** The database to measure with. */
    public record Where(String name, Optional<String> url, String user, Secret password) {
        /** The embedded one. */
        public static final Where H2 = new Where("H2", Optional.empty(), "carillon", new Secret(""));
    }

    /** Measures, and says what came of it. */
    public Finding run(Where where) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("carillon-bench");
        List<SessionLoad.Caller> callers = KnownPhones.in(config(where, data), PHONES);
        try (ChildServer bare = ChildServer.bare();
                ChildServer carillon = ChildServer.carillon(data, settings(where))) {
            SessionLoad bareLoad = new SessionLoad(bare.port(), callers);
            SessionLoad load = new SessionLoad(carillon.port(), callers);
            warmUp(bareLoad, "bare Jetty");
            warmUp(load, "Carillon on " + where.name());
            double bareMicros = Double.MAX_VALUE;
            double micros = Double.MAX_VALUE;
            for (int round = 1; round <= 3; round++) {
                bareMicros = Math.min(bareMicros, measured(bare, bareLoad));
                micros = Math.min(micros, measured(carillon, load));
                progress.accept(String.format(
                        Locale.ROOT, "  round %d: bare %.0f us, Carillon %.0f us", round, bareMicros, micros));
            }
            return new Finding(
                    "idle session, server CPU, " + where.name(),
                    String.format(Locale.ROOT, "%.0f us", micros),
                    String.format(Locale.ROOT, "bare Jetty %.0f us", bareMicros),
                    micros / bareMicros,
                    where.url().isEmpty() ? LIMIT : 0);
        } finally {
            delete(data);
        }
    }

    private void warmUp(SessionLoad load, String name) throws InterruptedException, IOException {
        SessionLoad.Outcome outcome = load.run(3 * sessions);
        progress.accept(String.format(
                Locale.ROOT,
                "  %s: p50 %.1f ms, p99 %.1f ms",
                name,
                outcome.micros().getValueAtPercentile(50) / 1000.0,
                outcome.micros().getValueAtPercentile(99) / 1000.0));
        check(outcome);
    }

    private double measured(ChildServer server, SessionLoad load) throws InterruptedException, IOException {
        Duration before = server.cpu();
        check(load.run(sessions));
        return server.cpu().minus(before).toNanos() / 1000.0 / sessions;
    }

    private static void check(SessionLoad.Outcome outcome) throws IOException {
        if (!outcome.errors().isEmpty()) {
            throw new IOException("sessions failed: " + outcome.errors());
        }
    }

    private static DatabaseConfig config(Where where, Path data) {
        return new DatabaseConfig(
                where.url().orElse("jdbc:h2:file:" + data.resolve("carillon")),
                where.user(),
                where.password(),
                data.resolve("keys"),
                4,
                256,
                1000,
                1000);
    }

    private static String[] settings(Where where) {
        return where.url().isEmpty()
                ? new String[0]
                : new String[] {
                    "--database.url=" + where.url().get(),
                    "--database.user=" + where.user(),
                    "--database.password=" + where.password().reveal()
                };
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
