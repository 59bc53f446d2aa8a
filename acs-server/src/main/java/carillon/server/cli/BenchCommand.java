package carillon.server.cli;

import carillon.server.bench.Benchmark;
import carillon.server.bench.Measurement;
import carillon.server.config.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carillon bench}: the numbers that the README quotes, each beside its limit. */
@Command(
        name = "bench",
        description = "Measures, and prints each number beside its limit and as a ratio of a baseline taken in the same"
                + " run. Ends with 1 where a limit is exceeded.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private final List<Benchmark> benchmarks;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "NAME", description = "This benchmark alone; --list names them.")
    private @Nullable String only;

    @Option(names = "--list", description = "Says what would be measured, and measures nothing.")
    private boolean list;

    @Option(
            names = "--effort",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "About how long each measurement takes (${DEFAULT-VALUE}); less is a smoke run.")
    private String effort = "10s";

    BenchCommand(List<Benchmark> benchmarks) {
        this.benchmarks = List.copyOf(benchmarks);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Duration each = duration();
        List<Benchmark> chosen = chosen();
        int over = 0;
        for (Benchmark benchmark : chosen) {
            out.println(benchmark.name() + ": " + benchmark.meaning());
            out.flush();
            for (Measurement measured : list ? List.<Measurement>of() : benchmark.run(each)) {
                out.println("  " + measured.line());
                out.flush();
                over += measured.isWithinLimit() ? 0 : 1;
            }
        }
        if (over > 0) {
            throw new CommandFailedException(over + (over == 1 ? " number is" : " numbers are") + " over the limit");
        }
        return 0;
    }

    private Duration duration() {
        try {
            return DurationText.parse(effort);
        } catch (IllegalArgumentException bad) {
            throw new ParameterException(spec.commandLine(), "--effort is '" + effort + "'; it " + bad.getMessage());
        }
    }

    private List<Benchmark> chosen() {
        String wanted = only;
        if (wanted == null) {
            return benchmarks;
        }
        List<Benchmark> found = benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            String all = benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", "));
            throw new ParameterException(spec.commandLine(), "there is no benchmark " + wanted + "; there are " + all);
        }
        return found;
    }
}
