package carillon.server.config;

import carillon.cwmp.Secret;
import java.nio.file.Path;

/**
 * Where the server keeps what it remembers.
 *
 * @param directory of keys, certificates and the embedded database
 * @param databaseUrl empty for H2 in the directory
 */
public record DataConfig(
        Path directory, String databaseUrl, String databaseUser, Secret databasePassword, int poolSize, int groupSize) {

    public static DataConfig from(ConfigReader reader) {
        Path directory = reader.path(
                "data.dir",
                Path.of("data"),
                "Directory of keys, certificates and the embedded database; created for its owner alone.");
        String url = reader.text(
                "database.url",
                "",
                "jdbc:postgresql://HOST/NAME for PostgreSQL; empty means an H2 file in the data directory.");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
            reader.problem("database.url is '" + url.replaceFirst("(?i)password=[^&;]*", "password=***")
                    + "'; it must begin with jdbc:postgresql: or jdbc:h2:");
        }
        return new DataConfig(
                directory,
                url,
                reader.text("database.user", "carillon", "User of the database."),
                reader.secret("database.password", "Password of the database's user."),
                reader.number("database.pool", 10, 2, 200, "Connections for reads and operators' writes."),
                reader.number("database.group", 256, 1, 10_000, "Most turns of phones written in one commit."));
    }

    /** The URL to open. */
    public String url() {
        return databaseUrl.isEmpty()
                ? "jdbc:h2:file:" + directory.toAbsolutePath().resolve("carillon")
                : databaseUrl;
    }
}
