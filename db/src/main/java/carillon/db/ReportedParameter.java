package carillon.db;

import carillon.cwmp.ParameterType;
import java.time.Instant;
import java.util.Optional;

/** One parameter as the device last reported it.
 *
 * @param value empty optional: only its name is known
 * @param at when the value (or, without one, the name) was reported
 */
public record ReportedParameter(
        String path,
        Optional<String> value,
        Optional<ParameterType> type,
        Optional<Boolean> writable,
        Optional<Integer> notification,
        Instant at) {}
