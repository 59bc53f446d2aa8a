package carillon.server.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system that a test runs to its end: {@code curl}, {@code openssl}. */
final class Program {
    private Program() {}

    /** What it said, on both channels, and how it ended. */
    record Said(int exit, String text) {}

    /** Runs it in this directory with nothing to read. */
    static Said run(Path directory, String... command) throws IOException, InterruptedException {
        return run(directory, "", List.of(command));
    }

    static Said run(Path directory, String input, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
        } catch (IOException endedAlready) {
            // then what it said tells
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " did not end; it said: " + text);
        }
        return new Said(process.exitValue(), text);
    }

    /** The same for one that must succeed. */
    static String must(Path directory, String... command) throws IOException, InterruptedException {
        Said said = run(directory, command);
        if (said.exit() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + said.exit() + ": " + said.text());
        }
        return said.text();
    }
}
