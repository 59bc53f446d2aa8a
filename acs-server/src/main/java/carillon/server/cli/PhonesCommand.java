package carillon.server.cli;

import carillon.cwmp.CwmpVersion;
import carillon.phones.Fleet;
import carillon.phones.FleetReport;
import carillon.phones.Misbehaviour;
import carillon.phones.PhonesOptions;
import carillon.server.config.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code carillon phones}: simulated phones against any ACS. */
@Command(
        name = "phones",
        description = "Simulates Cisco MPP phones against any ACS and prints what became of them.",
        mixinStandardHelpOptions = true)
final class PhonesCommand implements Callable<Integer> {
    private static final long PROGRESS_MILLIS = 5000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--acs-url", paramLabel = "URL", description = "Where the phones inform.")
    private @Nullable URI acsUrl;

    @Option(names = "--count", defaultValue = "10", paramLabel = "N", description = "Phones (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--concurrency",
            defaultValue = "64",
            paramLabel = "C",
            description = "Sessions at one time, at most (${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--duration",
            defaultValue = "0s",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long, such as 60s; 0s means until it is ended (${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--spread",
            defaultValue = "2s",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Over what time the first Informs are spread (${DEFAULT-VALUE}).")
    private Duration spread = Duration.ZERO;

    @Option(
            names = "--boot-delay",
            defaultValue = "2s",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long a restart takes (${DEFAULT-VALUE}).")
    private Duration bootDelay = Duration.ZERO;

    @Option(
            names = "--model",
            defaultValue = "CP-8851-3PCC",
            paramLabel = "MODEL",
            description = "Product class (${DEFAULT-VALUE}).")
    private String model = "CP-8851-3PCC";

    @Option(
            names = "--cwmp-version",
            defaultValue = "1.2",
            paramLabel = "1.N",
            converter = Version.class,
            description = "Newest version of CWMP that the phones know, 1.0 to 1.4 (${DEFAULT-VALUE}).")
    private CwmpVersion version = CwmpVersion.V1_2;

    @Option(
            names = "--events",
            split = ",",
            paramLabel = "CODE",
            description = "Events of each phone's first Inform, parted by commas; '0 BOOTSTRAP,1 BOOT' where it is left"
                    + " out.")
    private List<String> events = List.of();

    @Option(names = "--username", defaultValue = "", description = "User name for the first contact.")
    private String username = "";

    @Option(names = "--password", defaultValue = "", description = "Password for the first contact.")
    private String password = "";

    @Option(
            names = "--first",
            defaultValue = "1",
            paramLabel = "N",
            description = "Number of the first phone, so that fleets can differ (${DEFAULT-VALUE}).")
    private int first;

    @Option(
            names = "--misbehave",
            defaultValue = "",
            paramLabel = "NAME,…|all|list",
            description =
                    "Every second phone does one of these wrong, in turn; 'list' tells what there is. The exit code"
                            + " is 1 where the server does not do with them what is predicted.")
    private String misbehave = "";

    @Option(
            names = "--udp",
            description = "The phones use the STUN server that they are told, and hear UDP connection requests.")
    private boolean udp;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "Certificate that the phones show over https, PEM; it names one device, or none.")
    private @Nullable Path clientCertificate;

    @Option(names = "--client-key", paramLabel = "FILE", description = "Private key of --client-cert, PEM (PKCS#8).")
    private @Nullable Path clientKey;

    @Option(names = "--json", description = "The report for machines.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (misbehave.strip().equals("list")) {
            list();
            return 0;
        }
        try (Ending ending = Ending.atShutdown();
                Fleet fleet = fleet()) {
            fleet.start();
            long end = duration.isZero() ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
            boolean ended = false;
            while (!ended && System.nanoTime() < end) {
                long left = (end - System.nanoTime()) / 1_000_000;
                ended = ending.await(Math.min(PROGRESS_MILLIS, Math.max(1, left)));
                progress(fleet.report());
            }
            if (!misbehave.isEmpty() && !ended) {
                fleet.finish(); // what is predicted of a session holds for its end
            }
            print(fleet.report());
            if (fleet.report().sessions() == 0 && fleet.report().errors() > 0) {
                throw new CommandFailedException(
                        "no phone could open a session at " + acsUrl + "; is a server there, and does it let them in?");
            }
            return fleet.report().storm().surprises() == 0 ? 0 : 1;
        }
    }

    private void list() {
        PrintWriter out = spec.commandLine().getOut();
        for (Misbehaviour one : Misbehaviour.all()) {
            out.printf("%-28s %s: %s%n", one.name(), one.wire(), one.prediction());
        }
        out.flush();
    }

    private Fleet fleet() {
        URI url = acsUrl;
        if (url == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--acs-url=URL'");
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--acs-url is '" + url + "'; it must look like http://acs.example.org:7547/");
        }
        try {
            Fleet fleet = new Fleet(new PhonesOptions(
                    url,
                    count,
                    Math.max(1, Math.min(concurrency, count)),
                    duration,
                    model,
                    events.stream().map(String::strip).toList(),
                    username,
                    password,
                    bootDelay,
                    spread,
                    first,
                    version,
                    misbehave.isEmpty() ? List.of() : Misbehaviour.named(misbehave)));
            return dressed(fleet);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException failed) {
            throw new CommandFailedException(
                    "the phones cannot listen for connection requests: " + failed.getMessage());
        }
    }

    private Fleet dressed(Fleet fleet) throws IOException {
        Path certificate = clientCertificate;
        Path key = clientKey;
        if (certificate == null != (key == null)) {
            throw new IllegalArgumentException("--client-cert and --client-key go together");
        }
        if (certificate != null && key != null) {
            fleet.showsCertificate(certificate, key);
        }
        if (udp) {
            fleet.hearsUdp();
        }
        return fleet;
    }

    private void progress(FleetReport report) {
        if (!json && Terminal.isWatched()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(report.sessions() + " sessions, " + report.errors() + " errors");
            err.flush();
        }
    }

    private void print(FleetReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.text());
        out.flush();
    }

    /** Reads {@code 1.2}. */
    static final class Version implements ITypeConverter<CwmpVersion> {
        @Override
        public CwmpVersion convert(String value) {
            return CwmpVersion.ofNumber(value)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + value + "' is none of 1.0, 1.1, 1.2, 1.3, 1.4"));
        }
    }

    /** Reads {@code 60s}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return DurationText.parse(value);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException("'" + value + "' " + wrong.getMessage());
            }
        }
    }
}
