package carillon.server.config;

import carillon.cwmp.Secret;

/**
 * What is said about this installation as a whole.
 *
 * @param adminPassword of the first administrator; empty where one shall be made up
 * @param publicHost how phones reach this server; empty for the machine's own name
 */
public record InstallationConfig(Secret adminPassword, String publicHost, LogFormat logFormat, LogLevel logLevel) {
    /** How log lines look. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /** How much is logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    public static InstallationConfig from(ConfigReader reader) {
        String host = reader.text(
                "public.host",
                "",
                "Name or address by which phones reach this server; empty means the machine's name.");
        if (!host.matches("[A-Za-z0-9._:-]*")) {
            reader.problem("public.host is '" + host + "'; it must be a name or an address, without scheme and port");
        }
        return new InstallationConfig(
                reader.secret(
                        "admin.password",
                        "Password of the first administrator, set when it is created; otherwise one is made up."),
                host,
                reader.choice("log.format", LogFormat.TEXT, "How log lines look: text or json."),
                reader.choice("log.level", LogLevel.INFO, "How much is logged: error, warn, info or debug."));
    }
}
