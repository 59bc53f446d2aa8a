package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.DatabaseConfig;
import carillon.db.Role;
import carillon.db.User;
import carillon.server.access.PasswordHash;
import carillon.server.operator.Guard;
import carillon.server.operator.UserActions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAdminTest {
    private static final Secret NONE = new Secret("");

    @TempDir
    Path directory;

    private final PasswordHash hashes = new PasswordHash();
    private Database database;
    private FirstAdmin firstAdmin;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseConfig(
                "jdbc:h2:mem:" + UUID.randomUUID(), "sa", NONE, directory.resolve("keys"), 2, 10, 10, 10));
        firstAdmin = new FirstAdmin(new UserActions(new Guard(database, InstantSource.system()), hashes), directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void without_a_terminal_the_password_is_in_a_file_for_its_owner_alone() throws Exception {
        Path file = directory.resolve("initial-admin-password");
        assertThat(firstAdmin.create(NONE, false))
                .hasValue("admin, password in " + file + " (to be changed at the first login)");
        String password = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        User admin = admin();
        assertThat(hashes.matches(password, admin.passwordHash())).isTrue();
        assertThat(admin.role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(admin.mustChangePassword()).isTrue();
    }

    @Test
    void at_a_terminal_the_password_is_shown_once_and_written_nowhere() {
        assertThat(firstAdmin.create(NONE, true).orElseThrow()).contains("password ", "shown this once");
        assertThat(directory.resolve("initial-admin-password")).doesNotExist();
        assertThat(firstAdmin.create(NONE, true)).isEmpty();
    }

    @Test
    void a_password_that_was_set_need_not_be_changed_and_is_not_shown() {
        assertThat(firstAdmin.create(new Secret("hush-hush"), false)).isEmpty();
        assertThat(admin().mustChangePassword()).isFalse();
        assertThat(hashes.matches("hush-hush", admin().passwordHash())).isTrue();
    }

    @Test
    void the_file_goes_when_the_password_was_changed() {
        firstAdmin.create(NONE, false);
        firstAdmin.create(NONE, false);
        assertThat(directory.resolve("initial-admin-password")).exists();
        User admin = admin();
        database.write(stores -> {
            stores.users()
                    .update(new User(
                            admin.key(),
                            admin.name(),
                            "another",
                            admin.role(),
                            admin.scope(),
                            false,
                            false,
                            admin.createdAt()));
            return true;
        });
        firstAdmin.create(NONE, false);
        assertThat(directory.resolve("initial-admin-password")).doesNotExist();
    }

    private User admin() {
        return database.read(stores -> stores.users().find("admin")).orElseThrow();
    }
}
