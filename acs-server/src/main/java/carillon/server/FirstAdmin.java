package carillon.server;

import carillon.cwmp.Secret;
import carillon.db.User;
import carillon.server.lifecycle.DataDirectory;
import carillon.server.operator.Actor;
import carillon.server.operator.UserActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the first administrator's password reaches its owner: a made-up one is told to a terminal, or written to
 * {@code DATA/initial-admin-password} for the owner of the process alone.
 */
final class FirstAdmin {
    private final UserActions users;
    private final Path file;

    FirstAdmin(UserActions users, Path dataDirectory) {
        this.users = users;
        this.file = dataDirectory.resolve("initial-admin-password");
    }

    /**
     * Makes the administrator if there is nobody.
     *
     * @param given its password; empty where one shall be made up
     * @param terminal whether a person is watching
     * @return how to log in, to be shown once; empty if there is nothing new to say
     */
    Optional<String> create(Secret given, boolean terminal) {
        Optional<Secret> made = users.ensureAdministrator(Optional.of(given).filter(secret -> !secret.isEmpty()));
        if (made.isEmpty()) {
            return waitingFile();
        }
        if (terminal) {
            return Optional.of(UserActions.FIRST + ", password " + made.get().reveal()
                    + " (shown this once; to be changed at the first login)");
        }
        try {
            DataDirectory.writeSecret(file, made.get().reveal() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException("the first password cannot be written to " + file, failed);
        }
        return waitingFile();
    }

    /** Once it was changed, the password in the file opens nothing, and the file goes. */
    private Optional<String> waitingFile() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<User> all = users.list(Actor.server("command line"));
        if (all.stream().anyMatch(user -> user.name().equals(UserActions.FIRST) && user.mustChangePassword())) {
            return Optional.of(UserActions.FIRST + ", password in " + file + " (to be changed at the first login)");
        }
        try {
            Files.delete(file);
        } catch (IOException kept) {
            throw new UncheckedIOException(file + " holds an old password and cannot be removed", kept);
        }
        return Optional.empty();
    }
}
