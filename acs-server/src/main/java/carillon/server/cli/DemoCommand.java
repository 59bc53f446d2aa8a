package carillon.server.cli;

import carillon.cwmp.Secret;
import carillon.phones.Fleet;
import carillon.phones.PhonesOptions;
import carillon.server.CarillonServer;
import carillon.server.access.Tokens;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.DurationText;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.demo.DemoOperator;
import carillon.server.lifecycle.Logging;
import carillon.server.operator.UserActions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carillon demo}: a server on a throw-away data directory, with phones. */
@Command(
        name = "demo",
        description = "Runs a server on a throw-away data directory together with simulated phones, and says where to"
                + " look.",
        footer = {"", "Settings are flags as with 'serve'; what is not set is as a demonstration needs it."},
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--phones", defaultValue = "24", paramLabel = "N", description = "Phones (${DEFAULT-VALUE}).")
    private int phones;

    @Option(
            names = "--duration",
            defaultValue = "0s",
            paramLabel = "TIME",
            converter = PhonesCommand.Time.class,
            description = "How long, such as 60s; 0s means until it is ended (${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Mixin
    private SettingsArguments settings = new SettingsArguments();

    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path data = Files.createTempDirectory("carillon-demo");
        try {
            run(data);
        } finally {
            remove(data);
        }
        return 0;
    }

    private void run(Path data) throws InterruptedException, IOException {
        ConfigReader reader = new ConfigReader(sources(data));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        Logging.configure(config.installation());
        try (Ending ending = Ending.atShutdown();
                CarillonServer server = new CarillonServer(config, InstantSource.system())) {
            var unused = server.welcome(false);
            server.start();
            Secret password = config.installation().adminPassword();
            String web = Banner.url(door(server, "web"), server.publicHost());
            DemoOperator operator = new DemoOperator(web, UserActions.FIRST, password);
            URI acs =
                    URI.create("https://127.0.0.1:" + door(server, "cwmp.https").port() + "/");
            try (Fleet fleet = new Fleet(options(acs))) {
                fleet.start();
                operator.start();
                welcome(server, web, password);
                if (duration.isZero()) {
                    ending.await();
                } else {
                    var unusedTold = ending.await(duration.toMillis());
                }
            } finally {
                operator.stop();
            }
        }
    }

    private PhonesOptions options(URI acs) {
        return PhonesOptions.of(acs, phones)
                .withConcurrency(Math.min(8, phones))
                .withBootDelay(Duration.ofSeconds(4))
                .withSpread(Duration.ofSeconds(6));
    }

    private void welcome(CarillonServer server, String web, Secret password) {
        PrintWriter out = spec.commandLine().getOut();
        Banner.print(server, out);
        out.println();
        out.println("Open " + web + " and log in as " + UserActions.FIRST + " with the password " + password.reveal());
        out.println(phones + " simulated phones are switched on; Ctrl-C ends the demonstration and removes its data.");
        out.flush();
    }

    private static Door door(CarillonServer server, String name) {
        return server.doors().stream()
                .filter(open -> open.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        "the demonstration needs the listener " + name + "; do not turn it off"));
    }

    /** What was given wins over what a demonstration needs. */
    private ConfigSources sources(Path data) {
        ConfigSources given = settings.sources(environment);
        Map<String, String> values = new HashMap<>(Map.of(
                "data.dir", data.toString(),
                "public.host", "127.0.0.1",
                "admin.password", password(),
                "inform.interval", DurationText.print(Duration.ofSeconds(30)),
                "log.level", "warn",
                "lab", "true",
                "cwmp.http.port", freeOr0(7547),
                "cwmp.https.port", freeOr0(7548),
                "stun.port", "-1",
                "web.port", freeOr0(8080)));
        values.put("files.http.port", freeOr0(8069));
        values.put("files.https.port", freeOr0(8469));
        values.put("files.tftp.port", "0");
        values.putAll(given.file());
        return new ConfigSources(given.flags(), given.environment(), values, "the demonstration's defaults");
    }

    private static String password() {
        String letters = "";
        while (letters.length() < 12) {
            letters += Tokens.next().replaceFirst("carillon_", "").replaceAll("[^a-z0-9]", "");
        }
        return letters.substring(0, 12);
    }

    private static String freeOr0(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[4]))) {
            return Integer.toString(probe.getLocalPort());
        } catch (IOException taken) {
            return "0";
        }
    }

    private static void remove(Path data) {
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException(data + " could not be removed", kept);
        }
    }
}
