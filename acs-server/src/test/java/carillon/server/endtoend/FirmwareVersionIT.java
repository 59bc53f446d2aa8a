package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Empty;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firmware has succeeded when the phone runs it, and not when it says that it has it. */
class FirmwareVersionIT {
    private static final String IMAGE = "1 Firmware Upgrade Image";
    private static final String OLD = "sip88xx.12-0-1MPP0001-1";
    private static final String NEW = "sip88xx.12-0-2";
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";
    private static final Fault NO_FAULT = new Fault(0, "", List.of());

    @TempDir
    private Path directory;

    private LocalServer server;
    private DeviceId device;

    @BeforeEach
    void start() throws Exception {
        starts();
        device = ScriptedPhone.identity(1);
        try (ScriptedPhone phone = phone()) {
            phone.completes(EventCode.BOOTSTRAP);
        }
    }

    private void starts(String... more) throws Exception {
        String[] usual = {"public.host", "127.0.0.1", "cpe.auth", "open", "lab", "true"};
        String[] all = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        server = new LocalServer(directory.resolve("data"), all);
        brings("new.loads", NEW, "SoftwareVersion: " + NEW + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void brings(String name, String version, String content) throws Exception {
        Path file = Files.writeString(directory.resolve(name), content);
        Tool put = Tool.run(
                directory,
                "curl",
                "-sf",
                "-u",
                "admin:" + ServerProcess.ADMIN_PASSWORD,
                "-T",
                file.toString(),
                "http://127.0.0.1:" + server.port("web") + "/api/v1/files/" + name + "?version=" + version + "&type="
                        + URLEncoder.encode(IMAGE, StandardCharsets.UTF_8));
        assertThat(put.exit()).as(put.output()).isZero();
    }

    private ScriptedPhone phone() throws IOException {
        return ScriptedPhone.connect(server.port("cwmp.http"), device);
    }

    private String queues(String more) {
        return server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"" + IMAGE + "\",\"file\":\"new.loads\"" + more + "}");
    }

    /** The phone comes and takes the Download on, or has done it at once. */
    private void takes(int status) throws IOException {
        takes(status, OLD);
    }

    private void takes(int status, String version) throws IOException {
        try (ScriptedPhone phone = phone().telling(ParameterValue.string(VERSION, version))) {
            phone.informs(EventCode.PERIODIC);
            assertThat(phone.hasNothingMore()).isInstanceOf(AcsRequest.Download.class);
            phone.sends(new CpeResponse.DownloadResponse(status, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        }
    }

    private void reports(String key, String version) throws IOException {
        try (ScriptedPhone phone = phone().telling(ParameterValue.string(VERSION, version))) {
            phone.informs(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, key));
            phone.sends(new CpeRequest.TransferComplete(key, NO_FAULT, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
            assertThat(phone.hasNothingMore()).isInstanceOf(Empty.class);
        }
    }

    private void comes(String version) throws IOException {
        try (ScriptedPhone phone = phone().telling(ParameterValue.string(VERSION, version))) {
            phone.informs(EventCode.BOOT);
            phone.hasNothingMore();
        }
    }

    private String state(String rpc) {
        return server.rest().rpc(rpc).get("state").asText();
    }

    private String note(String rpc) {
        return server.rest().rpc(rpc).path("note").asText();
    }

    @Test
    @Tag("CWMP-135")
    void a_phone_that_reports_success_before_its_restart_has_not_succeeded_until_it_shows_the_version()
            throws Exception {
        String rpc = queues("");
        assertThat(server.rest().rpc(rpc).at("/arguments/expectedVersion").asText())
                .isEqualTo(NEW);
        takes(1);
        reports(rpc, OLD);
        assertThat(state(rpc)).isEqualTo("sent");
        assertThat(note(rpc))
                .contains("reports the SoftwareVersion '" + NEW + "'")
                .contains("still reports '" + OLD + "'");
        comes(OLD);
        assertThat(state(rpc)).isEqualTo("sent");
        comes(NEW);
        JsonNode end = server.rest().rpc(rpc);
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.get("note").asText()).contains(NEW);
        assertThat(end.get("result").get("status").asInt()).isZero();
    }

    @Test
    @Tag("CWMP-135")
    void a_phone_that_never_shows_the_version_has_failed_and_both_versions_are_named() throws Exception {
        String rpc = queues("");
        takes(1);
        reports(rpc, OLD);
        server.later(Duration.ofMinutes(59));
        comes(OLD);
        assertThat(state(rpc)).isEqualTo("sent");
        server.later(Duration.ofMinutes(2));
        // housekeeping looks twice a minute
        await().atMost(Duration.ofSeconds(50)).until(() -> state(rpc).equals("failed"));
        assertThat(server.rest().rpc(rpc).at("/fault/text").asText())
                .contains(OLD)
                .contains(NEW);
        assertThat(note(rpc)).contains(OLD).contains(NEW);
    }

    @Test
    @Tag("CWMP-135")
    void a_phone_that_shows_the_version_with_its_report_has_succeeded_at_once() throws Exception {
        String rpc = queues("");
        takes(1);
        reports(rpc, NEW);
        assertThat(state(rpc)).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-135")
    void a_phone_that_was_done_at_once_and_one_that_names_no_key_are_awaited_as_well() throws Exception {
        String rpc = queues("");
        takes(0);
        assertThat(state(rpc)).isEqualTo("sent");
        comes(NEW);
        assertThat(state(rpc)).isEqualTo("succeeded");
        String second = queues(",\"expectedVersion\":\"sip88xx.13\"");
        takes(1);
        reports("", NEW);
        assertThat(state(second)).isEqualTo("sent");
        comes("sip88xx.13");
        assertThat(state(second)).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-177")
    void a_phone_that_never_reports_has_succeeded_when_its_version_became_the_wanted_one() throws Exception {
        String rpc = queues("");
        takes(1);
        comes(OLD);
        assertThat(state(rpc)).isEqualTo("sent");
        comes(NEW);
        assertThat(state(rpc)).isEqualTo("succeeded");
        assertThat(note(rpc)).contains("reported no end");
        // the version that it has already tells nothing
        String again = queues("");
        takes(1, NEW);
        comes(NEW);
        assertThat(state(again)).isEqualTo("sent");
        reports(again, NEW);
        assertThat(state(again)).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-135")
    void a_report_after_the_deadline_counts_once_the_version_is_seen() throws Exception {
        String rpc = queues("");
        takes(1);
        server.later(Duration.ofMinutes(61));
        await().atMost(Duration.ofSeconds(50)).until(() -> state(rpc).equals("expired"));
        reports(rpc, OLD);
        assertThat(state(rpc)).isEqualTo("sent");
        assertThat(server.rest().rpc(rpc).hasNonNull("endedAt")).isFalse();
        comes(NEW);
        assertThat(state(rpc)).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-135")
    void whoever_wants_the_report_to_be_enough_says_so() throws Exception {
        String rpc = queues(",\"expectedVersion\":\"\"");
        takes(1);
        reports(rpc, OLD);
        assertThat(state(rpc)).isEqualTo("succeeded");
        server.close();
        starts("transfer.await.version", "false");
        String other = queues("");
        takes(1);
        reports(other, OLD);
        assertThat(state(other)).isEqualTo("succeeded");
    }

    @Test
    void a_version_goes_with_firmware_alone() {
        Rest.Answer answer = server.rest()
                .call(
                        "POST",
                        "/api/v1/devices/" + device.encoded() + "/rpcs",
                        "{\"method\":\"Download\",\"arguments\":{\"fileType\":\"2 Web"
                                + " Content\",\"url\":\"http://a.test/\",\"expectedVersion\":\"1\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asText()).contains("expectedVersion");
    }

    @Test
    @Tag("CWMP-135")
    void the_simulated_phone_shows_the_version_that_is_in_its_firmware() throws Exception {
        URI acs = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
        try (Fleet fleet = new Fleet(PhonesOptions.of(acs, 1).withBootDelay(Duration.ofMillis(10)))) {
            fleet.start();
            Phone phone = fleet.phones().get(0);
            String id = phone.id().encoded();
            await().until(() -> server.rest().status("/api/v1/devices/" + id) == 200);
            String rpc = server.rest()
                    .queue(id, "Download", "{\"fileType\":\"" + IMAGE + "\",\"file\":\"new.loads\"}", true);
            await().atMost(Duration.ofSeconds(30)).until(() -> state(rpc).equals("succeeded"));
            assertThat(server.rest()
                            .get("/api/v1/devices/" + id)
                            .get("softwareVersion")
                            .asText())
                    .isEqualTo(NEW);
        }
    }
}
