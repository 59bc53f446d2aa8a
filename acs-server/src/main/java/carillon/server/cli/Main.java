package carillon.server.cli;

import carillon.server.config.ConfigException;
import carillon.server.lifecycle.StartFailedException;
import carillon.server.tls.TlsRuntime;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carillon}: finds the command. Exit 0 on success, 1 on a failure told in one line, 2 on wrong usage. */
@Command(
        name = "carillon",
        description = "A TR-069 auto-configuration server for IP phones.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** Runs the command that the arguments name. */
    public static void main(String[] args) {
        TlsRuntime.prepare();
        System.exit(commandLine(System.getenv()).execute(args));
    }

    /** All commands, with this environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(SettingsArguments.commandLine(new ServeCommand(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new DemoCommand(environment)));
        line.addSubcommand(new PhonesCommand());
        line.addSubcommand(SettingsArguments.commandLine(new ConfigCommand(environment)));
        line.addSubcommand(new ProfileCommand());
        line.addSubcommand(new DiscoveryCommand());
        line.addSubcommand(UserCommand.commandLine(environment));
        line.addSubcommand(TokenCommand.commandLine(environment));
        line.addSubcommand(SettingsArguments.commandLine(new BackupCommand(environment)));
        line.addSubcommand(SettingsArguments.commandLine(new RestoreCommand(environment)));
        line.addSubcommand(new BenchCommand());
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        return line;
    }

    private static int explain(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof ConfigException config) {
            config.problems().forEach(problem -> err.println("carillon: " + problem));
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof StartFailedException || failure instanceof CommandFailedException) {
            err.println("carillon: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
