package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two phones that came out of their factory with one identity. */
class OneIdentityIT {
    @TempDir
    private Path directory;

    private static void comes(LocalServer server, DeviceId device, String mac) throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)
                .telling(ParameterValue.string("Device.LAN.MACAddress", mac))) {
            phone.completes(EventCode.PERIODIC);
        }
    }

    @Test
    void phones_that_come_in_turn_under_one_identity_are_told_of_and_one_that_stays_the_same_is_not() throws Exception {
        DeviceId device = ScriptedPhone.identity(1);
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open")) {
            comes(server, device, "00:56:2B:00:00:01");
            comes(server, device, "00:56:2B:00:00:01");
            comes(server, device, "00562b000001");
            assertThat(alarms(server, device)).isEmpty();
            comes(server, device, "00:56:2B:00:00:02");
            comes(server, device, "00:56:2B:00:00:01");
            assertThat(alarms(server, device))
                    .containsExactly("00562b000002 became 00562b000001", "00562b000001 became 00562b000002");
        }
    }

    private static List<String> alarms(LocalServer server, DeviceId device) {
        List<String> alarms = new ArrayList<>();
        for (JsonNode event : server.rest()
                .get("/api/v1/devices/" + device.encoded() + "/events")
                .get("items")) {
            if (event.get("event").asText().startsWith("MAC changed: two devices")) {
                alarms.add(event.get("commandKey").asText());
            }
        }
        return alarms;
    }
}
