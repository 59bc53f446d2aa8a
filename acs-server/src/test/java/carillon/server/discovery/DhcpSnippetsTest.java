package carillon.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.discovery.AcsOffer;
import carillon.cwmp.discovery.DhcpOption;
import carillon.server.discovery.DhcpSnippets.Format;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpSnippetsTest {
    private static final Announcement ALL = new Announcement(
            new AcsOffer(
                    "http://acs.example.com:7547/acs",
                    Optional.of("site-paris"),
                    Optional.of("5"),
                    Optional.of("2000")),
            false,
            Optional.of("http://10.0.0.5/cisco/$PSN.xml"),
            List.of("10.0.0.5"));

    private static String octets(int code) {
        return ALL.options().stream()
                .filter(option -> option.code() == code)
                .map(DhcpOption::valueHex)
                .findFirst()
                .orElseThrow();
    }

    private static String onlyDigits(String text) {
        return text.replaceAll("0x|[:.,]", "");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Tag("CWMP-220")
    void every_format_holds_the_octets_of_options_43_and_125(Format format) {
        String text = onlyDigits(DhcpSnippets.text(ALL, format));
        assertThat(text).contains(octets(43)).contains(octets(125));
    }

    @Test
    @Tag("CWMP-220")
    void the_octets_are_those_of_the_worked_example() {
        assertThat(DhcpSnippets.text(ALL, Format.HEX).lines())
                .contains(
                        "2b36011f687474703a2f2f6163732e6578616d706c652e636f6d3a373534372f616373"
                                + "020a736974652d7061726973030135040432303030",
                        "421e687474703a2f2f31302e302e302e352f636973636f2f2450534e2e786d6c",
                        "96040a000005");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HEX"})
    @Tag("CWMP-223")
    void every_text_warns_of_the_two_readings_and_of_other_vendors(Format format) {
        assertThat(DhcpSnippets.text(ALL, format))
                .contains("take option 43 only as the bare address, others only with sub-options")
                .contains("shared by all vendors");
    }

    @Test
    @Tag("CWMP-222")
    void clients_are_told_apart_by_what_their_vendor_class_contains() {
        assertThat(DhcpSnippets.text(ALL, Format.DNSMASQ)).contains("dhcp-vendorclass=set:tr069,dslforum.org");
        assertThat(DhcpSnippets.text(ALL, Format.ISC)).contains("vendor-class-identifier ~= \"dslforum\\.org\"");
        assertThat(DhcpSnippets.text(ALL, Format.KEA))
                .contains("substring(option[60].hex,0,12) == 'dslforum.org'")
                .contains("substring(option[60].hex,19,12) == 'dslforum.org'");
        assertThat(DhcpSnippets.text(ALL, Format.MIKROTIK)).contains("matching-type=substring value=\"dslforum.org\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://acs.example.com/",
                "acs.example.com",
                "http://acs.example.com/\"\nshutdown",
                "http://a b/",
                "http://acs.example.com/;}",
                ""
            })
    void an_address_that_would_end_the_line_or_is_none_is_refused(String url) {
        assertThatThrownBy(() -> new Announcement(AcsOffer.of(url), false, Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACS URL");
    }
}
