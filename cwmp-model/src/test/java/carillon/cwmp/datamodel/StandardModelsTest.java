package carillon.cwmp.datamodel;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables say of parameters that phones have. */
class StandardModelsTest {
    private static final String LINE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.3.";
    private static final StandardModels MODELS = StandardModels.all();

    private static String complaint(String path, String value, ParameterType type) {
        return MODELS.complaint(new ParameterValue(path, value, type), ModelRule.Told.NOTHING)
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "Device.DeviceInfo.SoftwareVersion,                             FORCED_ON",
        "Device.DeviceInfo.ProvisioningCode,                            FORCED_ON",
        "InternetGatewayDevice.DeviceInfo.SoftwareVersion,              FORCED_ON",
        "Device.ManagementServer.ConnectionRequestURL,                  ON_BY_DEFAULT",
        "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.ExternalIPAddress, ON_BY_DEFAULT",
        "Device.ManagementServer.PeriodicInformInterval,                ALLOWED",
        "Device.DeviceInfo.UpTime,                                      DENIABLE",
        "Device.Services.VoiceService.1.VoiceProfile.1.Line.2.Stats.PacketsSent, DENIABLE",
    })
    @Tag("CWMP-156")
    void the_marks_of_notification_are_those_of_the_models(String path, NotificationMark mark) {
        assertThat(MODELS.notification(path)).contains(mark);
    }

    @Test
    @Tag("CWMP-156")
    void a_name_of_a_vendor_has_no_mark() {
        assertThat(MODELS.notification("Device.X_00562B_Thing")).isEmpty();
        assertThat(MODELS.rules("Device.X_00562B_Thing")).isEmpty();
    }

    @Test
    @Tag("CWMP-194")
    void values_are_held_against_length_range_enumeration_type_and_access() {
        assertThat(complaint("Device.ManagementServer.PeriodicInformInterval", "0", ParameterType.UNSIGNED_INT))
                .contains("it is 0", "1 and more");
        assertThat(complaint("Device.ManagementServer.PeriodicInformInterval", "60", ParameterType.UNSIGNED_INT))
                .isEmpty();
        assertThat(complaint("Device.ManagementServer.PeriodicInformInterval", "60", ParameterType.STRING))
                .contains("of type xsd:unsignedInt, not xsd:string");
        assertThat(complaint("Device.DeviceInfo.ProvisioningCode", "x".repeat(65), ParameterType.STRING))
                .contains("65 characters", "at most 64");
        assertThat(complaint("Device.DeviceInfo.SerialNumber", "1", ParameterType.STRING))
                .contains("read-only");
        String method = "Device.Services.VoiceService.1.VoiceProfile.1.DTMFMethod";
        assertThat(complaint(method, "Whistle", ParameterType.STRING))
                .contains("'Whistle'", "InBand, RFC2833, SIPInfo");
        assertThat(complaint(method, "SIPInfo", ParameterType.STRING)).isEmpty();
        assertThat(complaint(method, "X_00562B_Own", ParameterType.STRING)).isEmpty();
        assertThat(complaint(LINE + "Enable", "Disabled", ParameterType.STRING)).isEmpty();
        assertThat(complaint(LINE + "SIP.AuthPassword", "s3cret".repeat(30), ParameterType.STRING))
                .contains("180 characters")
                .doesNotContain("s3cret");
        assertThat(complaint("Device.X_00562B_Thing", "anything", ParameterType.STRING))
                .isEmpty();
    }

    @Test
    @Tag("CWMP-194")
    void what_the_phone_itself_told_counts_for_more() {
        ParameterValue odd =
                new ParameterValue("Device.ManagementServer.PeriodicInformInterval", "60", ParameterType.STRING);
        assertThat(MODELS.complaint(odd, new ModelRule.Told(true, false))).isEmpty();
        ParameterValue fixed = ParameterValue.string("Device.DeviceInfo.SerialNumber", "1");
        assertThat(MODELS.complaint(fixed, new ModelRule.Told(false, true))).isEmpty();
    }

    @Test
    void an_alias_or_an_asterisk_means_any_row() {
        assertThat(MODELS.rules(LINE.replace("3", "[a.b]") + "Enable")).hasSize(1);
        assertThat(MODELS.rules(LINE.replace("3", "*") + "Enable")).hasSize(1);
    }

    @Test
    @Tag("CWMP-150")
    void a_type_is_told_where_the_models_agree() {
        assertThat(MODELS.type("Device.ManagementServer.PeriodicInformInterval"))
                .contains(ParameterType.UNSIGNED_INT);
        assertThat(MODELS.type("Device.ManagementServer.PeriodicInformTime")).contains(ParameterType.DATE_TIME);
        assertThat(MODELS.type("Device.X_00562B_Thing")).isEmpty();
    }

    @Test
    void tables_tell_whether_rows_can_change() {
        assertThat(MODELS.rowsCanChange("Device.Services.VoiceService.1.VoiceProfile."))
                .contains(true);
        assertThat(MODELS.rowsCanChange("Device.Services.VoiceService.")).contains(false);
        assertThat(MODELS.rowsCanChange("Device.X_00562B_Things.")).isEmpty();
    }
}
