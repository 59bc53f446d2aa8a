package carillon.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that commands read and write whole; {@code -} is the standard input or output. */
final class OctetFiles {
    /** How many octets are read: profiles, not firmware. */
    static final int LIMIT = 64 << 20;

    private static final String STANDARD = "-";

    private OctetFiles() {}

    static byte[] read(String file) {
        try (InputStream in = file.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] octets = in.readNBytes(LIMIT + 1);
            if (octets.length > LIMIT) {
                throw new CommandFailedException(file + " is too large: more than " + LIMIT + " octets");
            }
            return octets;
        } catch (NoSuchFileException missing) {
            throw new CommandFailedException("there is no file " + file);
        } catch (IOException | InvalidPathException failed) {
            throw new CommandFailedException(file + " cannot be read: " + failed.getMessage());
        }
    }

    static void write(String file, byte[] octets, PrintStream standard) {
        try {
            if (file.equals(STANDARD)) {
                standard.write(octets);
                standard.flush();
            } else {
                Files.write(Path.of(file), octets);
            }
        } catch (IOException | InvalidPathException failed) {
            throw new CommandFailedException(file + " cannot be written: " + failed.getMessage());
        }
    }
}
