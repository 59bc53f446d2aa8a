package carillon.rpc.arguments;

import java.util.Optional;

/**
 * Parameters by which a phone finds this server: with a wrong value it never comes again, and nobody can call it back. Who
 * sets one says so twice (CWMP-254, CWMP-255).
 */
final class Lifelines {
    private Lifelines() {}

    /** Why setting this parameter to this value has to be confirmed, if it has. */
    static Optional<String> warning(String path, String value) {
        if (path.endsWith(".ManagementServer.URL")) {
            return Optional.of(
                    "'" + path + "' says which server the phone calls; with a wrong address it never comes to"
                            + " this one again, and cannot be called back");
        }
        if (path.endsWith(".ManagementServer.EnableCWMP") && !value.equals("1")) {
            return Optional.of(
                    "'" + path + "' ends CWMP on the phone; it cannot be reached by CWMP again, and somebody has"
                            + " to go there");
        }
        return Optional.empty();
    }
}
