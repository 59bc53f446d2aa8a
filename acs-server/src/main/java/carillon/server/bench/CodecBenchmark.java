package carillon.server.bench;

import carillon.cwmp.codec.CodecTrial;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What reading a message costs beside the bare parser, and what a long one takes of memory. */
public final class CodecBenchmark {
    private static final int INFORM_PARAMETERS = 15;
    private static final int LONG_LIST = 20_000;
    private static final int LONG_LISTING = 25_000;
    private static final int LONG_TIMES = 4;
    private static final int TIMES = 5_000;
    private static final int ROUNDS = 12;
    private static final double TIME_LIMIT = 2.0;
    private static final double MEMORY_LIMIT = 2.0;

    private final Consumer<String> progress;

    /** A benchmark that says how far it is. */
    public CodecBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures, and says what came of it. */
    public List<Finding> run() {
        CodecTrial inform = CodecTrial.ofInform(INFORM_PARAMETERS);
        for (int i = 0; i < 3; i++) {
            inform.reading(4 * TIMES);
            inform.passing(4 * TIMES);
        }
        long reading = Long.MAX_VALUE;
        long passing = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            reading = Math.min(reading, inform.reading(TIMES).toNanos());
            passing = Math.min(passing, inform.passing(TIMES).toNanos());
        }
        CodecTrial values = CodecTrial.ofValues(LONG_LIST);
        CodecTrial.Memory memory = values.memory();
        progress.accept(String.format(
                Locale.ROOT,
                "  codec: an Inform of %d octets; %d values of %d octets",
                inform.octets(),
                LONG_LIST,
                values.octets()));
        return List.of(
                new Finding(
                        "Inform of " + INFORM_PARAMETERS + " parameters, read",
                        String.format(Locale.ROOT, "%.1f us", reading / 1000.0),
                        String.format(Locale.ROOT, "bare StAX pass %.1f us", passing / 1000.0),
                        (double) reading / passing,
                        TIME_LIMIT),
                reading("20,000 values, read", values),
                reading("25,000 names, read", CodecTrial.ofNames(LONG_LISTING)),
                memory("20,000 values, allocated in all by reading", memory.allocated(), values.octets()),
                memory("20,000 values, kept as records", memory.retained(), values.octets()));
    }

    /** A long answer beside the bare parser. */
    private static Finding reading(String name, CodecTrial trial) {
        long reading = Long.MAX_VALUE;
        long passing = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            reading = Math.min(reading, trial.reading(LONG_TIMES).toNanos());
            passing = Math.min(passing, trial.passing(LONG_TIMES).toNanos());
        }
        return new Finding(
                name,
                String.format(Locale.ROOT, "%.1f ms", reading / 1e6),
                String.format(Locale.ROOT, "bare StAX pass %.1f ms", passing / 1e6),
                (double) reading / passing,
                TIME_LIMIT);
    }

    private static Finding memory(String name, long bytes, int octets) {
        return new Finding(
                name,
                String.format(Locale.ROOT, "%.1f MB", bytes / 1e6),
                String.format(Locale.ROOT, "message %.1f MB", octets / 1e6),
                (double) bytes / octets,
                MEMORY_LIMIT);
    }
}
