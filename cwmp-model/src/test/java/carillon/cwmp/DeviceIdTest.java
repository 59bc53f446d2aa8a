package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIdTest {
    @Test
    @Tag("CWMP-104")
    void a_device_is_its_oui_its_product_class_and_its_serial_number() {
        DeviceId device = new DeviceId("00562B", "CP-8851", "FCH1");
        assertThat(device)
                .isEqualTo(new DeviceId("00562B", "CP-8851", "FCH1"))
                .isNotEqualTo(new DeviceId("ACDE48", "CP-8851", "FCH1"))
                .isNotEqualTo(new DeviceId("00562B", "", "FCH1"))
                .isNotEqualTo(new DeviceId("00562B", "CP-8851", "FCH2"));
    }

    @Test
    @Tag("CWMP-105")
    void the_case_of_an_oui_makes_no_difference_and_its_length_is_not_judged() {
        assertThat(new DeviceId("acde48", "", "1")).isEqualTo(new DeviceId("ACDE48", "", "1"));
        assertThat(new DeviceId("ACDE480001", "", "1").oui()).isEqualTo("ACDE480001");
        assertThat(new DeviceId("", "", "1").encoded()).isEqualTo("--1");
    }

    @ParameterizedTest
    @CsvSource({"CP-8851,FCH/1", "'',1-2-3", "a b,%2D", "\u00e9,x.y~z", "ATA_191,a:b@c"})
    @Tag("CWMP-105")
    void an_encoded_identity_can_be_taken_apart_again(String productClass, String serial) {
        DeviceId device = new DeviceId("00562B", productClass, serial);
        assertThat(device.encoded()).matches("[0-9A-Za-z_%]*-[0-9A-Za-z_%]*-[0-9A-Za-z_%]*");
        assertThat(DeviceId.parse(device.encoded())).isEqualTo(device);
    }

    @Test
    @Tag("CWMP-106")
    void without_a_serial_number_there_is_no_identity() {
        assertThatThrownBy(() -> new DeviceId("00562B", "CP", " ")).isInstanceOf(IllegalArgumentException.class);
    }
}
