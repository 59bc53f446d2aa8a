package carillon.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one measurement, which is gone after it. */
record BenchDirectory(Path path) implements AutoCloseable {
    static BenchDirectory create() throws IOException {
        return new BenchDirectory(Files.createTempDirectory("carillon-bench"));
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
