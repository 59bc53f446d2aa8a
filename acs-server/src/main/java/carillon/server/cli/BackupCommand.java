package carillon.server.cli;

import carillon.server.admin.AdminRequest.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code carillon backup FILE}. */
@Command(
        name = "backup",
        customSynopsis = "carillon backup FILE [OPTIONS] [--SETTING=VALUE...]",
        description =
                "Writes the embedded database and all files as they are at one moment to a ZIP file; also while the"
                        + " server runs. The keys and certificates are not in it.",
        mixinStandardHelpOptions = true)
final class BackupCommand extends DataCommand {
    BackupCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Path file = Path.of(word("FILE")).toAbsolutePath().normalize();
        try (Progress watched = new Progress(file)) {
            watched.begin();
            return print(ask(Work.BACKUP, Map.of("file", file.toString())), false);
        }
    }

    /** Tells a person at a terminal how far it is. */
    private final class Progress implements AutoCloseable {
        private final Path part;
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        Progress(Path file) {
            this.part = file.resolveSibling(file.getFileName() + ".part");
        }

        void begin() {
            if (Terminal.isWatched()) {
                var unused = timer.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
            }
        }

        private void tell() {
            try {
                if (Files.exists(part)) {
                    err().print("\r" + (Files.size(part) >> 20) + " MiB ");
                    err().flush();
                }
            } catch (IOException moved) {
                err().flush(); // it is complete
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
