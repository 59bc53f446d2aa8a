package carillon.server.admin;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody at the shell of this machine asks for.
 *
 * @param arguments by name; which ones there are depends on the work
 */
public record AdminRequest(Work work, Map<String, String> arguments) {
    public AdminRequest {
        arguments = Map.copyOf(arguments);
    }

    /** What can be asked for. */
    public enum Work {
        USER_LIST,
        USER_CREATE,
        USER_DISABLE,
        USER_ENABLE,
        USER_RESET,
        TOKEN_LIST,
        TOKEN_CREATE,
        TOKEN_REVOKE,
        BACKUP
    }

    String argument(String name) {
        return arguments.getOrDefault(name, "");
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(arguments.get(name));
    }
}
