package carillon.server.admin;

import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.db.DatabaseException;
import carillon.server.config.ServerConfig;
import carillon.server.lifecycle.StartFailedException;
import java.nio.file.Path;

/** The database that the settings name, with the keys that lie in the data directory. */
public final class OwnDatabase {
    private OwnDatabase() {}

    /** How it is opened. */
    public static DatabaseConfig config(ServerConfig config, Path data) {
        return new DatabaseConfig(
                config.data().url(),
                config.data().databaseUser(),
                config.data().databasePassword(),
                data.resolve("keys"),
                config.data().poolSize(),
                config.data().groupSize(),
                config.trust().waitingLimit(),
                config.trust().waitingPerSource(),
                config.trust().limits(),
                config.files().downloads());
    }

    /** Opens it; throws {@link StartFailedException} with a line a person can act on. */
    public static Database open(ServerConfig config, Path data) {
        try {
            return Database.open(config(config, data));
        } catch (DatabaseException told) {
            throw new StartFailedException(String.valueOf(told.getMessage()), told);
        }
    }
}
