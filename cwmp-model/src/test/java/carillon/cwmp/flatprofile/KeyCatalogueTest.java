package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyCatalogueTest {
    private final KeyCatalogue catalogue = KeyCatalogue.standard();

    @Test
    void every_key_of_the_research_is_in_it_once_for_each_place() throws IOException {
        Set<String> wanted = new HashSet<>();
        FlatProfileTables.rows("flat-profile-keys.csv")
                .forEach(row -> wanted.add(row.get("key") + "@" + row.get("section")));
        Set<String> kept = new HashSet<>();
        catalogue.keys().forEach(key -> kept.add(key.base() + "@" + key.section()));
        assertThat(kept).isEqualTo(wanted);
        assertThat(catalogue.keys()).hasSize(wanted.size());
    }

    @Test
    void a_key_is_found_by_its_name_with_its_numbers() {
        assertThat(catalogue.find("Proxy_1_").orElseThrow().base()).isEqualTo("Proxy_{n}_");
        assertThat(catalogue.key("Proxy_12_")).isEqualTo(ProfileKey.of("Proxy_{n}_", 12));
        assertThat(catalogue.key("Unit_2_Key_14_")).isEqualTo(ProfileKey.of("Unit_{u}_Key_{k}_", 2, 14));
        assertThat(catalogue.key("Cadence_3")).isEqualTo(ProfileKey.of("Cadence_{n}", 3));
        assertThat(catalogue.key("Ring7")).isEqualTo(ProfileKey.of("Ring{n}", 7));
        assertThat(catalogue.key("Speed_Dial_4_Name")).isEqualTo(ProfileKey.of("Speed_Dial_{n}_Name", 4));
        assertThat(catalogue.key("Sticky_183_2_")).isEqualTo(ProfileKey.of("Sticky_183_{n}_", 2));
        assertThat(catalogue.key("RFC_2543_Call_Hold")).isEqualTo(ProfileKey.of("RFC_2543_Call_Hold"));
        assertThat(catalogue.key("CWMP_V1.2_Support")).isEqualTo(ProfileKey.of("CWMP_V1.2_Support"));
        assertThat(catalogue.key("Never_Heard_Of_3_")).isEqualTo(ProfileKey.of("Never_Heard_Of_{n}_", 3));
        assertThat(catalogue.key("Never_Heard_Of")).isEqualTo(ProfileKey.of("Never_Heard_Of"));
    }

    @Test
    void every_name_that_the_catalogue_makes_is_found_again() {
        List<String> lost = new ArrayList<>();
        for (CatalogueKey key : catalogue.keys()) {
            List<Integer> numbers = ProfileKey.places(key.base()) == 0
                    ? List.of()
                    : ProfileKey.places(key.base()) == 1 ? List.of(2) : List.of(1, 28);
            ProfileKey made = new ProfileKey(key.base(), numbers);
            if (!catalogue.key(made.name()).equals(made)) {
                lost.add(made.name());
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void names_differ_in_their_case() {
        assertThat(catalogue.find("Report_To_Server")).isPresent();
        assertThat(catalogue.find("REPORT_TO_SERVER")).isEmpty();
    }

    @Test
    void an_unknown_key_is_a_warning_that_names_the_nearest() {
        assertThat(catalogue.check("Proxi_2_", "pbx"))
                .containsExactly(new KeyProblem(
                        KeyProblem.Severity.WARNING,
                        "Proxi_2_",
                        "the key Proxi_2_ is not known; the nearest known one is Proxy_2_"));
        assertThat(catalogue.nearest("enable_tr-069")).contains("Enable_TR-069");
        assertThat(catalogue.nearest("Quite_Another_Thing_Altogether_XYZ")).isEmpty();
    }

    @Test
    void a_wrong_value_is_an_error_that_names_key_value_and_what_is_allowed() {
        assertThat(catalogue.check("SIP_Transport_1_", "SCTP"))
                .extracting(KeyProblem::message)
                .containsExactly("SIP_Transport_1_ is 'SCTP' and takes one of UDP, TCP, TLS, AUTO");
        assertThat(catalogue.check("Enable_TR-069", "yes"))
                .extracting(KeyProblem::message)
                .containsExactly("Enable_TR-069 is 'yes' and takes Yes or No; did you mean Yes?");
        assertThat(catalogue.check("Ringer_Volume", "16"))
                .extracting(KeyProblem::message)
                .containsExactly(
                        "Ringer_Volume is '16' and takes a whole number from 0 to 15, decimal or hexadecimal as 0x1f");
    }

    @Test
    void a_number_that_no_model_has_is_a_warning() {
        assertThat(catalogue.check("Proxy_17_", "pbx.example.com"))
                .extracting(KeyProblem::severity)
                .containsExactly(KeyProblem.Severity.WARNING);
        assertThat(catalogue.check("Proxy_16_", "pbx.example.com")).isEmpty();
        assertThat(catalogue.check("Unit_4_Key_1_", "fnc=blf;sub=1@$PROXY")).hasSize(1);
    }

    @Test
    void a_secret_is_never_in_a_message() {
        String secret = "x".repeat(3000);
        assertThat(catalogue.isSecret("Password_3_")).isTrue();
        assertThat(catalogue.isSecret("Display_Password_Warnings")).isFalse();
        assertThat(catalogue.check("Password_3_", secret))
                .extracting(KeyProblem::message)
                .containsExactly("Password_3_ is the value and takes at most 2048 characters");
    }

    @Test
    void what_the_vendors_samples_show_is_legal() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Map<String, String> row : FlatProfileTables.rows("flat-profile-keys.csv")) {
            String sample = row.get("sample_value");
            CatalogueKey key = catalogue.keys().stream()
                    .filter(known -> known.base().equals(row.get("key"))
                            && known.section().equals(row.get("section")))
                    .findFirst()
                    .orElseThrow();
            // one cell of the research holds a sentence instead of a sample
            if (!sample.equals("(empty)")
                    && !sample.contains("For example")
                    && key.type().refusal(sample).isPresent()) {
                refused.add(key.base() + " = " + sample + " (" + key.type().text() + ")");
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void stated_defaults_are_legal() {
        for (CatalogueKey key : catalogue.keys()) {
            key.standard()
                    .ifPresent(value ->
                            assertThat(key.type().refusal(value)).as(key.base()).isEmpty());
        }
    }

    @Test
    void a_routers_keys_stand_in_their_groups() {
        assertThat(catalogue
                        .findRouter("Log_Configuration", "PRT_Upload_Method")
                        .orElseThrow()
                        .type())
                .isEqualTo(KeyTypes.parse("choice 0|1"));
        assertThat(catalogue.find("PRT_Upload_Method").orElseThrow().type())
                .isEqualTo(KeyTypes.parse("choice POST|PUT"));
    }
}
