package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while a phone has an address of a file in hand: the address is good when it is back. */
class TransferCrashIT {
    private static final String IMAGE = "1 Firmware Upgrade Image";

    @TempDir
    private Path directory;

    private static int freePort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    @Test
    @Tag("CWMP-228")
    void an_address_outlives_kill_9_and_ends_with_its_transfer() throws Exception {
        DeviceId device = ScriptedPhone.identity(1);
        Files.writeString(directory.resolve("a.loads"), "firmware");
        try (ServerProcess server = ServerProcess.holding(
                directory.resolve("data"),
                "--cpe.auth=open",
                "--public.host=127.0.0.1",
                "--files.http.port=" + freePort())) {
            Tool put = Tool.run(
                    directory,
                    "curl",
                    "-sf",
                    "-u",
                    "admin:" + ServerProcess.ADMIN_PASSWORD,
                    "-T",
                    "a.loads",
                    "http://127.0.0.1:" + server.port("web") + "/api/v1/files/a.loads?type="
                            + IMAGE.replace(" ", "%20"));
            assertThat(put.exit()).as(put.output()).isZero();
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(EventCode.BOOTSTRAP);
            }
            String rpc = server.rest()
                    .queue(device.encoded(), "Download", "{\"fileType\":\"" + IMAGE + "\",\"file\":\"a.loads\"}");
            server.kill();
            server.start();
            AcsRequest.Download asked;
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.informs(EventCode.PERIODIC);
                CwmpMessage said = phone.hasNothingMore();
                assertThat(said).isInstanceOf(AcsRequest.Download.class);
                asked = (AcsRequest.Download) said;
                phone.sends(new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            }
            server.kill();
            server.start();
            assertThat(Tool.run(directory, "curl", "-sf", "-o", "fetched", asked.url())
                            .exit())
                    .isZero();
            assertThat(directory.resolve("fetched")).hasContent("firmware");
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, rpc));
                phone.sends(new CpeRequest.TransferComplete(
                        rpc, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
                phone.hasNothingMore();
            }
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
            assertThat(Tool.run(directory, "curl", "-s", "-o", "gone", "-w", "%{http_code}", asked.url())
                            .output())
                    .isEqualTo("404");
        }
    }

    @Test
    @Tag("CWMP-135")
    @Tag("CWMP-228")
    void a_version_is_awaited_although_the_server_was_killed_between_the_report_and_the_restart_of_the_phone()
            throws Exception {
        DeviceId device = ScriptedPhone.identity(1);
        try (ServerProcess server = ServerProcess.holding(directory.resolve("data"), "--cpe.auth=open")) {
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(EventCode.BOOTSTRAP);
            }
            String rpc = server.rest()
                    .queue(
                            device.encoded(),
                            "Download",
                            "{\"fileType\":\"" + IMAGE
                                    + "\",\"url\":\"http://192.0.2.1/a.loads\",\"expectedVersion\":\"2.0\"}");
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.informs(EventCode.PERIODIC);
                assertThat(phone.hasNothingMore()).isInstanceOf(AcsRequest.Download.class);
                phone.sends(new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            }
            server.kill();
            server.start();
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, rpc));
                phone.sends(new CpeRequest.TransferComplete(
                        rpc, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            }
            server.kill();
            server.start();
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("sent");
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)
                    .telling(ParameterValue.string("Device.DeviceInfo.SoftwareVersion", "2.0"))) {
                phone.informs(EventCode.BOOT);
                phone.hasNothingMore();
            }
            server.kill();
            server.start();
            assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        }
    }
}
