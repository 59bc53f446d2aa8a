package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of phones, as a monitoring system reads it. */
class CountersIT {
    @TempDir
    Path directory;

    private static String metrics(LocalServer server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port("web") + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double value(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line ->
                        line.startsWith(name) && List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    @Tag("CWMP-229")
    void events_endings_answers_faults_failed_logins_and_connection_requests_are_counted() throws Exception {
        DeviceId device = ScriptedPhone.identity(1);
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open", "lab", "true")) {
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(EventCode.BOOT);
                server.rest().queue(device.encoded(), "GetRPCMethods", "{}");
                server.rest().queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"Device.X\"]}");
                phone.informs(Event.of(EventCode.PERIODIC));
                assertThat(phone.hasNothingMore()).isInstanceOf(AcsRequest.GetRpcMethods.class);
                assertThat(phone.sends(new CpeResponse.GetRpcMethodsResponse(List.of("Reboot"))))
                        .isInstanceOf(AcsRequest.GetParameterValues.class);
                assertThat(phone.sends(new FaultMessage(Fault.of(FaultCode.INVALID_PARAMETER_NAME))))
                        .isEqualTo(new Empty());
            }
            assertThat(server.rest()
                            .call("POST", "/api/v1/devices/" + device.encoded() + "/connection-requests", "{}")
                            .status())
                    .isEqualTo(200);
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.informs(Event.of(EventCode.PERIODIC));
                phone.informs(Event.of(EventCode.PERIODIC));
            }
            String metrics = metrics(server);
            assertThat(value(metrics, "carillon_cwmp_events_total", "2 PERIODIC"))
                    .isEqualTo(3);
            assertThat(value(metrics, "carillon_cwmp_events_total", "1 BOOT")).isEqualTo(1);
            assertThat(value(metrics, "carillon_cwmp_sessions_total", "ended=\"well\""))
                    .isEqualTo(2);
            assertThat(value(metrics, "carillon_cwmp_sessions_total", "ended=\"badly\""))
                    .isEqualTo(1);
            assertThat(value(metrics, "carillon_cwmp_faults_total", "9005")).isEqualTo(1);
            assertThat(value(metrics, "carillon_cwmp_answers_seconds_count", "GetRPCMethods"))
                    .isEqualTo(1);
            assertThat(value(metrics, "carillon_cwmp_answers_seconds_sum", "GetRPCMethods"))
                    .isPositive();
            assertThat(value(metrics, "carillon_connection_requests_total")).isEqualTo(1);
            assertThat(metrics).contains("carillon_cwmp_logins_failed_total", "carillon_cwmp_challenges_total");
        }
    }
}
