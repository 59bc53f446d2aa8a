package carillon.server.tls;

import carillon.server.lifecycle.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The authorities of this server under {@code DATA/tls}: the one that signs, and while it is being replaced the other one.
 * Phones are given {@code ca.pem}, which holds both, so that a phone that has it is served before and after the switch.
 * Which one signs is one small file that is written whole or not at all. Thread-safe.
 */
public final class OwnAuthorities {
    private static final String STATE = "authorities";
    private static final String BUNDLE = "ca.pem";
    private static final Pattern WRITTEN = Pattern.compile("signing=(\\d{1,6}) other=(\\d{1,6}) phase=(\\w+)\\s*");

    private final Path directory;
    private final InstantSource clock;
    private volatile State state;

    /** Where a replacement stands. */
    public enum Phase {
        /** There is one authority. */
        SETTLED,
        /** The other one is the new one: phones are given both, the old one signs. */
        PREPARED,
        /** The other one is the old one: the new one signs. */
        SWITCHED
    }

    /** Who signs, and who else is trusted. */
    public record State(Phase phase, CertificateAuthority signing, Optional<CertificateAuthority> other) {
        /** What phones must trust to be served before and after a switch, the signing one first. */
        public List<X509Certificate> bundle() {
            return other.isPresent() ? List.of(signing.root(), other.get().root()) : List.of(signing.root());
        }

        /** The one that phones shall hold in the end. */
        public CertificateAuthority newest() {
            return phase == Phase.PREPARED ? other.orElse(signing) : signing;
        }
    }

    private record Written(int signing, int other, Phase phase) {
        /** The other one signs. */
        Written swapped(Phase next) {
            return new Written(/* signing= */ other, /* other= */ signing, next);
        }

        String text() {
            return "signing=" + signing + " other=" + other + " phase="
                    + phase.name().toLowerCase(Locale.ROOT) + "\n";
        }
    }

    private OwnAuthorities(Path directory, InstantSource clock) throws IOException {
        this.directory = directory;
        this.clock = clock;
        adopt();
        this.state = read(written());
        writeBundle();
    }

    /** Opens those of this directory, or makes the first one. */
    public static OwnAuthorities open(Path directory, InstantSource clock) {
        try {
            return new OwnAuthorities(directory, clock);
        } catch (IOException failed) {
            throw unusable(directory, failed);
        }
    }

    public State state() {
        return state;
    }

    /** Makes the new one; the old one still signs. */
    public synchronized void prepare() {
        Written now = must(Phase.SETTLED, "a replacement is under way already");
        become(new Written(now.signing, now.signing + 1 + now.other, Phase.PREPARED));
    }

    /** Gives the new one up before it has signed. */
    public synchronized void abandon() {
        Written now = must(Phase.PREPARED, "no new authority was prepared, or it signs already");
        become(new Written(now.signing, 0, Phase.SETTLED));
        forget(now.other);
    }

    /** From now on the new one signs. */
    public synchronized void switchOver() {
        Written now = must(Phase.PREPARED, "prepare a new authority first, and give it to the phones");
        become(now.swapped(Phase.SWITCHED));
    }

    /** The old one signs again: phones do not come. */
    public synchronized void switchBack() {
        Written now = must(Phase.SWITCHED, "the new authority does not sign");
        become(now.swapped(Phase.PREPARED));
    }

    /** Forgets the old one. */
    public synchronized void finish() {
        Written now = must(Phase.SWITCHED, "the new authority does not sign yet");
        become(new Written(now.signing, 0, Phase.SETTLED));
        forget(now.other);
    }

    private Written must(Phase phase, String sentence) {
        try {
            Written now = written();
            if (now.phase != phase) {
                throw new IllegalStateException(sentence);
            }
            return now;
        } catch (IOException failed) {
            throw unusable(directory, failed);
        }
    }

    private void become(Written next) {
        try {
            State read = read(next);
            DataDirectory.writeSecret(directory.resolve(STATE), next.text());
            state = read;
            writeBundle();
        } catch (IOException failed) {
            throw unusable(directory, failed);
        }
    }

    private State read(Written written) {
        return new State(
                written.phase,
                CertificateAuthority.open(directory, name(written.signing), clock),
                written.other == 0
                        ? Optional.empty()
                        : Optional.of(CertificateAuthority.open(directory, name(written.other), clock)));
    }

    private Written written() throws IOException {
        Path file = directory.resolve(STATE);
        if (!Files.exists(file)) {
            return new Written(1, 0, Phase.SETTLED);
        }
        Matcher matcher = WRITTEN.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw new IOException(file + " is not as this server wrote it; put back the file that belongs here");
        }
        return new Written(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Phase.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)));
    }

    /** An authority of before there could be two. */
    private void adopt() throws IOException {
        Path oldKey = directory.resolve("ca.key");
        Path first = directory.resolve(name(1) + ".key");
        if (Files.exists(oldKey) && !Files.exists(first)) {
            PemFiles.writeCertificates(
                    directory.resolve(name(1) + ".pem"),
                    List.of(PemFiles.readCertificates(directory.resolve(BUNDLE)).get(0)));
            Files.move(oldKey, first, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void writeBundle() throws IOException {
        Path file = directory.resolve(BUNDLE);
        if (!Files.exists(file) || !PemFiles.readCertificates(file).equals(state.bundle())) {
            PemFiles.writeCertificates(file, state.bundle());
        }
    }

    private void forget(int number) {
        try {
            Files.deleteIfExists(directory.resolve(name(number) + ".key"));
            Files.deleteIfExists(directory.resolve(name(number) + ".pem"));
        } catch (IOException failed) {
            throw unusable(directory, failed);
        }
    }

    private static String name(int number) {
        return "ca-" + number;
    }

    private static UncheckedIOException unusable(Path directory, IOException failed) {
        return new UncheckedIOException(
                "the certificate authorities in " + directory + " cannot be used (" + failed.getMessage() + ")",
                failed);
    }
}
