package carillon.server.bench;

import carillon.db.DatabaseConfig;
import carillon.db.StorageTrial;
import carillon.db.StorageTrial.Figures;
import carillon.db.StorageTrial.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a device's parameters cost as one document, beside what they cost as rows. */
public final class StorageBenchmark {
    private static final int DEVICES = 200;
    private static final int PARAMETERS = 600;
    private static final int ROUNDS = 3;

    private final Consumer<String> progress;
    private final String schema = "storage_" + Long.toHexString(System.nanoTime());

    /** A benchmark that says how far it is. */
    public StorageBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures both ways in turn and says what came of it. */
    public List<Finding> run(SessionBenchmark.Where where) throws IOException {
        Path data = Files.createTempDirectory("carillon-bench");
        try {
            StorageTrial warmUp = new StorageTrial(DEVICES / 4, PARAMETERS);
            warmUp.run(config(where, data, "warm-up-document"), Way.DOCUMENT);
            warmUp.run(config(where, data, "warm-up-rows"), Way.ROWS);
            StorageTrial trial = new StorageTrial(DEVICES, PARAMETERS);
            Figures document = trial.run(config(where, data, "document-0"), Way.DOCUMENT);
            Figures rows = trial.run(config(where, data, "rows-0"), Way.ROWS);
            for (int round = 1; round < ROUNDS; round++) {
                document = document.best(trial.run(config(where, data, "document-" + round), Way.DOCUMENT));
                rows = rows.best(trial.run(config(where, data, "rows-" + round), Way.ROWS));
                progress.accept("  storage on " + where.name() + ", round " + (round + 1) + " of " + ROUNDS);
            }
            return findings(where, document, rows);
        } finally {
            delete(data);
        }
    }

    private static List<Finding> findings(SessionBenchmark.Where where, Figures document, Figures rows) {
        String clock = where.url().isEmpty() ? "CPU" : "elapsed";
        List<Finding> findings = new ArrayList<>();
        findings.add(time(where, clock + ", first " + PARAMETERS + " parameters", document.store(), rows.store()));
        findings.add(time(where, clock + ", three changed values", document.change(), rows.change()));
        findings.add(time(where, clock + ", page of 100", document.read(), rows.read()));
        findings.add(new Finding(
                "a device's parameters, " + where.name() + ", disk",
                document.bytes() + " B",
                "rows " + rows.bytes() + " B",
                (double) document.bytes() / rows.bytes(),
                0));
        return findings;
    }

    private static Finding time(SessionBenchmark.Where where, String what, Duration document, Duration rows) {
        return new Finding(
                "a device's parameters, " + where.name() + ", " + what,
                micros(document),
                "rows " + micros(rows),
                (double) document.toNanos() / rows.toNanos(),
                0);
    }

    private static String micros(Duration duration) {
        return String.format(Locale.ROOT, "%.0f us", duration.toNanos() / 1000.0);
    }

    private DatabaseConfig config(SessionBenchmark.Where where, Path data, String file) {
        return new DatabaseConfig(
                where.url().map(this::withSchema).orElse("jdbc:h2:file:" + data.resolve(file)),
                where.user(),
                where.password(),
                data.resolve("keys"),
                2,
                256,
                1000,
                1000);
    }

    /** A schema that no earlier run has sealed with another key. */
    private String withSchema(String url) {
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
