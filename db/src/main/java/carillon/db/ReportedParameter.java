package carillon.db;

import carillon.cwmp.ParameterType;
import carillon.cwmp.SecretPaths;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** One parameter or object as the device last reported it.
 *
 * @param value empty optional: only its name is known
 * @param writable of a parameter: whether it can be set; of a table: whether rows can be added; of a row: whether it can
 *     be deleted (TR-069 Amendment 6, A.3.2.3)
 * @param at when the value (or, without one, the name) was reported
 */
public record ReportedParameter(
        String path,
        Optional<String> value,
        Optional<ParameterType> type,
        Optional<Boolean> writable,
        Optional<Integer> notification,
        Instant at) {
    private static final Pattern INSTANCE = Pattern.compile("(.*\\.)?(\\d+|\\[[^\\]]*\\])\\.");

    /** Whether it is an object and no parameter. */
    public boolean isObject() {
        return path.endsWith(".");
    }

    /** Whether it is a row of a table. */
    public boolean isInstance() {
        return INSTANCE.matcher(path).matches();
    }

    /** Whether AddObject makes a row of it; empty where it is no table, or nobody knows. */
    public Optional<Boolean> canAdd() {
        return isObject() && !isInstance() ? writable : Optional.empty();
    }

    /** Whether DeleteObject removes it; empty where it is no row, or nobody knows. */
    public Optional<Boolean> canDelete() {
        return isInstance() ? writable : Optional.empty();
    }

    /** Whether it holds a secret that the phone does not tell: it reads empty, whatever it is. */
    public boolean isHidden() {
        return !isObject() && SecretPaths.isSecret(path);
    }
}
