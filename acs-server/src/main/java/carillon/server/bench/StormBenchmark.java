package carillon.server.bench;

import carillon.phones.Fleet;
import carillon.phones.FleetReport;
import carillon.phones.Misbehaviour;
import carillon.phones.PhonesOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Phones that misbehave hurt only themselves: half of the phones do one thing wrong each, and the other half may neither
 * fail nor wait much longer than they do when they are alone. Runs with and without take turns on one server, which has to
 * count of all of them what is predicted.
 */
public final class StormBenchmark {
    private static final int PHONES = 500;
    private static final int RUNS = 5;
    private static final int WARM_UP = 3;
    private static final Duration SPREAD = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final double PERCENTILE = 95;
    private static final double LIMIT = 1.2;
    private static final int SECONDS_TO_END_ALL = 60;

    private final Consumer<String> progress;
    private final Map<String, Long> predicted = new TreeMap<>();
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> among = new ArrayList<>();
    private int first = 1;
    private long failures;
    private long behaved;
    private long surprises;
    private long misbehaved;

    public StormBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures, and says what came of it. */
    public List<Finding> run() throws IOException, InterruptedException {
        try (BenchDirectory directory = BenchDirectory.create();
                ChildServer server =
                        ChildServer.carillon(directory.path(), "--cpe.auth=open", "--inform.interval=20s")) {
            for (int visit = 0; visit < WARM_UP; visit++) {
                visit(server, visit % 2 == 0, true); // a cold server, and a cold fleet, would be all that is measured
            }
            for (int run = 1; run <= RUNS; run++) {
                // each is first in turn: what the machine does meanwhile must not fall on one of them alone
                boolean storm = run % 2 == 0;
                visit(server, storm, false);
                visit(server, !storm, false);
                progress.accept(String.format(
                        Locale.ROOT,
                        "  run %d: p95 of %d phones that behave: alone %.1f ms, among as many that misbehave %.1f ms,"
                                + " ratio %.2f",
                        run,
                        PHONES / 2,
                        alone.get(run - 1),
                        among.get(run - 1),
                        among.get(run - 1) / alone.get(run - 1)));
            }
            return List.of(latency(), failed(), unlike(), errors(server));
        }
    }

    /** A fleet comes, for as long as a run lasts. */
    private void visit(ChildServer server, boolean storm, boolean warmUp) throws IOException, InterruptedException {
        PhonesOptions usual = PhonesOptions.of(
                        URI.create("http://127.0.0.1:" + server.port() + "/"), storm ? PHONES : PHONES / 2)
                .withSpread(SPREAD)
                .withFirst(first);
        first += PHONES;
        try (Fleet fleet = new Fleet(storm ? usual.withMisbehaviours(Misbehaviour.all()) : usual)) {
            fleet.start();
            TimeUnit.SECONDS.sleep(RUN.toSeconds());
            fleet.finish();
            FleetReport report = fleet.report();
            failures += report.errors();
            behaved += report.sessions() + report.errors();
            surprises += report.storm().surprises();
            misbehaved += report.storm().tallies().values().stream()
                    .mapToLong(tally -> tally.sessions())
                    .sum();
            report.storm().serverErrors().forEach((reason, count) -> predicted.merge(reason, count, Long::sum));
            if (!report.errorsByReason().isEmpty()) {
                progress.accept("  failures of phones that behave: " + report.errorsByReason());
            }
            if (!warmUp) {
                (storm ? among : alone).add(report.at(PERCENTILE));
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private Finding latency() {
        List<Double> ratios = IntStream.range(0, RUNS)
                .mapToObj(run -> among.get(run) / alone.get(run))
                .toList();
        return new Finding(
                "p95 of phones that behave, in a storm",
                String.format(Locale.ROOT, "%.1f ms", median(among)),
                String.format(Locale.ROOT, "%.1f ms alone", median(alone)),
                median(ratios), // of runs one after the other: what changes with time must not fall on one side
                LIMIT);
    }

    private Finding failed() {
        return new Finding(
                "sessions of phones that behave that failed",
                Long.toString(failures),
                "of " + behaved,
                failures,
                Double.MIN_NORMAL);
    }

    private Finding unlike() {
        return new Finding(
                "sessions of others that did not end as predicted",
                Long.toString(surprises),
                "of " + misbehaved,
                surprises,
                Double.MIN_NORMAL);
    }

    /** Sessions that phones have left end, and are counted, when they have been silent for long enough. */
    private Finding errors(ChildServer server) throws IOException, InterruptedException {
        Map<String, Long> counted = server.errors();
        for (int second = 0; second < SECONDS_TO_END_ALL && !counted.equals(predicted); second++) {
            TimeUnit.SECONDS.sleep(1);
            counted = server.errors();
        }
        if (!counted.equals(predicted)) {
            progress.accept("  errors that the server counted: " + counted);
            progress.accept("  errors that were predicted:     " + predicted);
        }
        long sum = counted.values().stream().mapToLong(Long::longValue).sum();
        long expected = predicted.values().stream().mapToLong(Long::longValue).sum();
        return new Finding(
                "errors that the server counted, by reason",
                Long.toString(sum),
                expected + " predicted",
                counted.equals(predicted) ? 0 : 1,
                Double.MIN_NORMAL);
    }
}
