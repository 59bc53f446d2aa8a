package carillon.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExchangeMaskTest {
    private static String value(String name, String value) {
        return "<ParameterValueStruct><Name>" + name + "</Name>\n<Value xsi:type=\"xsd:string\">" + value
                + "</Value></ParameterValueStruct>";
    }

    @Test
    @Tag("CWMP-195")
    void a_secret_value_is_masked_and_others_are_kept() {
        String masked = ExchangeMask.mask(value("Device.ManagementServer.Password", "tower-bell")
                + value("Device.DeviceInfo.SerialNumber", "FCH1"));
        assertThat(masked).doesNotContain("tower-bell").contains("***").contains("FCH1");
    }

    @Test
    void a_secret_in_a_cdata_section_is_masked() {
        assertThat(ExchangeMask.mask(value("Device.X.Password", "<![CDATA[tower<bell]]>")))
                .doesNotContain("tower")
                .contains(">***</Value>");
    }

    @Test
    void a_long_value_is_read_without_a_deep_stack_and_an_empty_one_is_left() {
        String longOne = "x".repeat(2_000_000);
        assertThat(ExchangeMask.mask(value("Device.X.Password", longOne)))
                .doesNotContain("xx")
                .contains(">***</Value>");
        String kept = value("Device.X.Text", longOne + "<![CDATA[" + longOne + "]]>" + longOne);
        assertThat(ExchangeMask.mask(kept)).isEqualTo(kept);
        assertThat(ExchangeMask.mask(value("Device.X.Password", ""))).isEqualTo(value("Device.X.Password", ""));
    }

    @Test
    void what_the_address_of_a_file_holds_is_masked() {
        assertThat(ExchangeMask.mask("<URL>https://files.test/a?token=tower&amp;password=bell</URL>"))
                .isEqualTo("<URL>https://files.test/a?token=***&amp;password=***</URL>");
        assertThat(ExchangeMask.mask("<FaultString>cannot fetch ftp://tower:bell@files.test/a</FaultString>"))
                .isEqualTo("<FaultString>cannot fetch ftp://***@files.test/a</FaultString>");
        String plain = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"/>";
        assertThat(ExchangeMask.mask(plain)).isEqualTo(plain);
    }

    @Test
    void the_password_of_a_download_is_masked() {
        assertThat(ExchangeMask.mask("<cwmp:Download><Password><![CDATA[a]]>b</Password></cwmp:Download>"))
                .isEqualTo("<cwmp:Download><Password>***</Password></cwmp:Download>");
    }
}
