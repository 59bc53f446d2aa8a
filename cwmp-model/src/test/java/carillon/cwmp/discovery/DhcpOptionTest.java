package carillon.cwmp.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpOptionTest {
    private static final AcsOffer PARIS = new AcsOffer(
            "http://acs.example.com:7547/acs", Optional.of("site-paris"), Optional.of("5"), Optional.of("2000"));

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Tag("CWMP-220")
    @Tag("CWMP-221")
    void option_43_has_text_in_sub_options_and_no_closing_nul() {
        byte[] octets = DhcpOption43.of(PARIS).encode();
        assertThat(new DhcpOption(43, octets).hex())
                .isEqualTo("2b36011f" + ascii("http://acs.example.com:7547/acs") + "020a" + ascii("site-paris")
                        + "0301350404" + ascii("2000"));
        assertThat(DhcpOption43.decode(octets)).contains(DhcpOption43.of(PARIS));
        assertThat(new DhcpOption(
                                43,
                                DhcpOption43.of(AcsOffer.of("https://acs.example.com/cwmp"))
                                        .encode())
                        .hex())
                .isEqualTo("2b1e011c" + ascii("https://acs.example.com/cwmp"));
    }

    @Test
    @Tag("CWMP-223")
    void option_43_may_be_the_address_alone() {
        DhcpOption43 bare = DhcpOption43.bare("https://acs.example.com:7547/acs");
        assertThat(new DhcpOption(43, bare.encode()).hex())
                .isEqualTo("2b20" + ascii("https://acs.example.com:7547/acs"));
        assertThat(DhcpOption43.decode(bare.encode())).contains(bare);
        assertThat(DhcpOption43.decode("http://a/\0".getBytes(StandardCharsets.US_ASCII)))
                .contains(DhcpOption43.bare("http://a/"));
    }

    @Test
    @Tag("CWMP-221")
    void a_closing_nul_of_others_is_left_out() {
        assertThat(DhcpOption43.decode(hex("010a" + ascii("http://a/") + "00")))
                .contains(DhcpOption43.of(AcsOffer.of("http://a/")));
        assertThat(DhcpOption60.decode(hex(ascii("CP-8841-3PCC") + "00")).text())
                .isEqualTo("CP-8841-3PCC");
    }

    @Test
    void ciscos_own_sub_options_for_certificates_stand_beside_the_address() {
        String guide = "0a01010b12687474703a2f2f31302e37392e35372e39310c1412040870625C5B755D73F5925285F8F5FF5D55AF"
                + "0d10443233334344463942393532413135420e01010f0101";
        DhcpOption43 read = DhcpOption43.decode(hex(guide)).orElseThrow();
        ScepOffer scep = read.scep().orElseThrow();
        assertThat(scep.server()).isEqualTo("http://10.79.57.91");
        assertThat(scep.fingerprint()).isEqualTo("12040870625C5B755D73F5925285F8F5FF5D55AF");
        assertThat(scep.challenge()).isEqualTo(new Secret("D233CDF9B952A15B"));
        assertThat(scep.toString()).doesNotContain("D233CDF9B952A15B");
        assertThat(List.of(scep.fips(), scep.dot1x(), scep.customCertificate())).containsOnly(true);
        assertThat(HexFormat.of().withUpperCase().formatHex(read.encode())).isEqualToIgnoringCase(guide);
        DhcpOption43 both = new DhcpOption43(
                Optional.of(AcsOffer.of("https://acs.example.com/cwmp")), Optional.of(scep), List.of(), false);
        assertThat(new DhcpOption(43, both.encode()).hex()).startsWith("2b63011c");
        assertThat(DhcpOption43.decode(both.encode())).contains(both);
    }

    @Test
    @Tag("CWMP-222")
    void whoever_says_dslforum_anywhere_asks_for_an_acs() {
        assertThat(new DhcpOption(60, new DhcpOption60("dslforum.org").encode()).hex())
                .isEqualTo("3c0c64736c666f72756d2e6f7267");
        assertThat(DhcpOption60.decode(hex(ascii("Cisco CP-8841-3PCC dslforum.org")))
                        .asksForAcs())
                .isTrue();
        assertThat(DhcpOption60.decode(hex(ascii("CP-8841-3PCC"))).asksForAcs()).isFalse();
    }

    @Test
    void option_125_tells_device_gateway_and_acs_under_the_forums_number() {
        DhcpOption125 device = new DhcpOption125(
                Optional.of(new DhcpOption125.Identity("00562B", "FCH2133E8B9", "CP-8841-3PCC")),
                Optional.empty(),
                Optional.empty(),
                List.of());
        String fromPhone = "7d2800000de9230106303035363242020b4643483231333345384239030c43502d383834312d33504343";
        assertThat(new DhcpOption(125, device.encode()).hex()).isEqualTo(fromPhone);
        assertThat(DhcpOption125.decode(device.encode())).contains(device);
        DhcpOption125 gateway = new DhcpOption125(
                Optional.empty(),
                Optional.of(new DhcpOption125.Identity("0050C2", "GW0001", "RG100")),
                Optional.of(AcsOffer.of("http://acs.example.com:7547/acs")),
                List.of());
        assertThat(new DhcpOption(125, gateway.encode()).hex())
                .isEqualTo("7d3d00000de93804063030353043320506475730303031060552473130300b1f"
                        + ascii("http://acs.example.com:7547/acs"));
        byte[] behindAnother = hex("00000009020101" + HexFormat.of().formatHex(gateway.encode()));
        assertThat(DhcpOption125.decode(behindAnother)).contains(gateway);
    }

    @Test
    void option_150_is_addresses_and_66_and_160_are_text() {
        assertThat(new DhcpOption(150, new DhcpOption150(List.of("10.0.0.5")).encode()).hex())
                .isEqualTo("96040a000005");
        assertThat(DhcpOption150.decode(hex("0a0000050a000006")))
                .contains(new DhcpOption150(List.of("10.0.0.5", "10.0.0.6")));
        assertThat(DhcpOption.text(66, "http://10.0.0.5/cisco/$PSN.xml").hex())
                .isEqualTo("421e687474703a2f2f31302e302e302e352f636973636f2f2450534e2e786d6c");
        assertThat(DhcpOption.text(160, "https://prov.example.com/cisco/$MA.cfg")
                        .hex())
                .isEqualTo("a02668747470733a2f2f70726f762e6578616d706c652e636f6d2f636973636f2f244d412e636667");
        assertThatThrownBy(() -> new DhcpOption150(List.of("10.0.0.256"))).hasMessageContaining("10.0.0.256");
    }

    @Test
    void many_options_in_a_row_are_read_and_said_in_words() {
        List<DhcpOption> options = DhcpOption.parse("3c:0c:64:73:6c:66:6f:72:75:6d:2e:6f:72:67 00 96040a000005 ff");
        assertThat(options.stream().flatMap(option -> DhcpReading.of(option).stream()))
                .containsExactly("60 vendor class: dslforum.org (asks for an ACS)", "150 TFTP servers: 10.0.0.5");
        DhcpOption secret = new DhcpOption(
                43,
                new DhcpOption43(
                                Optional.empty(),
                                Optional.of(new ScepOffer(
                                        false,
                                        "http://scep.example.com",
                                        "00".repeat(20),
                                        new Secret("hush"),
                                        false,
                                        true)),
                                List.of(),
                                false)
                        .encode());
        assertThat(DhcpReading.of(secret)).noneMatch(line -> line.contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2b", "2b05", "2b0501", "zz", "2b3", "01"})
    void what_is_cut_off_is_refused_with_the_place(String digits) {
        assertThatThrownBy(() -> DhcpOption.parse(digits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_option_that_does_not_fit_is_refused() {
        AcsOffer tooLong = AcsOffer.of("http://a/" + "x".repeat(250));
        assertThatThrownBy(() -> DhcpOption43.of(tooLong).encode()).hasMessageContaining("255");
        assertThatThrownBy(() -> DhcpOption125.of(AcsOffer.of("http://a/" + "x".repeat(242)))
                        .encode())
                .hasMessageContaining("255");
    }

    @Test
    void no_octets_whatever_break_the_readers() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            for (int code : List.of(43, 60, 66, 125, 150, 160)) {
                assertThat(DhcpReading.of(new DhcpOption(code, octets))).isNotNull();
            }
        }
    }
}
