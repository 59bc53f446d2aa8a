package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more phones fetch files at one time than somebody allows. */
class DownloadLimitIT {
    @TempDir
    private Path directory;

    private CwmpMessage comes(LocalServer server, DeviceId device) throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage said = phone.hasNothingMore();
            if (said instanceof AcsRequest.Download) {
                phone.sends(new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            }
            return said;
        }
    }

    @Test
    @Tag("CWMP-178")
    void with_a_cap_of_ten_the_eleventh_waits_until_a_transfer_ends() throws Exception {
        try (LocalServer server =
                new LocalServer(directory.resolve("data"), "cpe.auth", "open", "files.downloads.limit", "10")) {
            List<DeviceId> devices = new ArrayList<>();
            List<String> rpcs = new ArrayList<>();
            for (int i = 1; i <= 11; i++) {
                DeviceId device = ScriptedPhone.identity(i);
                devices.add(device);
                try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                    phone.completes(EventCode.BOOTSTRAP);
                }
                rpcs.add(server.rest()
                        .queue(
                                device.encoded(),
                                "Download",
                                "{\"fileType\":\"2 Web Content\",\"url\":\"http://192.0.2.1/logo\"}"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(comes(server, devices.get(i))).isInstanceOf(AcsRequest.Download.class);
            }
            assertThat(comes(server, devices.get(10))).isInstanceOf(Empty.class);
            assertThat(server.rest().rpc(rpcs.get(10)).get("state").asText()).isEqualTo("queued");
            assertThat(server.rest().rpc(rpcs.get(10)).get("note").asText()).contains("10 downloads are under way");

            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), devices.get(4))) {
                phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, rpcs.get(4)));
                phone.sends(new CpeRequest.TransferComplete(
                        rpcs.get(4), new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
                phone.hasNothingMore();
            }
            assertThat(comes(server, devices.get(10))).isInstanceOf(AcsRequest.Download.class);
        }
    }
}
