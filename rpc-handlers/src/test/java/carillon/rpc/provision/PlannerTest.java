package carillon.rpc.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import carillon.cwmp.flatprofile.AssumedPhone;
import carillon.cwmp.flatprofile.ExtensionLayout;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.MappingTable;
import carillon.cwmp.flatprofile.PhoneMappings;
import carillon.cwmp.flatprofile.PhoneTree;
import carillon.cwmp.flatprofile.ProfileKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final KeyCatalogue CATALOGUE = KeyCatalogue.standard();
    private static final Roads ALL = new Roads(true, true, true, true, Set.of());
    private static final String PROFILE = "Device.Services.VoiceService.1.VoiceProfile.";
    private final PhoneMappings phone =
            new PhoneMappings(MappingTable.standard(), AssumedPhone.tree(ExtensionLayout.Kind.PROFILE_EACH), CATALOGUE);

    private static Drift drift(String... keysAndValues) {
        Map<String, LayerValue> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], LayerValue.Put.of(keysAndValues[i + 1]));
        }
        DesiredConfiguration desired = new Layers(CATALOGUE)
                .merge(
                        List.of(new Layer("layer", new LayerScope.All(), 0, values)),
                        LayersTest.phone().with(List.of()));
        assertThat(desired.problems()).isEmpty();
        return Drift.of(desired, "v", Reported.of(new TreeMap<>()), CATALOGUE);
    }

    private static List<String> texts(Plan plan) {
        return plan.batches().stream()
                .flatMap(batch -> batch.values().stream())
                .map(value -> value.path() + "=" + value.value())
                .toList();
    }

    @Test
    void what_is_a_parameter_is_set_and_the_rest_comes_with_the_profile() {
        Plan plan = Planner.plan(drift("Proxy_2_", "pbx:5080", "GPP_A", "x", "Profile_Rule", "/y"), phone, ALL);
        assertThat(texts(plan))
                .containsExactlyInAnyOrder(
                        PROFILE + "2.SIP.ProxyServer=pbx",
                        PROFILE + "2.SIP.ProxyServerPort=5080",
                        "Device.X_CISCO_ProfileRule=/y");
        assertThat(plan.bySet()).extracting(ProfileKey::name).containsExactly("Profile_Rule", "Proxy_2_");
        assertThat(plan.byProfile()).extracting(ProfileKey::name).containsExactly("GPP_A");
        assertThat(plan.unreachable()).isEmpty();
    }

    @Test
    void parameters_of_one_object_travel_together() {
        Plan plan = Planner.plan(drift("Proxy_1_", "a", "Proxy_2_", "b", "Register_Expires_1_", "600"), phone, ALL);
        assertThat(plan.batches())
                .extracting(Plan.Batch::object)
                .containsExactly(PROFILE + "1.SIP.", PROFILE + "2.SIP.");
        assertThat(plan.batches().get(0).values()).hasSize(3);
    }

    @Test
    void without_a_profile_what_is_no_parameter_cannot_be_reached() {
        Plan plan =
                Planner.plan(drift("GPP_A", "x", "SIP_T1", ".5"), phone, new Roads(true, true, false, false, Set.of()));
        assertThat(plan.unreachable())
                .containsExactly(entry(
                        ProfileKey.of("GPP_A"), "no parameter of TR-069 is this setting, and no profile reaches it"));
        assertThat(plan.bySet()).containsExactly(ProfileKey.of("SIP_T1"));
    }

    @Test
    void without_set_parameter_values_all_comes_with_the_profile() {
        Plan plan = Planner.plan(drift("SIP_T1", ".5"), phone, new Roads(false, false, true, true, Set.of()));
        assertThat(plan.batches()).isEmpty();
        assertThat(plan.byProfile()).containsExactly(ProfileKey.of("SIP_T1"));
        Plan nothing = Planner.plan(drift("SIP_T1", ".5"), phone, new Roads(false, false, false, false, Set.of()));
        assertThat(nothing.unreachable()).containsOnlyKeys(ProfileKey.of("SIP_T1"));
    }

    @Test
    void a_secret_takes_only_a_road_that_secrets_may_take() {
        Drift secret = drift("Password_1_", "s3cret");
        assertThat(Planner.plan(secret, phone, ALL).bySet())
                .extracting(ProfileKey::name)
                .containsExactly("Password_1_");
        Plan profile = Planner.plan(secret, phone, new Roads(true, false, true, true, Set.of()));
        assertThat(profile.batches()).isEmpty();
        assertThat(profile.byProfile()).extracting(ProfileKey::name).containsExactly("Password_1_");
        Plan none = Planner.plan(secret, phone, new Roads(true, false, true, false, Set.of()));
        assertThat(none.unreachable().values())
                .containsExactly("secrets may not travel by SetParameterValues here, and secrets may not travel in its"
                        + " profile");
        assertThat(Planner.plan(secret, phone, ALL).toString()).doesNotContain("s3cret");
    }

    @Test
    void what_phones_of_this_firmware_refused_is_not_asked_for_again() {
        Roads refusing = new Roads(true, true, true, true, Set.of(PROFILE + "2.SIP.ProxyServerPort"));
        Plan plan = Planner.plan(drift("Proxy_2_", "pbx:5080", "Register_Expires_2_", "600"), phone, refusing);
        assertThat(texts(plan)).containsExactly(PROFILE + "2.SIP.RegisterExpires=600");
        assertThat(plan.byProfile()).extracting(ProfileKey::name).containsExactly("Proxy_2_");
    }

    @Test
    void a_phone_that_has_reported_nothing_is_reached_by_its_profile_alone() {
        PhoneMappings blank = new PhoneMappings(MappingTable.standard(), PhoneTree.of(List.of()), CATALOGUE);
        Plan plan = Planner.plan(drift("Proxy_1_", "pbx"), blank, ALL);
        assertThat(plan.batches()).isEmpty();
        assertThat(plan.byProfile()).hasSize(1);
    }

    @Test
    void no_drift_is_no_plan() {
        assertThat(Planner.plan(new Drift(new TreeMap<>()), phone, ALL).isEmpty())
                .isTrue();
    }

    /** Desired, planned, set, read back: nothing is left, in either layout. */
    @Test
    void what_the_plan_sets_is_what_the_phone_then_tells() {
        for (ExtensionLayout.Kind kind : List.of(ExtensionLayout.Kind.PROFILE_EACH, ExtensionLayout.Kind.LINE_EACH)) {
            PhoneMappings mappings = new PhoneMappings(MappingTable.standard(), AssumedPhone.tree(kind), CATALOGUE);
            Map<String, LayerValue> values = new HashMap<>();
            values.put("Line_Enable_3_", LayerValue.Put.of("Yes"));
            values.put("User_ID_3_", LayerValue.Put.of("2003"));
            values.put("SIP_T1", LayerValue.Put.of("0.5"));
            values.put("RTP_TOS_DiffServ_Value_1_", LayerValue.Put.of("184"));
            values.put("Enable_Web_Server", LayerValue.Put.of("No"));
            values.put("Connection_Type", LayerValue.Put.of("Static IP"));
            values.put("Primary_DNS", LayerValue.Put.of("10.0.0.1"));
            values.put("Secondary_DNS", LayerValue.Put.of("10.0.0.2"));
            values.put("Time_Zone", LayerValue.Put.of("GMT+05:45"));
            DesiredConfiguration desired = new Layers(CATALOGUE)
                    .merge(
                            List.of(new Layer("layer", new LayerScope.All(), 0, values)),
                            LayersTest.phone().with(List.of()));
            Plan plan = Planner.plan(Drift.of(desired, "v", Reported.of(new TreeMap<>()), CATALOGUE), mappings, ALL);
            assertThat(plan.byProfile()).isEmpty();
            Reported told = Reported.of(mappings.toKeys(plan.batches().stream()
                            .flatMap(batch -> batch.values().stream())
                            .toList())
                    .values());
            assertThat(Drift.of(desired, "v", told, CATALOGUE).differences()).isEmpty();
        }
    }
}
