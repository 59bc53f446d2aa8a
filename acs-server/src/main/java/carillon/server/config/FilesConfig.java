package carillon.server.config;

import java.time.Duration;

/**
 * Files: firmware and configurations for phones, and what phones send.
 *
 * @param directory of their bytes; empty means {@code files} in the data directory
 * @param limit octets of one file
 * @param totalLimit octets of all files together
 * @param uploads files that phones may be sending at one time
 * @param keepUploads how long what phones sent is kept
 * @param tftp the same files over TFTP
 */
public record FilesConfig(
        String directory, long limit, long totalLimit, int uploads, Duration keepUploads, TftpConfig tftp) {
    public static FilesConfig from(ConfigReader reader) {
        return new FilesConfig(
                reader.text("files.dir", "", "Directory of files' bytes; empty means files in the data directory."),
                megabytes(reader, "files.limit", 512, "Megabytes (MiB) that one file may have."),
                megabytes(reader, "files.total.limit", 20_480, "Megabytes (MiB) that all files together may have."),
                reader.number("files.uploads", 32, 1, 1000, "How many files phones may be sending at one time."),
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
