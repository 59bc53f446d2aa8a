package carillon.db;

import carillon.cwmp.Secret;
import java.nio.file.Path;

/**
 * Where the database is and how it is used.
 *
 * @param url {@code jdbc:h2:file:…}, {@code jdbc:h2:mem:…} or {@code jdbc:postgresql://…}
 * @param user database user; an H2 file is created with it
 * @param keyFile the key that secrets are sealed with; created for its owner alone where it is missing
 * @param poolSize connections for reads and operators' writes
 * @param groupSize the largest number of turns in one group commit
 * @param waitingLimit how many WAITING devices are kept at most
 * @param waitingPerSource how many of them one source address may add within an hour
 * @param limits how much is kept of what comes by itself
 * @param downloads how many may be under way
 */
public record DatabaseConfig(
        String url,
        String user,
        Secret password,
        Path keyFile,
        int poolSize,
        int groupSize,
        int waitingLimit,
        int waitingPerSource,
        Limits limits,
        DownloadLimits downloads) {
    /** With the usual limits, and as many downloads as there are. */
    public DatabaseConfig(
            String url,
            String user,
            Secret password,
            Path keyFile,
            int poolSize,
            int groupSize,
            int waitingLimit,
            int waitingPerSource) {
        this(
                url,
                user,
                password,
                keyFile,
                poolSize,
                groupSize,
                waitingLimit,
                waitingPerSource,
                Limits.DEFAULT,
                DownloadLimits.NONE);
    }
}
