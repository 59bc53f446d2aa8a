package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.ManagementServer.Password",
                "Device.ManagementServer.ConnectionRequestPassword",
                "Device.ManagementServer.STUNPassword",
                "Device.Services.VoiceService.1.VoiceProfile.1.Line.1.SIP.AuthPassword",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase",
                "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.WEPKey.1.WEPKey",
                "Device.WiFi.AccessPoint.1.Security.PreSharedKey",
                "Device.X_CISCO_SecuritySettings.GPP_SA",
                "Device.X_CISCO_Phone.LockPIN",
                "Device.X_CISCO_XSI.Login_Password_1_",
                "Password_2_",
                "Device.X_CISCO.Client_Secret",
            })
    @Tag("CWMP-195")
    void a_name_that_says_secret_is_one(String path) {
        assertThat(SecretPaths.isSecret(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Device.",
                "Device.ManagementServer.",
                "Device.ManagementServer.ParameterKey",
                "Device.ManagementServer.Username",
                "Device.ManagementServer.URL",
                "Device.DeviceInfo.Shipping",
                "Device.DeviceInfo.SerialNumber",
                "Device.X_CISCO.GPP_A",
                "Device.Secret.Colour",
            })
    void a_name_that_says_nothing_of_secrets_is_none(String path) {
        assertThat(SecretPaths.isSecret(path)).isFalse();
    }

    @Test
    void a_masked_value_keeps_its_name_and_type_and_an_empty_one_stays_empty() {
        assertThat(SecretPaths.masked(ParameterValue.string("Device.Password", "abc")))
                .isEqualTo(ParameterValue.string("Device.Password", "***"));
        assertThat(SecretPaths.masked(ParameterValue.string("Device.Password", "")))
                .isEqualTo(ParameterValue.string("Device.Password", ""));
        assertThat(SecretPaths.masked(ParameterValue.string("Device.Name", "abc")))
                .isEqualTo(ParameterValue.string("Device.Name", "abc"));
    }
}
