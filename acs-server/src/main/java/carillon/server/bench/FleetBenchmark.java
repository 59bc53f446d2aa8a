package carillon.server.bench;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.phones.Fleet;
import carillon.phones.FleetReport;
import carillon.phones.PhonesOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ten thousand phones against one server that has half a gigabyte: each boots, is given its plan and comes again. No session
 * may fail, no event that was acknowledged may be missing, and what the server keeps in memory has to fit.
 */
public final class FleetBenchmark {
    private static final int PHONES = 10_000;
    private static final int VISITS = 2;
    private static final Duration SPREAD = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long HEAP_MEBIBYTES = 512;

    private final Consumer<String> progress;

    public FleetBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures, and says what came of it. */
    public List<Finding> run() throws IOException, InterruptedException {
        try (BenchDirectory directory = BenchDirectory.create()) {
            Path data = directory.path();
            FleetReport report;
            long peak;
            long kept;
            try (ChildServer server = ChildServer.carillon(data, "--cpe.auth=open", "--inform.interval=1m")) {
                Fleet fleet = new Fleet(options(server.port()));
                peak = comeAndGo(fleet, server);
                report = fleet.report();
                kept = server.heapAfterCollection();
            }
            return List.of(failed(report), lost(report, events(data)), heap(kept, peak));
        }
    }

    private static PhonesOptions options(int port) {
        return PhonesOptions.of(URI.create("http://127.0.0.1:" + port + "/"), PHONES)
                .withSpread(SPREAD);
    }

    /** Runs the fleet until each phone came often enough; the most that the server's heap held meanwhile. */
    private long comeAndGo(Fleet fleet, ChildServer server) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long peak = 0;
        fleet.start();
        for (int second = 1; fleet.report().sessions() < VISITS * PHONES && System.nanoTime() < end; second++) {
            TimeUnit.SECONDS.sleep(1);
            long heap = server.heap();
            peak = Math.max(peak, heap);
            if (second % 15 == 0) {
                progress.accept(String.format(
                        Locale.ROOT,
                        "  %d phones, %d s: %d sessions, %d failed, heap %d MiB",
                        PHONES,
                        second,
                        fleet.report().sessions(),
                        fleet.report().errors(),
                        heap));
            }
        }
        fleet.finish();
        return peak;
    }

    private static long events(Path data) {
        try (Database database = Database.open(new DatabaseConfig(
                "jdbc:h2:file:" + data.resolve("carillon"),
                "carillon",
                new Secret(""),
                data.resolve("keys"),
                2,
                1,
                1,
                1))) {
            return database.<Long>read(stores -> stores.events().count());
        }
    }

    private static Finding failed(FleetReport report) {
        return new Finding(
                "sessions of 10,000 phones that failed",
                Long.toString(report.errors()),
                "of " + (report.sessions() + report.errors()),
                report.errors(),
                Double.MIN_NORMAL);
    }

    private static Finding lost(FleetReport report, long stored) {
        return new Finding(
                "events acknowledged to 10,000 phones",
                Long.toString(report.acknowledgedEvents()),
                stored + " stored",
                report.acknowledgedEvents() / (double) Math.max(1, stored),
                1);
    }

    private static Finding heap(long kept, long peak) {
        return new Finding(
                "heap of a server of 10,000 phones",
                kept + " MiB, peak " + peak,
                HEAP_MEBIBYTES + " MiB",
                Math.max(kept, peak) / (double) HEAP_MEBIBYTES,
                1);
    }
}
