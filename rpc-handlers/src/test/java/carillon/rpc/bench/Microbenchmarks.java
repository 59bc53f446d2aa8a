package carillon.rpc.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of codec and engine with JMH and prints what they cost, as ratios within one run: of the best
 * iterations, since whatever else the machine does can only add.
 */
public final class Microbenchmarks {
    private final Map<String, Double> micros = new TreeMap<>();

    private Microbenchmarks(Collection<RunResult> results) {
        for (RunResult result : results) {
            String label = result.getParams().getBenchmark();
            micros.put(
                    label.substring(label.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getStatistics().getMin());
        }
    }

    /** About two minutes. */
    public static void main(String[] arguments) throws RunnerException {
        new Microbenchmarks(new Runner(usual().forks(1)
                                .jvmArgsAppend("-Xmx1g", "-XX:+UseSerialGC")
                                .warmupIterations(5)
                                .warmupTime(TimeValue.seconds(1))
                                .measurementIterations(20)
                                .measurementTime(TimeValue.milliseconds(500))
                                .build())
                        .run())
                .print(System.out);
    }

    /** Runs each for a moment, in this process: what it prints says nothing of speed. */
    static void smoke(PrintStream out) throws RunnerException {
        new Microbenchmarks(new Runner(usual().forks(0)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(50))
                                .verbosity(VerboseMode.SILENT)
                                .build())
                        .run())
                .print(out);
    }

    private static ChainedOptionsBuilder usual() {
        return new OptionsBuilder()
                .include(CodecSpeed.class.getName())
                .include(EngineSpeed.class.getName())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true);
    }

    private void print(PrintStream out) {
        compare(out, "Inform of 15 parameters, read", "informRead", "a bare StAX pass", "informBare", "at most 2.0");
        compare(out, "20,000 values, read", "valuesRead", "a bare StAX pass", "valuesBare", "");
        compare(out, "InformResponse, written", "informResponseWritten", "a bare pass of the Inform", "informBare", "");
        compare(out, "engine, an idle session", "idleSession", "the Inform, read", "informRead", "");
    }

    private void compare(PrintStream out, String what, String name, String than, String base, String limit) {
        out.printf(
                Locale.ROOT,
                "%-32s %10.2f us   %-26s %10.2f us   ratio %5.2f   %s%n",
                what,
                micros.get(name),
                than,
                micros.get(base),
                micros.get(name) / micros.get(base),
                limit);
    }
}
