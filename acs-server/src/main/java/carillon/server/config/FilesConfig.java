package carillon.server.config;

import carillon.db.DownloadLimits;
import java.time.Duration;

/**
 * Files: firmware and configurations for phones, and what phones send.
 *
 * @param directory of their bytes; empty means {@code files} in the data directory
 * @param limit octets of one file
 * @param totalLimit octets of all files together
 * @param uploads files that phones may be sending at one time
 * @param login whether phones log in where they fetch and leave files, unless an RPC says otherwise
 * @param awaitVersion whether firmware of a known version has succeeded only once the phone reports it
 * @param downloads how many phones may be fetching files at one time
 * @param keepUploads how long what phones sent is kept
 * @param tftp the same files over TFTP
 */
public record FilesConfig(
        String directory,
        long limit,
        long totalLimit,
        int uploads,
        boolean login,
        boolean awaitVersion,
        DownloadLimits downloads,
        Duration keepUploads,
        TftpConfig tftp) {
    public static FilesConfig from(ConfigReader reader) {
        return new FilesConfig(
                reader.text("files.dir", "", "Directory of files' bytes; empty means files in the data directory."),
                megabytes(reader, "files.limit", 512, "Megabytes (MiB) that one file may have."),
                megabytes(reader, "files.total.limit", 20_480, "Megabytes (MiB) that all files together may have."),
                reader.number("files.uploads", 32, 1, 1000, "How many files phones may be sending at one time."),
                reader.flag(
                        "files.login",
                        false,
                        "Whether phones have to log in where they fetch and leave files, with a user name and password"
                                + " that are made for each transfer and told with its address; an RPC may say"
                                + " otherwise with \"login\"."),
                reader.flag(
                        "transfer.await.version",
                        true,
                        "Whether a Download of firmware whose version is described has succeeded only once the phone"
                                + " reports that SoftwareVersion; otherwise the report of the transfer is enough. An RPC"
                                + " may say otherwise with \"expectedVersion\"."),
                new DownloadLimits(
                        reader.number(
                                "files.downloads.limit",
                                1000,
                                1,
                                1_000_000,
                                "How many Downloads may be under way at one time: sent, and their end not reported; the"
                                        + " others wait in the queue."),
                        reader.number(
                                "files.downloads.site.limit",
                                100,
                                1,
                                1_000_000,
                                "How many of them may be of one site.")),
                reader.duration(
                        "retention.uploads",
                        Duration.ofDays(30),
                        Duration.ofHours(1),
                        Duration.ofDays(3650),
                        "How long files that phones sent are kept."),
                TftpConfig.from(reader));
    }

    private static long megabytes(ConfigReader reader, String key, int usual, String meaning) {
        return reader.number(key, usual, 1, 100_000_000, meaning) * (1L << 20);
    }
}
