package carillon.rpc.provision;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.ClearForm;
import carillon.cwmp.flatprofile.FlatProfileWriter;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.KeyProblem;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.ProfileKey;
import carillon.cwmp.flatprofile.UserAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final KeyCatalogue CATALOGUE = KeyCatalogue.standard();
    private static final byte[] SERVER = {1, 2, 3};
    private final Layers layers = new Layers(CATALOGUE);

    static PhoneFacts phone() {
        return new PhoneFacts(
                "00562B-CP%2D8851%2D3PCC-FCH1",
                "00562B",
                "CP-8851-3PCC",
                "FCH1",
                "00562B000001",
                "sip88xx.12-0-1",
                "paris",
                Set.of("reception", "hall"),
                Map.of("floor", "3", "doorPin", "4711"),
                List.of(account(1, "2001"), account(2, "2002")));
    }

    private static Account account(int extension, String user) {
        return new Account(extension, user, "N " + user, "", new Secret("pw-" + user), "pbx.example.com");
    }

    private static Layer layer(String name, LayerScope scope, int priority, String... keysAndValues) {
        Map<String, LayerValue> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], LayerValue.Put.of(keysAndValues[i + 1]));
        }
        return new Layer(name, scope, priority, values);
    }

    private String value(DesiredConfiguration desired, String key) {
        DesiredConfiguration.Value value = desired.values().get(CATALOGUE.key(key));
        return value == null ? "(nothing)" : value.text();
    }

    @Test
    void the_more_particular_scope_wins_and_then_the_priority_in_whatever_order_they_come() {
        List<Layer> all = new ArrayList<>(List.of(
                layer(
                        "everyone",
                        new LayerScope.All(),
                        900,
                        "GPP_A",
                        "all",
                        "GPP_B",
                        "all",
                        "GPP_C",
                        "all",
                        "GPP_D",
                        "all"),
                layer("model", new LayerScope.Model("cp-88*"), 0, "GPP_B", "model", "GPP_C", "model", "GPP_D", "model"),
                layer("tag", new LayerScope.Tag("hall"), 5, "GPP_C", "tag", "GPP_D", "tag", "GPP_E", "tag 5"),
                layer("other tag", new LayerScope.Tag("reception"), 6, "GPP_E", "tag 6"),
                layer("site", new LayerScope.Site("paris"), -1, "GPP_D", "site"),
                layer("device", new LayerScope.Device(phone().device()), -9, "GPP_F", "device", "User_ID_1_", "9001"),
                layer("elsewhere", new LayerScope.Site("lyon"), 99, "GPP_A", "lyon")));
        Random random = new Random(3);
        String version = "";
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(all, random);
            DesiredConfiguration desired = layers.merge(all, phone());
            assertThat(value(desired, "GPP_A")).isEqualTo("all");
            assertThat(value(desired, "GPP_B")).isEqualTo("model");
            assertThat(value(desired, "GPP_C")).isEqualTo("tag");
            assertThat(value(desired, "GPP_D")).isEqualTo("site");
            assertThat(value(desired, "GPP_E")).isEqualTo("tag 6");
            assertThat(value(desired, "GPP_F")).isEqualTo("device");
            assertThat(value(desired, "User_ID_1_")).isEqualTo("9001");
            assertThat(version).isIn("", desired.version(SERVER));
            version = desired.version(SERVER);
        }
        assertThat(layers.merge(all, phone())
                        .values()
                        .get(CATALOGUE.key("GPP_D"))
                        .layer())
                .isEqualTo("site");
    }

    @Test
    void a_model_is_the_whole_name_unless_a_star_ends_it() {
        assertThat(new LayerScope.Model("CP-8851-3PCC").has(phone())).isTrue();
        assertThat(new LayerScope.Model("CP-8851").has(phone())).isFalse();
        assertThat(new LayerScope.Model("CP-78*").has(phone())).isFalse();
    }

    @Test
    void a_layer_can_leave_a_key_alone_that_others_set() {
        Layer leave = new Layer("leave", new LayerScope.Site("paris"), 0, Map.of("GPP_A", new LayerValue.Leave()));
        DesiredConfiguration desired =
                layers.merge(List.of(layer("all", new LayerScope.All(), 0, "GPP_A", "x"), leave), phone());
        assertThat(value(desired, "GPP_A")).isEqualTo("(nothing)");
    }

    @Test
    void accounts_are_the_keys_of_their_extensions() {
        DesiredConfiguration desired = layers.merge(List.of(), phone());
        assertThat(value(desired, "Line_Enable_2_")).isEqualTo("Yes");
        assertThat(value(desired, "User_ID_2_")).isEqualTo("2002");
        assertThat(value(desired, "Password_2_")).isEqualTo("pw-2002");
        assertThat(value(desired, "Auth_ID_2_")).isEqualTo("(nothing)");
        assertThat(desired.values().get(CATALOGUE.key("Password_2_")).secret()).isTrue();
        assertThat(desired.toString()).doesNotContain("pw-2002");
        assertThat(desired.problems()).isEmpty();
    }

    @Test
    void macros_stand_for_what_is_known_of_the_phone() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer(
                        "all",
                        new LayerScope.All(),
                        0,
                        "GPP_A",
                        "${device.serial}/${device.mac}/${device.model}/${device.site}/$MA",
                        "GPP_B",
                        "floor ${var.floor}, $${var.floor}",
                        "GPP_C",
                        "${account.1.user}:${account.2.auth}",
                        "Short_Name_{n}_",
                        "${account.name}")),
                phone());
        assertThat(desired.problems()).isEmpty();
        assertThat(value(desired, "GPP_A")).isEqualTo("FCH1/00562B000001/CP-8851-3PCC/paris/$MA");
        assertThat(value(desired, "GPP_B")).isEqualTo("floor 3, ${var.floor}");
        assertThat(value(desired, "GPP_C")).isEqualTo("2001:2002");
        assertThat(value(desired, "Short_Name_1_")).isEqualTo("N 2001");
        assertThat(value(desired, "Short_Name_2_")).isEqualTo("N 2002");
        assertThat(value(desired, "Short_Name_3_")).isEqualTo("(nothing)");
    }

    @Test
    void what_is_put_in_is_not_expanded_again_and_passwords_may_hold_dollars() {
        PhoneFacts tricky = phone().with(
                        List.of(new Account(1, "${device.serial}", "", "", new Secret("p$${x}${device.mac}$1\\"), "")));
        DesiredConfiguration desired = layers.merge(List.of(), tricky);
        assertThat(value(desired, "User_ID_1_")).isEqualTo("${device.serial}");
        assertThat(value(desired, "Password_1_")).isEqualTo("p$${x}${device.mac}$1\\");
    }

    @Test
    void a_secret_that_a_macro_put_in_makes_its_key_secret() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer(
                        "all", new LayerScope.All(), 0, "GPP_A", "u:${account.1.password}", "GPP_B", "${var.doorPin}")),
                phone());
        assertThat(desired.values().get(CATALOGUE.key("GPP_A")).secret()).isTrue();
        assertThat(desired.values().get(CATALOGUE.key("GPP_B")).secret()).isTrue();
    }

    @Test
    void a_macro_that_stands_for_nothing_is_an_error_and_its_key_is_left_out() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer(
                        "all",
                        new LayerScope.All(),
                        0,
                        "GPP_A",
                        "${device.colour}",
                        "GPP_B",
                        "${account.7.user}",
                        "GPP_C",
                        "${var.room}",
                        "GPP_D",
                        "${account.user}",
                        "GPP_E",
                        "${device.serial")),
                phone());
        assertThat(desired.values().keySet()).noneMatch(key -> key.name().startsWith("GPP_"));
        assertThat(desired.problems())
                .extracting(KeyProblem::message)
                .hasSize(5)
                .anyMatch(message -> message.startsWith(
                        "GPP_A of the layer all has the unknown macro ${device.colour}; known are device.id"))
                .contains(
                        "GPP_B of the layer all needs the account of extension 7, which this phone does not have",
                        "GPP_C of the layer all needs the variable room, which this phone does not have",
                        "GPP_D of the layer all has ${account.user} and no number of its own; write ${account.1.user}",
                        "GPP_E of the layer all has ${ without the } of a macro; a ${ of its own is written $${");
    }

    @Test
    void values_are_held_against_the_catalogue_and_unknown_keys_are_warned_of() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer(
                        "all",
                        new LayerScope.All(),
                        0,
                        "SIP_Transport_1_",
                        "SCTP",
                        "Enable_TR_069",
                        "Yes",
                        "<bad>",
                        "x")),
                phone());
        assertThat(desired.problems())
                .extracting(problem -> problem.severity() + " " + problem.key())
                .containsExactlyInAnyOrder("ERROR SIP_Transport_1_", "WARNING Enable_TR_069", "ERROR <bad>");
        assertThat(value(desired, "SIP_Transport_1_")).isEqualTo("(nothing)");
        assertThat(value(desired, "Enable_TR_069")).isEqualTo("Yes");
    }

    @Test
    void a_secrets_value_is_in_no_problem() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer("all", new LayerScope.All(), 0, "Password_1_", "hunter2" + "x".repeat(3000))), phone());
        assertThat(desired.problems().toString()).doesNotContain("hunter2");
    }

    @Test
    void the_version_changes_with_any_value_or_attribute_and_fits_a_parameter_key() {
        DesiredConfiguration one = layers.merge(List.of(layer("a", new LayerScope.All(), 0, "GPP_A", "1")), phone());
        DesiredConfiguration same =
                layers.merge(List.of(layer("b", new LayerScope.Site("paris"), 4, "GPP_A", "1")), phone());
        DesiredConfiguration other = layers.merge(List.of(layer("a", new LayerScope.All(), 0, "GPP_A", "2")), phone());
        DesiredConfiguration attributes = layers.merge(
                List.of(new Layer(
                        "a",
                        new LayerScope.All(),
                        0,
                        Map.of("GPP_A", new LayerValue.Put("1", Attributes.of(UserAccess.RO), false)))),
                phone());
        assertThat(one.version(SERVER)).hasSizeLessThanOrEqualTo(32).isEqualTo(same.version(SERVER));
        assertThat(Set.of(
                        one.version(SERVER), other.version(SERVER), attributes.version(SERVER), one.version(new byte[] {
                            9
                        })))
                .hasSize(4);
    }

    @Test
    void the_profile_is_the_same_octets_for_the_same_configuration() {
        DesiredConfiguration desired = layers.merge(
                List.of(layer("a", new LayerScope.All(), 0, "Resync_Periodic", "86400", "GPP_A", "<x>")),
                phone().with(List.of()));
        byte[] file = new FlatProfileWriter(ClearForm.EMPTY_ELEMENT).write(desired.profile());
        assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <flat-profile>
            <GPP_A>&lt;x&gt;</GPP_A>
            <Resync_Periodic>86400</Resync_Periodic>
            </flat-profile>
            """);
        assertThat(desired.texts()).containsOnlyKeys(ProfileKey.of("GPP_A"), ProfileKey.of("Resync_Periodic"));
    }
}
