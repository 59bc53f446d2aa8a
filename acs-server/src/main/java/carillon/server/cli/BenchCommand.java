package carillon.server.cli;

import carillon.cwmp.Secret;
import carillon.server.bench.BadInputBenchmark;
import carillon.server.bench.CodecBenchmark;
import carillon.server.bench.Finding;
import carillon.server.bench.FleetBenchmark;
import carillon.server.bench.LocalPostgres;
import carillon.server.bench.ProfileBenchmark;
import carillon.server.bench.SessionBenchmark;
import carillon.server.bench.StorageBenchmark;
import carillon.server.bench.StormBenchmark;
import carillon.server.bench.WakeBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carillon bench}: the benchmarks that the README quotes, each beside its limit and as a ratio. */
@Command(
        name = "bench",
        description = "Measures this machine's Carillon, each figure beside its limit and as a ratio.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--sessions", description = "sessions per round (default ${DEFAULT-VALUE})")
    private int sessions = 10_000;

    @Option(names = "--codec", description = "measure only how messages are read")
    private boolean codec;

    @Option(names = "--profile", description = "measure only how profiles are rendered")
    private boolean profile;

    @Option(names = "--storage", description = "measure only how parameters are stored")
    private boolean storage;

    @Option(names = "--bad-input", description = "measure only what bad input costs")
    private boolean badInput;

    @Option(names = "--idle", description = "measure only idle sessions")
    private boolean idle;

    @Option(names = "--wake", description = "measure only how long it takes to wake a phone")
    private boolean wake;

    @Option(names = "--fleet", description = "measure only ten thousand phones")
    private boolean fleet;

    @Option(names = "--storm", description = "measure only what phones that misbehave do to others")
    private boolean storm;

    @Option(
            names = "--postgres",
            description = "JDBC URL of an empty PostgreSQL database to measure with (default: one of this machine's"
                    + " own is started, where PostgreSQL is installed)")
    private String postgres = "";

    @Option(names = "--postgres-user", description = "its user (default ${DEFAULT-VALUE})")
    private String postgresUser = "postgres";

    @Option(
            names = "--postgres-password",
            description = "its password; asked for where it is left without a value",
            arity = "0..1",
            interactive = true)
    private String postgresPassword = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Consumer<String> progress = line -> {
            out.println(line);
            out.flush();
        };
        boolean all = !storage && !codec && !profile && !badInput && !idle && !wake && !fleet && !storm;
        List<Finding> findings = new ArrayList<>();
        if (all || codec) {
            findings.addAll(new CodecBenchmark(progress).run());
        }
        if (all || profile) {
            findings.add(new ProfileBenchmark(progress).run());
        }
        if (all || idle || storage) {
            findings.addAll(onDatabases(all || idle, all || storage, progress));
        }
        if (all || badInput) {
            findings.addAll(new BadInputBenchmark(Math.max(100, sessions / 5), progress).run());
        }
        if (all || wake) {
            findings.add(new WakeBenchmark(progress).run());
        }
        if (all || fleet) {
            findings.addAll(new FleetBenchmark(progress).run());
        }
        if (all || storm) {
            findings.addAll(new StormBenchmark(progress).run());
        }
        out.println(Finding.head());
        findings.forEach(finding -> out.println(finding.text()));
        return findings.stream().allMatch(Finding::good) ? 0 : 1;
    }

    private List<Finding> onDatabases(boolean sessionsToo, boolean storageToo, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<SessionBenchmark.Where> places = new ArrayList<>(List.of(SessionBenchmark.Where.H2));
        try (LocalPostgres own = postgres.isEmpty() ? LocalPostgres.start() : LocalPostgres.NONE) {
            if (!postgres.isEmpty()) {
                places.add(new SessionBenchmark.Where(
                        "PostgreSQL", Optional.of(postgres), postgresUser, new Secret(postgresPassword)));
            } else if (own.where().isPresent()) {
                places.add(own.where().get());
            } else {
                progress.accept("  no PostgreSQL is installed here: measured on H2 alone (--postgres names another)");
            }
            for (SessionBenchmark.Where where : places) {
                if (sessionsToo) {
                    findings.add(new SessionBenchmark(sessions, progress).run(where));
                }
                if (storageToo) {
                    findings.addAll(new StorageBenchmark(progress).run(where));
                }
            }
        }
        return findings;
    }
}
