package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PhoneValuesTest {
    private static final String PROFILES = "Device.Services.VoiceService.1.VoiceProfile.";
    private static final String LINES = PROFILES + "1.Line.";
    private Instant now = Instant.parse("2026-01-31T08:00:00Z");
    private final PhoneValues values = new PhoneValues(PhoneModel.CP_8851, () -> now);

    @Test
    void models_differ_in_name_and_lines() {
        assertThat(PhoneModel.of("CP-8841-3PCC")).isSameAs(PhoneModel.CP_8841);
        assertThat(new PhoneValues(PhoneModel.CP_8841, () -> now).below(LINES + "4."))
                .isNotEmpty();
        assertThat(new PhoneValues(PhoneModel.CP_8841, () -> now).below(LINES + "5."))
                .isEmpty();
        assertThat(values.below(LINES + "10.")).isNotEmpty();
        assertThat(values.below(LINES + "11.")).isEmpty();
        assertThatThrownBy(() -> PhoneModel.of("CP-9999")).hasMessageContaining("CP-8851-3PCC");
    }

    @Test
    void values_have_the_models_types_and_factory_settings() {
        assertThat(values.read("Device.ManagementServer.PeriodicInformInterval"))
                .contains(new ParameterValue(
                        "Device.ManagementServer.PeriodicInformInterval", "20", ParameterType.UNSIGNED_INT));
        assertThat(values.type("Device.ManagementServer.PeriodicInformEnable")).isEqualTo(ParameterType.BOOLEAN);
        assertThat(values.type("Device.ManagementServer.PeriodicInformTime")).isEqualTo(ParameterType.DATE_TIME);
        assertThat(values.value("Device.Services.VoiceService.1.X_CISCO_PhoneSetting.LineKey.1.Extension"))
                .as("the number of its row")
                .isEqualTo("1");
        assertThat(values.read("Device.Nothing")).isEmpty();
    }

    @Test
    void what_it_has_been_up_for_and_its_clock_go_on() {
        now = now.plusSeconds(90);
        assertThat(values.value("Device.DeviceInfo.UpTime")).isEqualTo("90");
        assertThat(values.value("Device.Time.CurrentLocalTime")).isEqualTo("2026-01-31T08:01:30Z");
        values.boots();
        now = now.plusSeconds(5);
        assertThat(values.value("Device.DeviceInfo.UpTime")).isEqualTo("5");
        assertThat(values.value("Device.DeviceSummary"))
                .startsWith("Device:1.2[](")
                .contains("VoiceService:1.0[1](");
    }

    @Test
    void passwords_are_used_and_never_shown() {
        values.set("Device.ManagementServer.Password", "s3cret");
        assertThat(values.read("Device.ManagementServer.Password"))
                .hasValueSatisfying(read -> assertThat(read.value()).isEmpty());
        assertThat(values.value("Device.ManagementServer.Password")).isEqualTo("s3cret");
    }

    @Test
    void names_are_told_by_level_and_as_a_whole() {
        assertThat(values.names("", true).orElseThrow()).contains(new ParameterInfo("Device.", false));
        assertThat(values.names("Device.ManagementServer.", true).orElseThrow())
                .contains(
                        new ParameterInfo("Device.ManagementServer.URL", true),
                        new ParameterInfo("Device.ManagementServer.ParameterKey", false))
                .allSatisfy(info -> assertThat(info.path()).startsWith("Device.ManagementServer."));
        assertThat(values.names(PROFILES + "1.", true).orElseThrow())
                .as("a table is writable: rows can be added")
                .contains(new ParameterInfo(LINES, true));
        assertThat(values.names(LINES, true).orElseThrow()).hasSize(10).contains(new ParameterInfo(LINES + "3.", true));
        assertThat(values.names("Device.", false).orElseThrow().size()).isGreaterThan(1000);
        assertThat(values.names("Device.DeviceInfo.SerialNumber", false).orElseThrow())
                .containsExactly(new ParameterInfo("Device.DeviceInfo.SerialNumber", false));
        assertThat(values.names("Device.Nothing.", true)).isEmpty();
    }

    @Test
    void a_new_row_looks_like_the_first_and_its_number_is_never_used_again() {
        assertThat(values.add(LINES)).contains(11);
        assertThat(values.below(LINES + "11.")).hasSameSizeAs(values.below(LINES + "1."));
        values.set(LINES + "11.DirectoryNumber", "4711");
        assertThat(values.delete(LINES + "11.")).isTrue();
        assertThat(values.below(LINES + "11.")).isEmpty();
        assertThat(values.value(LINES + "11.DirectoryNumber")).isEmpty();
        assertThat(values.delete(LINES + "11.")).isFalse();
        assertThat(values.add(LINES)).contains(12);
    }

    @Test
    void a_row_can_be_added_within_an_added_row_and_nowhere_else() {
        assertThat(values.add(PROFILES + "7.Line."))
                .as("there is no seventh profile")
                .isEmpty();
        assertThat(values.add(PROFILES)).contains(2);
        int lines = values.names(PROFILES + "2.Line.", true).orElseThrow().size();
        assertThat(values.add(PROFILES + "2.Line.")).contains(lines + 1);
        assertThat(values.delete(PROFILES + "2.Line.1.")).isTrue();
        assertThat(values.names(PROFILES + "2.Line.", true).orElseThrow()).hasSize(lines);
        assertThat(values.add("Device.DeviceInfo.")).isEmpty();
        assertThat(values.delete("Device.DeviceInfo.")).isFalse();
    }

    @Test
    void rows_of_the_model_stay_deleted_whatever_is_deleted_around_them() {
        String codec = LINES + "1.Codec.List.1.";
        assertThat(values.delete(codec)).isTrue();
        assertThat(values.delete(LINES + "1.")).isTrue();
        assertThat(values.below(LINES + "1.")).isEmpty();
        assertThat(values.below(LINES + "10.")).as("1. is no beginning of 10.").isNotEmpty();
        assertThat(values.names(LINES, true).orElseThrow()).hasSize(9);
        values.reset();
        assertThat(values.below(codec)).isNotEmpty();
    }
}
