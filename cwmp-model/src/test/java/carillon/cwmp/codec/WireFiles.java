package carillon.cwmp.codec;

import carillon.cwmp.codec.EnvelopeReader.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The messages under {@code wire/}: one folder per version, one file per message, named after who sends it. */
final class WireFiles {
    private WireFiles() {}

    /** One file of the corpus. */
    record WireFile(String name, byte[] octets) {
        Peer from() {
            return name.contains("/acs-") ? Peer.ACS : Peer.CPE;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<WireFile> all() {
        try {
            Path root = Path.of(WireFiles.class.getResource("/wire").toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".xml"))
                        .sorted()
                        .map(file -> new WireFile(root.relativize(file).toString(), octets(file)))
                        .toList();
            }
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException("the wire files cannot be listed", broken);
        }
    }

    static WireFile named(String name) {
        return all().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no wire file " + name));
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
