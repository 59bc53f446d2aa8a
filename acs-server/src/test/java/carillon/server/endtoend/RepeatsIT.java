package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phone refuses for a reason that may pass, over HTTP, with the database, and as the API tells it. */
class RepeatsIT {
    private static final String FIRMWARE =
            "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f.loads\"}";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer(
                directory.resolve("data"),
                "cpe.auth",
                "open",
                "rpc.repeat.attempts",
                "3",
                "rpc.repeat.delay",
                "10m",
                "transfer.timeout.firmware",
                "1m");
        rest = server.rest();
        device = ScriptedPhone.identity(1);
        try (ScriptedPhone phone = phone()) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScriptedPhone phone() throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), device);
    }

    /** A session in which the phone answers the one thing that it is asked. */
    private CwmpMessage visit(CwmpMessage answer) throws IOException {
        try (ScriptedPhone phone = phone()) {
            phone.informs(EventCode.PERIODIC);
            CwmpMessage asked = phone.hasNothingMore();
            if (!(asked instanceof Empty)) {
                assertThat(phone.sends(answer)).isInstanceOf(Empty.class);
            }
            return asked;
        }
    }

    private void reports(String rpc, Fault fault) throws IOException {
        try (ScriptedPhone phone = phone()) {
            phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), new Event(EventCode.M_DOWNLOAD.text(), rpc));
            phone.sends(new CpeRequest.TransferComplete(rpc, fault, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            assertThat(phone.hasNothingMore()).isInstanceOf(Empty.class);
        }
    }

    @Test
    @Tag("CWMP-184")
    void a_phone_that_is_busy_is_asked_again_when_the_delay_has_passed() throws IOException {
        String id = rest.queue(device.encoded(), "Reboot", "{}");
        assertThat(visit(new FaultMessage(Fault.of(FaultCode.REQUEST_DENIED)))).isInstanceOf(AcsRequest.Reboot.class);
        JsonNode waits = rest.rpc(id);
        assertThat(waits.get("state").asText()).isEqualTo("queued");
        assertThat(waits.get("attempts").asInt()).isEqualTo(1);
        assertThat(waits.get("fault").get("code").asInt()).isEqualTo(9001);
        assertThat(waits.get("note").asText())
                .contains("attempt 1 of 3", waits.get("notBefore").asText());
        assertThat(visit(new CpeResponse.RebootResponse())).isInstanceOf(Empty.class);
        server.later(Duration.ofMinutes(11));
        assertThat(visit(new CpeResponse.RebootResponse())).isInstanceOf(AcsRequest.Reboot.class);
        try (ScriptedPhone phone = phone()) {
            phone.informs(Event.of(EventCode.BOOT), new Event(EventCode.M_REBOOT.text(), id));
            phone.hasNothingMore();
        }
        JsonNode done = rest.rpc(id);
        assertThat(done.get("state").asText()).isEqualTo("succeeded");
        assertThat(done.get("attempts").asInt()).isEqualTo(2);
        assertThat(done.has("fault")).isFalse();
    }

    @Test
    @Tag("CWMP-184")
    void a_download_whose_file_server_is_down_is_tried_three_times_though_each_try_has_little_time()
            throws IOException {
        String id = rest.queue(device.encoded(), "Download", FIRMWARE);
        CpeResponse accepted = new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(visit(accepted)).as("attempt %d", attempt).isInstanceOf(AcsRequest.Download.class);
            assertThat(rest.rpc(id).hasNonNull("acknowledgedAt")).isTrue();
            reports(id, Fault.of(FaultCode.UNABLE_TO_CONTACT_FILE_SERVER));
            JsonNode now = rest.rpc(id);
            assertThat(now.get("state").asText()).isEqualTo(attempt < 3 ? "queued" : "failed");
            assertThat(now.get("fault").get("code").asInt()).isEqualTo(9015);
            assertThat(visit(accepted)).isInstanceOf(Empty.class);
            server.later(Duration.ofMinutes(10L * attempt + 1));
        }
        assertThat(visit(accepted)).isInstanceOf(Empty.class);
    }

    @Test
    @Tag("CWMP-184")
    void a_download_that_needs_a_login_says_so_and_is_not_repeated() throws IOException {
        String id = rest.queue(device.encoded(), "Download", FIRMWARE);
        visit(new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        reports(id, Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE));
        JsonNode now = rest.rpc(id);
        assertThat(now.get("state").asText()).isEqualTo("failed");
        assertThat(now.get("note").asText()).contains("user name and a password");
        server.later(Duration.ofHours(2));
        assertThat(visit(new CpeResponse.RebootResponse())).isInstanceOf(Empty.class);
    }

    @Test
    void what_is_put_off_can_be_withdrawn() throws IOException {
        String id = rest.queue(device.encoded(), "FactoryReset", "{}");
        visit(new FaultMessage(Fault.of(FaultCode.INTERNAL_ERROR)));
        Rest.Answer answer = rest.call("DELETE", "/api/v1/rpcs/" + id, "");
        assertThat(answer.body().get("state").asText()).isEqualTo("cancelled");
        server.later(Duration.ofHours(2));
        assertThat(visit(new CpeResponse.FactoryResetResponse())).isInstanceOf(Empty.class);
    }
}
