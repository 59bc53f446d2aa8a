package carillon.rpc.batch;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.db.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was set on a phone, as it is remembered: of a secret only that there is one, since the phone will not tell it. */
public final class HiddenValues {
    private HiddenValues() {}

    /** The effects of values that the phone has applied; it reports those of rows with an alias under their numbers. */
    public static List<Effect> set(List<ParameterValue> all, Instant now) {
        List<ParameterValue> values =
                all.stream().filter(value -> value.path().indexOf('[') < 0).toList();
        if (values.isEmpty()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        // read back empty it would count as hidden; set empty it is gone
        values.stream()
                .filter(value ->
                        SecretPaths.isSecret(value.path()) && value.value().isEmpty())
                .forEach(value -> effects.add(new Effect.ParametersForgotten(value.path())));
        effects.add(new Effect.ValuesReported(
                values.stream().map(SecretPaths::masked).toList(), now));
        return effects;
    }
}
