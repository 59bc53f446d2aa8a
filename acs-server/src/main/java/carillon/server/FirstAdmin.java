package carillon.server;

import carillon.cwmp.Secret;
import carillon.db.AuditEntry;
import carillon.db.Database;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.User;
import carillon.server.lifecycle.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The first administrator, {@code admin}: made where there is no user yet. A made-up password must be changed at the first
 * login; it is told to a terminal, or written to {@code DATA/initial-admin-password} for its owner alone.
 */
final class FirstAdmin {
    private static final String NAME = "admin";
    /** Without characters that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 20;

    private final Database database;
    private final Path file;
    private final Function<Secret, String> hash;
    private final InstantSource clock;

    /** With the function that makes of a password what is stored. */
    FirstAdmin(Database database, Path dataDirectory, Function<Secret, String> hash, InstantSource clock) {
        this.database = database;
        this.file = dataDirectory.resolve("initial-admin-password");
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * Makes the administrator if there is nobody.
     *
     * @param given its password; empty where one shall be made up
     * @param terminal whether a person is watching
     * @return what has to be shown once; empty if there is nothing to show
     */
    Optional<String> create(Secret given, boolean terminal) {
        List<User> users = database.read(stores -> stores.users().list());
        if (!users.isEmpty()) {
            forgetFile(users);
            return Optional.empty();
        }
        Secret password = given.isEmpty() ? madeUp() : given;
        if (given.isEmpty() && !terminal) {
            write(password);
        }
        insert(hash.apply(password), given.isEmpty());
        if (!given.isEmpty()) {
            return Optional.of(NAME + ", with the password that admin.password set");
        }
        return Optional.of(
                terminal
                        ? NAME + ", password " + password.reveal()
                                + " (shown this once; to be changed at the first login)"
                        : NAME + ", password in " + file + " (to be changed at the first login)");
    }

    private void insert(String hashed, boolean mustChange) {
        Instant now = clock.instant();
        database.write(stores -> {
            User made = stores.users()
                    .insert(new User(0, NAME, hashed, Role.ADMINISTRATOR, Scope.ALL, mustChange, false, now));
            stores.audit()
                    .append(new AuditEntry(
                            0,
                            now,
                            Scope.DEFAULT_TENANT,
                            "",
                            "command line",
                            "user.create",
                            "user:" + NAME,
                            "",
                            "{\"role\":\"administrator\"}"));
            return made;
        });
    }

    /** Once it was changed, the password in the file opens nothing. */
    private void forgetFile(List<User> users) {
        boolean changed = users.stream().noneMatch(user -> user.name().equals(NAME) && user.mustChangePassword());
        if (changed) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException kept) {
                throw new UncheckedIOException(file + " holds an old password and cannot be removed", kept);
            }
        }
    }

    private void write(Secret password) {
        try {
            DataDirectory.writeSecret(file, password.reveal() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException("the first password cannot be written to " + file, failed);
        }
    }

    private static Secret madeUp() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }
}
