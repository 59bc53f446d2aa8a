package carillon.server.cli;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.KeyingMaterial;
import carillon.cwmp.flatprofile.ProfileCipher.Derivation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** With which key, and how, a profile is encrypted or decrypted. */
final class ProfileKeyOptions {
    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Key key;

    @Option(
            names = "--md",
            defaultValue = "md5",
            completionCandidates = Derivations.class,
            description = "How AES-256-CBC derives its key, one of ${COMPLETION-CANDIDATES}; phones know md5 alone.")
    @SuppressWarnings("NullAway.Init")
    private String derivation;

    @Option(
            names = "--aes128gcm",
            description = "RFC 8188, the encoding of IKM_HTTP_Encrypt_Content, instead of AES-256-CBC.")
    private boolean gcm;

    @Option(
            names = "--key-as",
            defaultValue = "auto",
            description = "How the key of aes128gcm is read: auto, base64url or text.")
    @SuppressWarnings("NullAway.Init")
    private String keyAs;

    private static final class Key {
        @Option(
                names = "--key",
                paramLabel = "TEXT",
                description = "The key; others can see it in the list of processes.")
        private @Nullable String text;

        @Option(names = "--key-file", paramLabel = "FILE", description = "A file whose first line is the key.")
        private @Nullable String file;
    }

    /** The names of the derivations, for the help and for completion. */
    static final class Derivations implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Derivation.values()).map(Derivation::text).iterator();
        }
    }

    boolean isGcm() {
        return gcm;
    }

    Secret key() {
        String text = key.text;
        if (text == null) {
            text = new String(OctetFiles.read(String.valueOf(key.file)), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
        if (text.isEmpty()) {
            throw new CommandFailedException("the key is empty");
        }
        return new Secret(text);
    }

    byte[] keyingMaterial() {
        return KeyingMaterial.of(keyAs).octets(key());
    }

    Derivation derivation() {
        return Arrays.stream(Derivation.values())
                .filter(one -> one.text().equals(derivation.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--md is '" + derivation + "'; it must be one of " + String.join(", ", new Derivations())));
    }
}
