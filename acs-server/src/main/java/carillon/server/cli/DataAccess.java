package carillon.server.cli;

import carillon.db.Database;
import carillon.server.access.PasswordHash;
import carillon.server.admin.AdminAnswer;
import carillon.server.admin.AdminCall;
import carillon.server.admin.AdminOffice;
import carillon.server.admin.AdminRequest;
import carillon.server.admin.AdminSocket;
import carillon.server.admin.Backup;
import carillon.server.admin.BackupException;
import carillon.server.admin.OwnDatabase;
import carillon.server.admin.Restore;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import carillon.server.files.FileBytes;
import carillon.server.lifecycle.Logging;
import carillon.server.operator.Guard;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The data of this machine's server: through its socket while it runs, directly where it does not. */
final class DataAccess {
    private final ServerConfig config;
    private final Path data;

    private DataAccess(ServerConfig config) {
        this.config = config;
        this.data = config.data().directory().toAbsolutePath().normalize();
    }

    /** Of the server with these settings; throws {@link CommandFailedException} where there is no data directory. */
    static DataAccess of(ConfigSources sources) {
        ConfigReader reader = new ConfigReader(sources);
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        Logging.onlyWarnings();
        DataAccess access = new DataAccess(config);
        if (!Files.isDirectory(access.data)) {
            throw new CommandFailedException("there is no data directory " + access.data
                    + "; say where it is with --data.dir=DIR or --config FILE");
        }
        return access;
    }

    /** What came of it; throws {@link CommandFailedException} with the reason where it could not be done. */
    AdminAnswer ask(AdminRequest request) {
        AdminAnswer answer = throughTheSocket(request).orElseGet(() -> directly(request));
        if (!answer.trouble().isEmpty()) {
            throw new CommandFailedException(answer.trouble());
        }
        return answer;
    }

    private Optional<AdminAnswer> throughTheSocket(AdminRequest request) {
        try {
            return AdminCall.ask(data, request);
        } catch (IOException broken) {
            throw new CommandFailedException(
                    "the server at " + AdminSocket.file(data) + " gave no answer (" + broken.getMessage() + ")");
        }
    }

    private AdminAnswer directly(AdminRequest request) {
        Optional<Path> file = Database.file(config.data().url());
        if (file.isPresent() && !Files.exists(file.get())) {
            throw new CommandFailedException("there is no database " + file.get()
                    + "; start the server once, or say where it is with --data.dir=DIR or --config FILE");
        }
        try (Database database = OwnDatabase.open(config, data)) {
            Guard guard = new Guard(database, InstantSource.system());
            return new AdminOffice(
                            new UserActions(guard, new PasswordHash()),
                            new TokenActions(guard),
                            new Backup(
                                    database, () -> FileBytes.open(config.files(), data), data, InstantSource.system()))
                    .answer(request);
        }
    }

    /** Puts a backup in place; nobody may be using the database. */
    String restore(Path backup, boolean replace) {
        if (AdminCall.isHeard(data)) {
            throw new CommandFailedException("the server runs with " + data + "; stop it before its data is replaced");
        }
        if (!Files.isReadable(backup)) {
            throw new CommandFailedException("there is no backup " + backup + " that can be read");
        }
        try {
            return new Restore(OwnDatabase.config(config, data), FileBytes.open(config.files(), data), data)
                    .from(backup, replace, Instant.now());
        } catch (BackupException told) {
            throw new CommandFailedException(String.valueOf(told.getMessage()));
        }
    }
}
