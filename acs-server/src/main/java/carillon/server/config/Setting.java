package carillon.server.config;

/**
 * A setting as it was read.
 *
 * @param value as text; {@code ***} for a secret that is set
 * @param defaultValue as text
 * @param origin where the value came from: {@code flag}, {@code environment}, a file's name, or {@code default}
 * @param meaning one sentence for people
 */
public record Setting(String key, String value, String defaultValue, String origin, String meaning, boolean secret) {
    /** The environment variable that sets this key. */
    public String variable() {
        return ConfigReader.variable(key);
    }
}
