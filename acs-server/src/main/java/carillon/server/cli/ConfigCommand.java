package carillon.server.cli;

import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigReport;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carillon config}: every setting with its value, where it came from and what it means. */
@Command(
        name = "config",
        description = "Prints every setting with its value, its origin and its meaning; secrets are masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SettingsArguments settings = new SettingsArguments();

    @Option(names = "--markdown", description = "As the table of the documentation, with defaults instead of values.")
    private boolean markdown;

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ConfigSources sources = markdown ? ConfigSources.of(Map.of(), Map.of()) : settings.sources(environment);
        ConfigReader reader = new ConfigReader(sources);
        ServerConfig.from(reader);
        PrintWriter out = spec.commandLine().getOut();
        ConfigReport report = new ConfigReport(reader.settings());
        out.print(markdown ? report.markdown() : report.text());
        out.flush();
        reader.warnings().forEach(warning -> spec.commandLine().getErr().println("carillon: " + warning));
        reader.finish();
        return 0;
    }
}
