package carillon.cwmp.flatprofile;

/**
 * What is wrong with a key or its value.
 *
 * @param severity whether a phone can be given it all the same
 * @param key the key, as it was written
 * @param message a sentence that names the key, the value and what is allowed; secrets are not in it
 */
public record KeyProblem(Severity severity, String key, String message) {
    /** How bad it is. */
    public enum Severity {
        /** The phone ignores it, or nobody knows. */
        WARNING,
        /** The value is not one that the key takes. */
        ERROR
    }
}
