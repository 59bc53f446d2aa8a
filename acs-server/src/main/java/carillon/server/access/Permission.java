package carillon.server.access;

import carillon.db.Role;

/** What somebody may do, and the least role that has it. */
public enum Permission {
    READ(Role.VIEWER),
    QUEUE_RPC(Role.OPERATOR),
    CHANGE_DEVICE(Role.OPERATOR),
    DELETE_DEVICE(Role.OPERATOR),
    SEND_CONNECTION_REQUEST(Role.OPERATOR),
    /** Bring, describe and delete files. */
    CHANGE_FILES(Role.OPERATOR),
    /** What is in a file; what phones sent may hold secrets. */
    READ_FILE_CONTENT(Role.OPERATOR),
    /** Tokens of one's own, with at most one's own role. */
    MANAGE_OWN_TOKENS(Role.VIEWER),
    /** Who outside is told what happens. */
    MANAGE_WEBHOOKS(Role.ADMINISTRATOR),
    MANAGE_USERS(Role.ADMINISTRATOR),
    /** Layers of configuration. */
    CHANGE_PROFILES(Role.OPERATOR),
    MANAGE_TLS(Role.ADMINISTRATOR),
    /** Lines of the table of parameters and keys, which count for all phones. */
    CHANGE_MAPPINGS(Role.ADMINISTRATOR),
    READ_AUDIT(Role.ADMINISTRATOR),
    READ_SETTINGS(Role.ADMINISTRATOR);

    private final Role least;

    Permission(Role least) {
        this.least = least;
    }

    /** Whether somebody with this role may. */
    public boolean isOf(Role role) {
        return role.compareTo(least) >= 0;
    }

    /** The least role that may. */
    public Role leastRole() {
        return least;
    }
}
