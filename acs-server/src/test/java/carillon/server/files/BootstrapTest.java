package carillon.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.flatprofile.EmptyElements;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileReader;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.PhoneState;
import carillon.cwmp.flatprofile.ProfileCheck;
import carillon.cwmp.flatprofile.ProfileRule;
import carillon.server.config.BootstrapConfig;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
    private static final Map<String, String> ALL = Map.of(
            "cwmp.http", "http://acs.example.com:7547",
            "cwmp.https", "https://acs.example.com:7548",
            "files.http", "http://acs.example.com:8069",
            "files.https", "https://acs.example.com:8469");

    private static Bootstrap bootstrap(Map<String, String> doors, String... settings) {
        Map<String, String> given = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        ConfigReader reader = new ConfigReader(ConfigSources.of(given, Map.of()));
        BootstrapConfig config = BootstrapConfig.from(reader);
        reader.finish();
        return new Bootstrap(config, Duration.ofHours(1), name -> Optional.ofNullable(doors.get(name)));
    }

    private static FlatProfile profile(Bootstrap bootstrap) throws Exception {
        return new FlatProfileReader(EmptyElements.CLEAR)
                .read(bootstrap.profile().orElseThrow())
                .profile();
    }

    @Test
    void it_turns_tr_069_on_over_tls_with_the_certificate_to_trust() throws Exception {
        FlatProfile profile = profile(bootstrap(ALL));
        assertThat(profile.values())
                .containsEntry("ACS_URL", "https://acs.example.com:7548/")
                .containsEntry("Enable_TR-069", "Yes")
                .containsEntry("CWMP_V1.2_Support", "Yes")
                .containsEntry("Custom_CA_Rule", "http://acs.example.com:7547/ca.pem")
                .containsEntry("Periodic_Inform_Interval", "3600")
                .containsEntry("TR-069_VoiceObject_Init", "No")
                .containsEntry("Resync_At__HHmm_", "0200")
                .containsEntry("Resync_At_Random_Delay", "10800")
                .containsEntry("Profile_Rule", "https://acs.example.com:8469/Cisco/$MA.cfg");
        assertThat(profile.find("User_Password")).isPresent();
        assertThat(ProfileCheck.of(profile, KeyCatalogue.standard())).isEmpty();
    }

    @Test
    void it_is_the_same_every_time_and_says_nothing_of_one_phone() {
        Bootstrap bootstrap = bootstrap(ALL);
        assertThat(bootstrap.profile().orElseThrow())
                .isEqualTo(bootstrap.profile().orElseThrow());
    }

    @Test
    void doors_that_are_closed_are_not_named() throws Exception {
        FlatProfile plain = profile(bootstrap(Map.of("cwmp.http", "http://a:1", "files.http", "http://a:2")));
        assertThat(plain.values())
                .containsEntry("ACS_URL", "http://a:1/")
                .containsEntry("Profile_Rule", "http://a:2/Cisco/$MA.cfg")
                .doesNotContainKey("Custom_CA_Rule");
        FlatProfile secure = profile(bootstrap(Map.of("cwmp.https", "https://a:1")));
        assertThat(secure.values()).doesNotContainKey("Custom_CA_Rule").doesNotContainKey("Profile_Rule");
        assertThat(bootstrap(Map.of("files.http", "http://a:2")).profile()).isEmpty();
    }

    @Test
    void what_operators_set_is_said() throws Exception {
        FlatProfile profile = profile(bootstrap(
                ALL,
                "bootstrap.profile-rule",
                "[--srv] https://example.com/$PSN.xml",
                "bootstrap.resync-at",
                "",
                "bootstrap.boot-spread",
                "0"));
        assertThat(profile.values())
                .containsEntry("Profile_Rule", "[--srv] https://example.com/$PSN.xml")
                .containsEntry("Resync_Random_Delay", "0")
                .doesNotContainKey("Resync_At__HHmm_")
                .doesNotContainKey("Resync_At_Random_Delay");
    }

    @Test
    void a_phone_understands_the_profile_rule_that_it_gets() throws Exception {
        String rule = profile(bootstrap(ALL)).value("Profile_Rule").orElseThrow();
        PhoneState phone = PhoneState.of("CP-8841-3PCC", "00562b043615", "FCH2133E8B9", "sip88xx.12-0-7MPP0001-46");
        assertThat(ProfileRule.parse(rule).evaluate(phone).request())
                .hasValueSatisfying(request ->
                        assertThat(request.url()).hasToString("https://acs.example.com:8469/Cisco/00562b043615.cfg"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/8841-3PCC.xml, CP-8841-3PCC, '', ''",
                "/Cisco/00562B043615.cfg, '', 00562b043615, ''",
                "/Cisco/CP-8841-3PCC/00562b043615.cfg, CP-8841-3PCC, 00562b043615, ''",
                "/own/FCH2133E8B9/8851NR-3PCC, CP-8851NR-3PCC, '', FCH2133E8B9",
                "/8841-3PCC.xml/, -, -, -",
                "/x8841-3PCC.xml, -, -, -",
                "/Cisco/00562b04361.cfg, -, -, -",
                "/cisco/00562b043615.cfg, -, -, -",
                "/.xml, -, -, -"
            })
    void paths_say_something_of_a_phone(String path, String model, String mac, String serial) {
        Bootstrap bootstrap =
                bootstrap(ALL, "bootstrap.paths", "/$PSN.xml, /Cisco/$MA.cfg, /Cisco/$PN/$MA.cfg, /own/$SN/$PSN");
        assertThat(bootstrap.match(path))
                .isEqualTo(Optional.ofNullable(model).map(some -> new BootstrapPaths.Hints(model, mac, serial)));
        assertThat(bootstrap(ALL, "bootstrap", "false").match(path)).isEmpty();
    }

    @Test
    void wrong_settings_are_told() {
        assertThatThrownBy(() -> bootstrap(ALL, "bootstrap.paths", "/$IP.xml")).hasMessageContaining("'/$IP.xml'");
        assertThatThrownBy(() -> bootstrap(ALL, "bootstrap.resync-at", "2500")).hasMessageContaining("0200");
        assertThatThrownBy(() -> bootstrap(ALL, "bootstrap.paths", "x")).hasMessageContaining("slash");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cisco-CP-7832-3PCC/11.0.1 (00562b043615) | CP-7832-3PCC | 11.0.1 | 00562b043615 | ''",
                "Cisco/ATA192-MPP-11-1-0MPP-16(FCH2118DGQP) | ATA192 | 11-1-0MPP-16 | '' | FCH2118DGQP",
                "Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4) | ATA191 | 11-1-0-MSR4 | '' | FCH2443D9R4",
                "Cisco/SPA504G-7.5.2b (ABCDEF012345)(CBT123) | SPA504G | 7.5.2b | abcdef012345 | CBT123",
                "Linksys/SPA-942-5.2.8 (FM600) | SPA-942 | 5.2.8 | '' | FM600"
            })
    void what_a_user_agent_says(String text, String product, String version, String mac, String serial) {
        assertThat(PhoneAgent.parse(text)).contains(new PhoneAgent(product, version, mac, serial));
    }

    @Test
    void other_user_agents_say_nothing() {
        for (String text :
                List.of("curl/8.0", "", "Cisco-CP-7832-3PCC/1 (" + "x".repeat(400) + ")", "Cisco-CP-7832-3PCC")) {
            assertThat(PhoneAgent.parse(text)).isEmpty();
        }
    }
}
