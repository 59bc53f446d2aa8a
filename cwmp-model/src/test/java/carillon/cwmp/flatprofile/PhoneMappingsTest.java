package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.flatprofile.PhoneMappings.Writes;
import carillon.cwmp.flatprofile.PhoneTree.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PhoneMappingsTest {
    private static final String VOICE = "Device.Services.VoiceService.1.";
    private static final String PROFILE = VOICE + "VoiceProfile.";
    private final KeyCatalogue catalogue = KeyCatalogue.standard();

    @Test
    void several_profiles_with_one_line_each_are_one_for_each_extension() {
        PhoneMappings phone = phone(profileEach(3));
        assertThat(phone.layout().kind()).isEqualTo(ExtensionLayout.Kind.PROFILE_EACH);
        Writes writes = phone.toPaths(keys(Map.of("Proxy_2_", "pbx.example.com:5080", "User_ID_3_", "2003")));
        assertThat(texts(writes.values()))
                .containsExactlyInAnyOrder(
                        PROFILE + "2.SIP.ProxyServer=pbx.example.com",
                        PROFILE + "2.SIP.ProxyServerPort=5080",
                        PROFILE + "3.Line.1.DirectoryNumber=2003");
        assertThat(writes.unreachable()).isEmpty();
        assertThat(writes.written()).extracting(ProfileKey::name).containsExactly("Proxy_2_", "User_ID_3_");
    }

    @Test
    void one_profile_with_many_lines_is_one_line_for_each_extension() {
        PhoneMappings phone = phone(lineEach(3));
        assertThat(phone.layout().kind()).isEqualTo(ExtensionLayout.Kind.LINE_EACH);
        Writes writes = phone.toPaths(keys(Map.of("User_ID_3_", "2003", "Line_Enable_2_", "Yes")));
        assertThat(texts(writes.values()))
                .containsExactlyInAnyOrder(
                        PROFILE + "1.Line.3.DirectoryNumber=2003", PROFILE + "1.Line.2.Enable=Enabled");
    }

    @Test
    void keys_that_are_one_parameter_on_this_phone_cannot_differ() {
        PhoneMappings phone = phone(lineEach(3));
        Writes same = phone.toPaths(keys(Map.of("Proxy_1_", "pbx", "Proxy_2_", "pbx", "Proxy_3_", "pbx")));
        assertThat(texts(same.values()))
                .containsExactlyInAnyOrder(PROFILE + "1.SIP.ProxyServer=pbx", PROFILE + "1.SIP.ProxyServerPort=5060");
        Writes different = phone.toPaths(keys(Map.of("Proxy_1_", "one", "Proxy_2_", "two")));
        assertThat(different.values()).isEmpty();
        assertThat(different.written()).isEmpty();
        assertThat(different.unreachable())
                .containsEntry(
                        key("Proxy_2_"), "on this phone it is one parameter with Proxy_1_, and they are to differ")
                .containsKey(key("Proxy_1_"));
        assertThat(phone.toKeys(List.of(ParameterValue.string(PROFILE + "1.SIP.ProxyServer", "pbx")))
                        .values())
                .containsExactly(
                        entry(key("Proxy_1_"), "pbx"), entry(key("Proxy_2_"), "pbx"), entry(key("Proxy_3_"), "pbx"));
    }

    @Test
    void several_profiles_with_several_lines_are_guessed_by_nobody() {
        List<Leaf> leaves = new ArrayList<>(profileEach(2));
        leaves.add(Leaf.named(PROFILE + "2.Line.2.DirectoryNumber"));
        PhoneMappings phone = phone(leaves);
        assertThat(phone.layout().kind()).isEqualTo(ExtensionLayout.Kind.UNCLEAR);
        Writes writes = phone.toPaths(keys(Map.of("User_ID_1_", "2001", "Enable_Web_Server", "No")));
        assertThat(writes.unreachable().get(key("User_ID_1_"))).contains("nothing says which is which");
        assertThat(texts(writes.values())).containsExactly("Device.X_CISCO_EnableWebServer=No");
        assertThat(phone.toKeys(List.of(ParameterValue.string(PROFILE + "1.Line.1.DirectoryNumber", "2001")))
                        .untold())
                .containsKey(PROFILE + "1.Line.1.DirectoryNumber");
    }

    @Test
    void a_phone_that_reported_nothing_has_nothing_to_set() {
        Writes writes = phone(List.of()).toPaths(keys(Map.of("User_ID_1_", "2001", "GPP_A", "x")));
        assertThat(writes.values()).isEmpty();
        assertThat(writes.unreachable())
                .containsEntry(key("User_ID_1_"), "the phone has reported no voice profile with a line")
                .containsEntry(key("GPP_A"), "no parameter of TR-069 is this setting");
    }

    @Test
    void what_the_phone_does_not_have_or_does_not_let_be_set_is_said() {
        List<Leaf> leaves = new ArrayList<>(profileEach(1));
        leaves.add(new Leaf(
                "Device.X_CISCO_ProfileRule",
                Optional.of("/x"),
                Optional.of(ParameterType.STRING),
                Optional.of(false)));
        Writes writes = phone(leaves)
                .toPaths(keys(Map.of(
                        "Profile_Rule", "/y", "Upgrade_Rule", "/z", "User_ID_9_", "1", "Message_Waiting_1_", "Yes")));
        assertThat(writes.unreachable())
                .containsEntry(key("Profile_Rule"), "Device.X_CISCO_ProfileRule cannot be written")
                .containsEntry(key("Upgrade_Rule"), "the phone has not reported Device.X_CISCO_UpgradeRule")
                .containsEntry(key("User_ID_9_"), "the phone has no such extension")
                .containsKey(key("Message_Waiting_1_"));
    }

    @Test
    void a_codec_is_found_by_its_name_and_not_by_its_number() {
        List<Leaf> leaves = new ArrayList<>(profileEach(1));
        String codecs = PROFILE + "1.Line.1.Codec.List.";
        leaves.add(Leaf.of(codecs + "4.Codec", "G.722", ParameterType.STRING));
        leaves.add(Leaf.of(codecs + "4.Enable", "1", ParameterType.BOOLEAN));
        leaves.add(Leaf.of(codecs + "9.Codec", "OPUS", ParameterType.STRING));
        leaves.add(Leaf.of(codecs + "9.Enable", "0", ParameterType.BOOLEAN));
        PhoneMappings phone = phone(leaves);
        assertThat(phone.toKeys().values())
                .containsEntry(key("G722_Enable_1_"), "Yes")
                .containsEntry(key("OPUS_Enable_1_"), "No");
        Writes writes = phone.toPaths(keys(Map.of("OPUS_Enable_1_", "Yes", "iLBC_Enable_1_", "Yes")));
        assertThat(texts(writes.values())).containsExactly(codecs + "9.Enable=1");
        assertThat(writes.unreachable()).containsOnlyKeys(key("iLBC_Enable_1_"));
    }

    @Test
    void expansion_modules_are_reached_where_the_phone_has_them() {
        List<Leaf> leaves = new ArrayList<>(profileEach(1));
        leaves.add(Leaf.named(VOICE + "X_CISCO_AttConsole.Unit.2.Key.14.Config"));
        leaves.add(Leaf.named(VOICE + "X_CISCO_PhoneSetting.LineKey.5.ExtendedFunction"));
        Writes writes = phone(leaves)
                .toPaths(keys(Map.of(
                        "Unit_2_Key_14_", "fnc=blf;sub=2001@$PROXY",
                        "Unit_3_Key_1_", "fnc=inert",
                        "Extended_Function_5_", "fnc=sd")));
        assertThat(texts(writes.values()))
                .containsExactlyInAnyOrder(
                        VOICE + "X_CISCO_AttConsole.Unit.2.Key.14.Config=fnc=blf;sub=2001@$PROXY",
                        VOICE + "X_CISCO_PhoneSetting.LineKey.5.ExtendedFunction=fnc=sd");
        assertThat(writes.unreachable()).containsOnlyKeys(key("Unit_3_Key_1_"));
    }

    @Test
    void several_parameters_of_one_key_are_settled_by_preference() {
        PhoneMappings.Keys keys = phone(profileEach(2))
                .toKeys(List.of(
                        ParameterValue.string(PROFILE + "2.Line.1.SIP.AuthUserName", "auth2"),
                        ParameterValue.string(PROFILE + "2.Line.1.DirectoryNumber", "2002"),
                        ParameterValue.string(PROFILE + "2.SIP.RegistrarServer", "registrar"),
                        ParameterValue.string(PROFILE + "2.SIP.ProxyServerPort", "5061"),
                        ParameterValue.string(PROFILE + "2.SIP.ProxyServer", "pbx"),
                        ParameterValue.string(PROFILE + "2.Line.1.SIP.AuthPassword", "")));
        assertThat(keys.values()).containsExactly(entry(key("Proxy_2_"), "pbx:5061"), entry(key("User_ID_2_"), "2002"));
        assertThat(keys.untold())
                .containsExactly(entry(PROFILE + "2.Line.1.SIP.AuthPassword", "it can be set and not be read"));
    }

    @Test
    void a_list_of_servers_is_put_together_from_its_keys() {
        List<Leaf> leaves =
                List.of(Leaf.of("Device.LAN.DNSServers", "10.0.0.1,10.0.0.2,10.0.0.3", ParameterType.STRING));
        Writes writes = phone(leaves).toPaths(keys(Map.of("Primary_DNS", "10.9.9.1", "Secondary_DNS", "10.9.9.2")));
        assertThat(texts(writes.values())).containsExactly("Device.LAN.DNSServers=10.9.9.1,10.9.9.2,10.0.0.3");
        assertThat(phone(leaves).toKeys().values())
                .containsExactly(entry(key("Primary_DNS"), "10.0.0.1"), entry(key("Secondary_DNS"), "10.0.0.2"));
    }

    @Test
    void a_flag_is_set_beside_its_value_and_alone_where_there_is_none() {
        List<Leaf> leaves = new ArrayList<>(profileEach(1));
        leaves.add(Leaf.of(PROFILE + "1.RTP.RTCP.Enable", "1", ParameterType.BOOLEAN));
        leaves.add(Leaf.of(PROFILE + "1.RTP.RTCP.TxRepeatInterval", "5000", ParameterType.UNSIGNED_INT));
        PhoneMappings phone = phone(leaves);
        assertThat(phone.toKeys().values()).containsEntry(key("RTCP_Tx_Interval"), "5");
        assertThat(texts(phone.toPaths(keys(Map.of("RTCP_Tx_Interval", "0"))).values()))
                .containsExactly(PROFILE + "1.RTP.RTCP.Enable=0");
        assertThat(texts(phone.toPaths(keys(Map.of("RTCP_Tx_Interval", "10"))).values()))
                .containsExactlyInAnyOrder(
                        PROFILE + "1.RTP.RTCP.TxRepeatInterval=10000", PROFILE + "1.RTP.RTCP.Enable=1");
    }

    @Test
    void the_type_that_the_phone_reported_decides_how_an_undocumented_boolean_is_written() {
        String path = "Device.X_CISCO_EnableWebServer";
        assertThat(phone(List.of(Leaf.of(path, "1", ParameterType.BOOLEAN)))
                        .toPaths(keys(Map.of("Enable_Web_Server", "No")))
                        .values())
                .containsExactly(new ParameterValue(path, "0", ParameterType.BOOLEAN));
        assertThat(phone(List.of(Leaf.of(path, "Yes", ParameterType.STRING)))
                        .toPaths(keys(Map.of("Enable_Web_Server", "No")))
                        .values())
                .containsExactly(new ParameterValue(path, "No", ParameterType.STRING));
    }

    /** Every settable line, end to end on an imagined phone: key, parameter, and the same key again. */
    @Test
    void every_settable_line_comes_back_from_a_phone_that_has_everything() {
        LegalValues legal = new LegalValues();
        PhoneMappings everything = new PhoneMappings(
                MappingTable.standard(), AssumedPhone.tree(ExtensionLayout.Kind.PROFILE_EACH), catalogue);
        List<String> lost = new ArrayList<>();
        int tried = 0;
        for (Mapping line : MappingTable.standard().lines()) {
            if (line.fidelity() != Fidelity.EXACT || !line.writable()) {
                continue;
            }
            ProfileKey key = catalogue.key(line.key().replaceAll("\\{[nuk]}", "2"));
            String value =
                    legal.of(catalogue.find(key.name()).orElseThrow().type()).get(0);
            Writes writes = everything.toPaths(new TreeMap<>(Map.of(key, value)));
            PhoneMappings.Keys back = everything.toKeys(writes.values());
            String again = back.values().getOrDefault(key, "(nothing)");
            if (!catalogue.canonical(key.name(), again).equals(catalogue.canonical(key.name(), value))) {
                lost.add(key + "=" + value + " became " + again + " " + writes.unreachable());
            }
            tried++;
        }
        assertThat(lost).isEmpty();
        assertThat(tried).isGreaterThan(250);
    }

    private PhoneMappings phone(List<Leaf> leaves) {
        List<Leaf> all = new ArrayList<>(leaves);
        if (!leaves.isEmpty()
                && leaves.stream().noneMatch(leaf -> leaf.path().equals("Device.X_CISCO_EnableWebServer"))) {
            all.add(Leaf.named("Device.X_CISCO_EnableWebServer"));
        }
        return new PhoneMappings(MappingTable.standard(), PhoneTree.of(all), catalogue);
    }

    private static List<Leaf> profileEach(int extensions) {
        List<Leaf> leaves = new ArrayList<>();
        for (int n = 1; n <= extensions; n++) {
            profile(leaves, n);
            line(leaves, n, 1);
        }
        return leaves;
    }

    private static List<Leaf> lineEach(int extensions) {
        List<Leaf> leaves = new ArrayList<>();
        profile(leaves, 1);
        for (int n = 1; n <= extensions; n++) {
            line(leaves, 1, n);
        }
        return leaves;
    }

    private static void profile(List<Leaf> leaves, int profile) {
        leaves.add(Leaf.named(PROFILE + profile + ".SIP.ProxyServer"));
        leaves.add(Leaf.named(PROFILE + profile + ".SIP.ProxyServerPort"));
    }

    private static void line(List<Leaf> leaves, int profile, int line) {
        leaves.add(Leaf.named(PROFILE + profile + ".Line." + line + ".Enable"));
        leaves.add(Leaf.named(PROFILE + profile + ".Line." + line + ".DirectoryNumber"));
        leaves.add(Leaf.named(PROFILE + profile + ".Line." + line + ".CallingFeatures.MessageWaiting"));
    }

    private SortedMap<ProfileKey, String> keys(Map<String, String> values) {
        SortedMap<ProfileKey, String> keys = new TreeMap<>();
        values.forEach((name, value) -> keys.put(key(name), value));
        return keys;
    }

    private ProfileKey key(String name) {
        return catalogue.key(name);
    }

    private static List<String> texts(List<ParameterValue> values) {
        return values.stream().map(value -> value.path() + "=" + value.value()).toList();
    }
}
