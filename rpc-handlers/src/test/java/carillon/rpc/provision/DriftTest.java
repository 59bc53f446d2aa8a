package carillon.rpc.provision;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.cwmp.flatprofile.UserAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final KeyCatalogue CATALOGUE = KeyCatalogue.standard();

    private static DesiredConfiguration desired(Map<String, LayerValue> values) {
        return new Layers(CATALOGUE)
                .merge(
                        List.of(new Layer("layer", new LayerScope.All(), 0, values)),
                        LayersTest.phone().with(List.of()));
    }

    private static DesiredConfiguration desired(String key, String value) {
        return desired(Map.of(key, LayerValue.Put.of(value)));
    }

    private static Reported reported(String version, Map<String, String> values) {
        SortedMap<ProfileKey, String> keys = new TreeMap<>();
        values.forEach((key, value) -> keys.put(CATALOGUE.key(key), value));
        return new Reported(keys, Set.of(), version);
    }

    private static Drift drift(DesiredConfiguration desired, Reported reported) {
        return Drift.of(desired, "v2", reported, CATALOGUE);
    }

    @Test
    void another_value_is_a_difference_and_one_that_means_the_same_is_none() {
        assertThat(drift(desired("SIP_T1", "0.5"), reported("", Map.of("SIP_T1", ".5")))
                        .isEmpty())
                .isTrue();
        assertThat(drift(desired("Proxy_1_", "a"), reported("v2", Map.of("Proxy_1_", "b")))
                        .differences())
                .containsEntry(
                        CATALOGUE.key("Proxy_1_"),
                        new Drift.Difference(Drift.Kind.DIFFERS, "a", Optional.of("b"), false));
        assertThat(drift(
                                desired("SIP_TOS_DiffServ_Value_1_", "0x68"),
                                reported("", Map.of("SIP_TOS_DiffServ_Value_1_", "104")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void what_the_phone_does_not_tell_is_a_difference_until_it_has_taken_this_version() {
        DesiredConfiguration password = desired("Password_1_", "secret");
        assertThat(drift(password, reported("v1", Map.of())).differences().values())
                .containsExactly(new Drift.Difference(Drift.Kind.UNTOLD, "secret", Optional.empty(), true));
        assertThat(drift(password, reported("v2", Map.of())).isEmpty()).isTrue();
        assertThat(drift(password, reported("v1", Map.of("Password_1_", ""))).known())
                .isZero();
        assertThat(drift(password, reported("v2", Map.of("Password_1_", "*****")))
                        .isEmpty())
                .isTrue();
        assertThat(drift(password, reported("v1", Map.of())).toString()).doesNotContain("secret");
    }

    @Test
    void what_the_user_may_choose_is_no_difference_unless_the_operator_says_so() {
        Reported other = reported("v2", Map.of("Ringer_Volume", "3"));
        LayerValue writable = new LayerValue.Put("9", Attributes.of(UserAccess.RW), false);
        LayerValue preferred =
                new LayerValue.Put("9", new Attributes(Optional.empty(), false, Optional.of(true), false), false);
        LayerValue counted = new LayerValue.Put("9", Attributes.of(UserAccess.RW), true);
        assertThat(drift(desired(Map.of("Ringer_Volume", writable)), other).isEmpty())
                .isTrue();
        assertThat(drift(desired(Map.of("Ringer_Volume", preferred)), other).isEmpty())
                .isTrue();
        assertThat(drift(desired(Map.of("Ringer_Volume", counted)), other).known())
                .isEqualTo(1);
        Reported modified = new Reported(other.values(), Set.of(CATALOGUE.key("Ringer_Volume")), "v2");
        assertThat(drift(desired("Ringer_Volume", "9"), modified).isEmpty()).isTrue();
        assertThat(drift(desired("Ringer_Volume", "9"), other).known()).isEqualTo(1);
    }

    @Test
    void keys_that_nobody_wants_are_no_difference() {
        assertThat(drift(desired("GPP_A", "x"), reported("v1", Map.of("GPP_A", "x", "GPP_B", "y")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_cleared_key_is_a_difference_where_the_phone_has_a_value() {
        assertThat(drift(desired("GPP_A", ""), reported("v1", Map.of("GPP_A", "x")))
                        .known())
                .isEqualTo(1);
        assertThat(drift(desired("GPP_A", ""), reported("v1", Map.of("GPP_A", "")))
                        .isEmpty())
                .isTrue();
    }
}
