package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final byte[] SECRET = "s3cret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path keys() {
        return directory.resolve("keys");
    }

    @Test
    void what_was_sealed_opens_for_the_same_purpose_also_after_a_restart() {
        byte[] sealed = Seal.of(keys()).seal("rpc", SECRET);
        assertThat(Seal.of(keys()).open("rpc", sealed)).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
    }

    @Test
    void nothing_is_sealed_twice_alike() {
        Seal seal = Seal.of(keys());
        assertThat(seal.seal("rpc", SECRET)).isNotEqualTo(seal.seal("rpc", SECRET));
    }

    @Test
    void it_does_not_open_for_another_purpose_or_with_another_key() {
        Seal seal = Seal.of(keys());
        byte[] sealed = seal.seal("rpc", SECRET);
        assertThatThrownBy(() -> seal.open("session", sealed)).isInstanceOf(IllegalArgumentException.class);
        Seal other = Seal.of(directory.resolve("others"));
        assertThatThrownBy(() -> other.open("rpc", sealed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_change_of_any_bit_or_a_cut_is_found() {
        Seal seal = Seal.of(keys());
        byte[] sealed = seal.seal("rpc", SECRET);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> seal.open("rpc", changed)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> seal.open("rpc", cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_newest_key_seals_and_the_older_ones_still_open() throws IOException {
        Seal before = Seal.of(keys());
        byte[] old = before.seal("rpc", SECRET);
        String newKey = "2: " + Base64.getEncoder().encodeToString(new byte[32]);
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(keys()));
        lines.add(newKey);
        Files.write(keys(), lines);
        Seal rotated = Seal.of(keys());
        assertThat(rotated.open("rpc", old)).isEqualTo(SECRET);
        byte[] young = rotated.seal("rpc", SECRET);
        assertThat(young[0]).isEqualTo((byte) 2);
        assertThatThrownBy(() -> before.open("rpc", young)).isInstanceOf(IllegalArgumentException.class);
        assertThat(rotated.credentialKey()).isEqualTo(before.credentialKey());
    }

    @Test
    void the_key_file_is_made_for_its_owner_alone() throws IOException {
        Seal.of(keys());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw--w----", "rw-----w-"})
    void a_key_file_that_others_can_read_or_change_is_not_trusted(String permissions) throws IOException {
        Seal.of(keys());
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> Seal.of(keys()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1: short", "1: ", "nonsense", "1000: AAAA", "credentials: AAAA"})
    void a_key_file_that_lacks_a_key_says_so_and_not_what_is_in_it(String text) throws IOException {
        Files.writeString(keys(), text);
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> Seal.of(keys()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(keys().toString())
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void a_database_refuses_a_key_file_that_is_not_its_own() throws IOException {
        Database.open(DatabaseFixture.h2(directory)).close();
        Files.delete(keys());
        assertThatThrownBy(() -> Database.open(DatabaseFixture.h2(directory)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("does not belong");
    }
}
