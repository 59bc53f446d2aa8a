package carillon.rpc.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNamesTest {
    private static boolean names(CertificateNames names, DeviceId device) {
        return names.device().filter(named -> named.is(device)).isPresent();
    }

    private static CertificateNames common(String name) {
        return new CertificateNames(name, "", "", "", "");
    }

    @Test
    @Tag("CWMP-041")
    void the_classic_style_of_cisco_names_product_serial_and_mac() {
        CertificateNames classic = new CertificateNames("", "", "CP-8841-3PCC", "88012BA01234", "000e08abcdef");
        assertThat(names(classic, new DeviceId("000E08", "CP-8841-3PCC", "88012BA01234")))
                .isTrue();
        // the phone reports another OUI of its maker
        assertThat(names(classic, new DeviceId("00562B", "CP-8841-3PCC", "88012BA01234")))
                .isTrue();
        assertThat(names(classic, new DeviceId("000E08", "", "88012BA01234"))).isTrue();
        assertThat(names(classic, new DeviceId("000E08", "CP-8841-3PCC", "88012BA01235")))
                .isFalse();
        // another maker's device that happens to have the same serial
        assertThat(names(classic, new DeviceId("805EC0", "T46S", "88012BA01234")))
                .isFalse();
    }

    @Test
    @Tag("CWMP-041")
    void the_style_with_a_unique_device_identifier_names_the_same() {
        CertificateNames sudi =
                new CertificateNames("CP-8861-SEP2C3124C9F8E1", "PID:CP-8861 SN:FCH2133E8B9", "CTG", "", "");
        assertThat(names(sudi, new DeviceId("2C3124", "CP-8861-3PCC", "FCH2133E8B9")))
                .isTrue();
        assertThat(names(sudi, new DeviceId("00562B", "CP-8861-3PCC", "FCH2133E8B9")))
                .isTrue();
        assertThat(names(sudi, new DeviceId("2C3124", "CP-8861-3PCC", "FCH2133E8B0")))
                .isFalse();
        assertThat(names(sudi, new DeviceId("00562B", "CP-8851-3PCC", "FCH2133E8B9")))
                .isFalse();
    }

    @Test
    @Tag("CWMP-041")
    void the_forms_of_the_standard_name_a_device_with_or_without_its_class() {
        DeviceId device = new DeviceId("00562B", "CP-8851-3PCC", "FCH2133E8B9");
        for (String name : new String[] {
            "00562B-FCH2133E8B9", "00562B-CP%2D8851%2D3PCC-FCH2133E8B9", "00562B-CP-8851-3PCC-FCH2133E8B9"
        }) {
            assertThat(names(common(name), device)).as(name).isTrue();
            assertThat(names(common(name), new DeviceId("00562B", "CP-8851-3PCC", "FCH2133E8B0")))
                    .as(name)
                    .isFalse();
        }
        assertThat(names(common("00562B-A-B"), new DeviceId("00562B", "A", "B")))
                .isTrue();
        assertThat(names(common("00562B-A-B-C"), new DeviceId("00562B", "A", "B-C")))
                .as("might as well be the class A-B")
                .isFalse();
        assertThat(names(common("00562B-A-B%2DC"), new DeviceId("00562B", "A", "B-C")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Generic CPE", "cisco phone", "ABCDEF", "00562b-lowercase", "acs.example.org"})
    @Tag("CWMP-042")
    void a_shared_certificate_names_nobody(String name) {
        assertThat(common(name).device()).isEmpty();
        assertThat(new CertificateNames(name, "PID:CP-8861 SN:FCH2133E8B9", "CTG", "Town", "Province").device())
                .isEmpty();
        assertThat(new CertificateNames(name, "", "", "88012BA01234", "000e08abcdef").device())
                .isEmpty();
    }
}
