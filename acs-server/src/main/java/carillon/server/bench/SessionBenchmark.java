package carillon.server.bench;

import carillon.cwmp.Secret;
import carillon.db.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
    private static final int ROUNDS = 9;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);
    private static final double LIMIT = 2.5;

    private final int sessions;
    private final Consumer<String> progress;

    /**
     * A benchmark of so many sessions per window; the servers take turns, first until both are warm, then to be measured.
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
        try (BenchDirectory directory = BenchDirectory.create()) {
            return run(where, directory.path());
        }
    }

    private Finding run(Where where, Path data) throws IOException, InterruptedException {
        List<SessionLoad.Caller> callers = KnownPhones.in(config(where, data), PHONES);
        try (ChildServer bareServer = ChildServer.bare();
                ChildServer server = ChildServer.carillon(data, settings(where))) {
            Windows bare = new Windows(bareServer, callers, sessions);
            Windows carillon = new Windows(server, callers, sessions);
            warmUp(bare, carillon);
            double ratio = ratio(bare, carillon);
            tell("bare Jetty", bare);
            tell("Carillon on " + where.name(), carillon);
            return new Finding(
                    "idle session, server CPU, " + where.name(),
                    micros(carillon.median()),
                    "bare Jetty " + micros(bare.median()),
                    ratio,
                    where.url().isEmpty() ? LIMIT : 0);
        }
    }

    /** Until both are steady, or it has taken too long to wait any longer. */
    private void warmUp(Windows bare, Windows carillon) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        for (Windows windows : List.of(bare, carillon)) {
            while (!windows.isSteady() && System.nanoTime() < end) {
                ProcessorTime time = windows.next();
                progress.accept(String.format(
                        Locale.ROOT,
                        "  warming up: %s, of which compiler %.0f %%",
                        micros(time),
                        100 * time.share(ProcessorTime.Group.COMPILER)));
            }
            windows.forget();
        }
    }

    /** The median of the ratios of windows that ran one after the other. */
    private double ratio(Windows bare, Windows carillon) throws IOException, InterruptedException {
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ProcessorTime bareTime = bare.next();
            ProcessorTime time = carillon.next();
            ratios[round] = (double) time.total() / bareTime.total();
            progress.accept(String.format(
                    Locale.ROOT,
                    "  round %d: bare %s, Carillon %s, ratio %.2f",
                    round + 1,
                    micros(bareTime),
                    micros(time),
                    ratios[round]));
        }
        Arrays.sort(ratios);
        return ratios[ROUNDS / 2];
    }

    private void tell(String name, Windows windows) {
        ProcessorTime median = windows.median();
        progress.accept("  " + name + ", us per session by thread: " + median.text(sessions));
    }

    private String micros(ProcessorTime time) {
        return String.format(Locale.ROOT, "%.0f us", time.micros(sessions));
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
}
