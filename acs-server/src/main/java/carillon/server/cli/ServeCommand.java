package carillon.server.cli;

import carillon.rpc.session.TrustMode;
import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ServerConfig;
import carillon.server.lifecycle.Logging;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code carillon serve}: the server. */
@Command(
        name = "serve",
        description = "Runs the server until it is told to end.",
        footer = {
            "",
            "Every setting is also a flag, such as --cwmp.http.port=7547; 'carillon config' lists them.",
            "The first start creates the data directory, the database, a certificate authority and a certificate."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SettingsArguments settings = new SettingsArguments();

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        ConfigReader reader = new ConfigReader(settings.sources(environment));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        Logging.configure(config.installation());
        reader.warnings().forEach(LOG::warn);
        if (config.trust().mode() == TrustMode.OPEN) {
            LOG.warn("cpe.auth=open: every device is taken at its word. This is for a laboratory only.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Ending ending = Ending.atShutdown();
                CarillonServer server = new CarillonServer(config, InstantSource.system())) {
            Optional<String> login = server.welcome(Terminal.isWatched());
            // before anything can fail: it is shown this once
            login.ifPresent(text -> Banner.login(out, text));
            server.start();
            Banner.print(server, out);
            ending.await();
        }
        return 0;
    }
}
