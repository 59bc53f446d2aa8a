package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connection requests as scripts and phones see them. */
class CallsIT {
    @TempDir
    Path directory;

    @Test
    @Tag("CWMP-208")
    void what_is_queued_during_a_session_goes_with_it_and_nobody_is_called() throws IOException {
        try (LocalServer server = new LocalServer(directory, "cpe.auth", "open", "lab", "true");
                ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(1))) {
            phone.informs(EventCode.BOOT);
            String device = ScriptedPhone.identity(1).encoded();
            server.rest().queue(device, "GetRPCMethods", "{}", true);
            String path = "/api/v1/devices/" + device + "/connection-requests";
            Rest.Answer called = server.rest().call("POST", path, "{}");
            assertThat(called.body().get("outcome").asText()).isEqualTo("accepted");
            assertThat(called.body().get("detail").asText()).contains("has a session open");
            assertThat(called.body().get("joined").asBoolean()).isTrue();

            CwmpMessage said = phone.hasNothingMore();
            while (said instanceof AcsRequest request && !(request instanceof AcsRequest.GetRpcMethods)) {
                said = phone.sends(
                        request instanceof AcsRequest.SetParameterValues
                                ? new CpeResponse.SetParameterValuesResponse(0)
                                : new FaultMessage(Fault.of(FaultCode.METHOD_NOT_SUPPORTED)));
            }
            assertThat(said).isInstanceOf(AcsRequest.GetRpcMethods.class);
            JsonNode recent = server.rest().get(path);
            assertThat(recent.get("items")).as("nobody was called").isEmpty();
        }
    }

    @Test
    @Tag("CWMP-202")
    void what_a_called_phone_answered_is_kept_beside_the_rpc() throws IOException {
        try (LocalServer server = new LocalServer(
                        directory, "cpe.auth", "open", "lab", "true", "connection-request.retries", "0");
                ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(2))) {
            phone.completes(EventCode.BOOT);
            String device = ScriptedPhone.identity(2).encoded();
            Rest.Answer called = server.rest()
                    .call("POST", "/api/v1/devices/" + device + "/connection-requests", "{\"kind\":\"http\"}");
            assertThat(called.body().get("outcome").asText()).isEqualTo("unreachable");
            assertThat(called.body().get("kind").asText()).isEqualTo("http");
            JsonNode kept = server.rest()
                    .get("/api/v1/devices/" + device + "/connection-requests")
                    .get("items")
                    .get(0);
            assertThat(kept.at("/request/outcome").asText()).isEqualTo("unreachable");
            assertThat(kept.at("/request/detail").asText()).contains("127.0.0.1 port 1");
            assertThat(kept.get("contact").asText()).isEqualTo("none");
        }
    }
}
