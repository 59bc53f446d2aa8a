package carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code carillon profile encrypt} and {@code decrypt} against the programs {@code openssl} and {@code gzip}. */
class ProfileCipherIT {
    private static final String KEY = "p@ss phrase with \"quotes\"";
    private static final String PROFILE =
            "<flat-profile>\n" + "<User_ID_1_>2001</User_ID_1_>\n".repeat(300) + "</flat-profile>\n";

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("profile.xml"), PROFILE);
        Files.writeString(directory.resolve("key"), KEY + "\n");
    }

    private int carillon(String... arguments) {
        CommandLine line = Main.commandLine(Map.of());
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private byte[] octets(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    private void encrypt(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "profile", "encrypt", file("profile.xml"), "--key-file", file("key"), "--out", file("profile.enc")));
        arguments.addAll(List.of(more));
        assertThat(carillon(arguments.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
    }

    private int decrypt(String name, String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("profile", "decrypt", file(name), "--key-file", file("key"), "--out", file("out.xml")));
        arguments.addAll(List.of(more));
        return carillon(arguments.toArray(String[]::new));
    }

    private byte[] run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        return out;
    }

    @Test
    void openssl_and_gzip_read_what_was_encrypted_byte_for_byte() throws Exception {
        encrypt();
        byte[] compressed =
                run("openssl", "enc", "-d", "-aes-256-cbc", "-md", "md5", "-k", KEY, "-in", file("profile.enc"));
        Files.write(directory.resolve("profile.gz"), compressed);
        assertThat(run("gzip", "-dc", file("profile.gz")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(PROFILE);

        encrypt("--no-gzip");
        assertThat(run("openssl", "enc", "-d", "-aes-256-cbc", "-md", "md5", "-k", KEY, "-in", file("profile.enc")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(PROFILE);

        encrypt("--no-gzip", "--md", "sha256");
        assertThat(run("openssl", "enc", "-d", "-aes-256-cbc", "-md", "sha256", "-k", KEY, "-in", file("profile.enc")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(PROFILE);
    }

    @Test
    void what_openssl_and_gzip_made_is_read_byte_for_byte() throws Exception {
        Files.write(directory.resolve("profile.gz"), run("gzip", "-9c", file("profile.xml")));
        for (String from : List.of("profile.xml", "profile.gz")) {
            run("openssl", "enc", "-aes-256-cbc", "-md", "md5", "-k", KEY, "-in", file(from), "-out", file("made"));
            assertThat(decrypt("made")).as(err.toString()).isZero();
            assertThat(octets("out.xml")).asString(StandardCharsets.UTF_8).isEqualTo(PROFILE);
        }
        assertThat(decrypt("profile.gz")).isZero();
        assertThat(octets("out.xml")).asString(StandardCharsets.UTF_8).isEqualTo(PROFILE);
    }

    @Test
    void openssl_s_own_digest_a_wrong_key_and_a_cut_file_are_told_apart() throws Exception {
        run("openssl", "enc", "-aes-256-cbc", "-k", KEY, "-in", file("profile.xml"), "-out", file("made"));
        assertThat(decrypt("made")).isEqualTo(1);
        assertThat(err.toString()).contains("-md sha256 instead of -md md5, which no phone can decrypt");
        assertThat(decrypt("made", "--md", "sha256")).isZero();

        encrypt();
        Files.writeString(directory.resolve("key"), "another");
        assertThat(decrypt("profile.enc")).isEqualTo(1);
        assertThat(err.toString()).contains("another key");

        byte[] whole = octets("profile.enc");
        Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThat(decrypt("cut")).isEqualTo(1);
        assertThat(err.toString()).contains("cut: it is cut off");
    }

    @Test
    void aes128gcm_goes_both_ways() throws Exception {
        encrypt("--aes128gcm", "--record-size", "100", "--key-id", "a1");
        assertThat(octets("profile.enc"))
                .containsSequence((byte) 0, (byte) 0, (byte) 0, (byte) 100, (byte) 2, 'a', '1');
        assertThat(decrypt("profile.enc", "--aes128gcm")).as(err.toString()).isZero();
        assertThat(octets("out.xml")).asString(StandardCharsets.UTF_8).isEqualTo(PROFILE);
        assertThat(decrypt("profile.enc")).as("not taken for AES-256-CBC").isEqualTo(1);
        assertThat(err.toString()).contains("does not begin with 'Salted__'").contains("aes128gcm");
        assertThat(carillon("profile", "encrypt", file("profile.xml"), "--key=x", "--aes128gcm", "--record-size=17"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("a record size of 17 is not allowed; give 18 to 16777216");
    }

    @Test
    void what_is_missing_is_told_in_one_line() throws Exception {
        assertThat(carillon("profile", "encrypt", file("profile.xml"))).isEqualTo(2);
        assertThat(carillon("profile", "decrypt", file("nothing"), "--key=k")).isEqualTo(1);
        assertThat(err.toString()).contains("carillon: there is no file " + file("nothing"));
        assertThat(carillon("profile", "encrypt", file("profile.xml"), "--key=k", "--md=sha1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--md is 'sha1'; it must be one of md5, sha256");
        Files.writeString(directory.resolve("key"), "\n");
        assertThat(decrypt("profile.xml")).isEqualTo(1);
        assertThat(err.toString()).contains("the key is empty");
    }

    @Test
    void the_standard_output_gets_the_octets_and_nothing_else() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        java.io.PrintStream before = System.out;
        try {
            System.setOut(new java.io.PrintStream(seen, true, StandardCharsets.UTF_8));
            Files.writeString(directory.resolve("one"), PROFILE);
            run("gzip", "-kn", file("one"));
            assertThat(carillon("profile", "decrypt", file("one.gz"), "--key=k"))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo(PROFILE);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(octets("one.gz"))).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(PROFILE);
    }
}
