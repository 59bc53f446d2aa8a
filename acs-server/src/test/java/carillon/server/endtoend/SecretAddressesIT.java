package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the address of a file holds goes to the phone, and to nobody who reads or looks on. */
class SecretAddressesIT {
    private static final String URL = "https://files.test/a.loads?token=tower-bell";
    private static final String SHOWN = "https://files.test/a.loads?token=***";

    @TempDir
    Path directory;

    private final DeviceId device = ScriptedPhone.identity(91);

    private String queue(LocalServer server) {
        return server.rest()
                .queue(
                        device.encoded(),
                        "Download",
                        "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"" + URL + "\"}");
    }

    private static void enters(LocalServer server, DeviceId device) throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.completes(EventCode.BOOT);
        }
    }

    /** Whatever else it is asked it does not know. */
    private static AcsRequest.Download download(ScriptedPhone phone) throws IOException {
        phone.informs(EventCode.PERIODIC);
        CwmpMessage said = phone.hasNothingMore();
        while (!(said instanceof AcsRequest.Download)) {
            assertThat(said).isInstanceOf(AcsRequest.class);
            said = phone.sends(new FaultMessage(Fault.of(FaultCode.METHOD_NOT_SUPPORTED)));
        }
        return (AcsRequest.Download) said;
    }

    @Test
    @Tag("CWMP-195")
    void a_token_in_an_address_is_sent_and_is_in_no_answer_archive_database_or_log() throws IOException {
        String rpc;
        try (LogLines lines = new LogLines();
                LocalServer server = new LocalServer(
                        directory.resolve("data"), "cpe.auth", "open", "cpe.cleartext-secrets", "true")) {
            enters(server, device);
            rpc = queue(server);
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                assertThat(download(phone).url()).isEqualTo(URL);
                phone.sends(new FaultMessage(
                        Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE, "refused by " + URL)));
            }
            JsonNode failed = server.rest().rpc(rpc);
            assertThat(failed.at("/arguments/url").asText()).isEqualTo(SHOWN);
            assertThat(failed.at("/fault/text").asText()).isEqualTo("refused by " + SHOWN);
            String sessions = "/api/v1/devices/" + device.encoded() + "/sessions";
            // sessions are archived behind the answer
            await().until(() -> server.rest().get(sessions).toString().contains("Download"));
            String session = server.rest().get(sessions).at("/items/0/id").asText();
            for (String read :
                    new String[] {"/api/v1/rpcs/" + rpc, "/api/v1/sessions/" + session, sessions, "/api/v1/audit"}) {
                assertThat(server.rest().get(read).toString()).as(read).doesNotContain("tower-bell");
            }
            assertThat(server.rest().get("/api/v1/sessions/" + session).toString())
                    .contains(SHOWN);
            assertThat(String.join("\n", lines.lines())).doesNotContain("tower-bell");
        }
        try (Stream<Path> all = Files.list(directory.resolve("data"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("tower-bell");
            }
        }
    }

    @Test
    void an_address_with_a_token_goes_to_no_phone_that_came_without_tls() throws IOException {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open")) {
            enters(server, device);
            String rpc = queue(server);
            enters(server, device);
            JsonNode end = server.rest().rpc(rpc);
            assertThat(end.get("state").asText()).isEqualTo("failed");
            assertThat(end.at("/fault/text").asText()).startsWith("not sent: it holds a secret");
            assertThat(end.get("attempts").asInt()).isZero();
            assertThat(end.has("sentAt")).isFalse();
        }
    }
}
