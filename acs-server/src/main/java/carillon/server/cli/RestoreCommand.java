package carillon.server.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carillon restore FILE}. */
@Command(
        name = "restore",
        customSynopsis = "carillon restore FILE [--replace] [OPTIONS] [--SETTING=VALUE...]",
        description =
                "Puts a backup in place of the embedded database, while the server does not run. RPCs that were open in"
                        + " it are held for review. The keys that belong to it must be in the data directory.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends DataCommand {
    @Option(names = "--replace", description = "Put a database that is there aside.")
    private boolean replace;

    RestoreCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Path file = Path.of(word("FILE")).toAbsolutePath().normalize();
        out().println(data().restore(file, replace));
        out().flush();
        return 0;
    }
}
