package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.SessionLog;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv4 and IPv6, proxies on the way, and which door leads where. */
class AddressesIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(400);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(
                directory.resolve("data"),
                "cpe.auth",
                "open",
                "lab",
                "true",
                "cwmp.http.host",
                "*",
                "cwmp.https.host",
                "*",
                "public.host",
                "::1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]", "https://[::1]", "http://127.0.0.1"})
    @Tag("CWMP-246")
    void a_whole_session_is_held_over_either_family(String start) {
        boolean tls = start.startsWith("https");
        URI url = URI.create(start + ":" + server.port(tls ? "cwmp.https" : "cwmp.http") + "/");
        Phone phone = new Phone(PhoneModel.of("CP-8851-3PCC"), NUMBERS.incrementAndGet(), url, "", "");
        SessionLog log = phone.session();
        assertThat(log.completed()).as(log.reason()).isTrue();
        String device = "/api/v1/devices/" + phone.id().encoded();
        assertThat(server.rest().get(device).get("sourceAddress").asText()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
        String rpc = server.rest()
                .queue(
                        phone.id().encoded(),
                        "GetParameterValues",
                        "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}");
        assertThat(phone.session(Event.of(EventCode.PERIODIC)).completed()).isTrue();
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-247")
    void a_device_that_comes_by_another_family_is_the_same_device() throws IOException {
        DeviceId device = ScriptedPhone.identity(1);
        for (String host : new String[] {"127.0.0.1", "::1", "127.0.0.1"}) {
            try (RawPhone phone = RawPhone.connectTo(host, server.port("cwmp.http"))) {
                assertThat(phone.post("", Soap.inform(device, "2 PERIODIC")).status())
                        .isEqualTo(200);
            }
        }
        assertThat(server.rest()
                        .get("/api/v1/devices?q=" + device.serial())
                        .get("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Tag("CWMP-248")
    void what_a_stranger_says_of_where_a_message_came_from_is_not_believed() throws IOException {
        DeviceId device = ScriptedPhone.identity(2);
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            Answer opened = phone.post(
                    "X-Forwarded-For: 198.51.100.7\r\nForwarded: for=198.51.100.7\r\nX-Real-IP: 198.51.100.7\r\n",
                    Soap.inform(device, "1 BOOT"));
            assertThat(opened.status()).isEqualTo(200);
        }
        assertThat(server.rest()
                        .get("/api/v1/devices/" + device.encoded())
                        .get("sourceAddress")
                        .asText())
                .isEqualTo("127.0.0.1");
    }

    @Test
    @Tag("CWMP-249")
    void the_door_of_phones_leads_to_nothing_of_the_operators_and_theirs_to_no_session() throws IOException {
        for (String path :
                List.of("/api/v1/devices", "/api/v1/openapi.json", "/login", "/metrics", "/health/live", "/")) {
            for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
                try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
                    raw.send(method + " " + path + " HTTP/1.1\r\nHost: acs\r\nContent-Length: 0\r\n\r\n");
                    assertThat(raw.answer().status()).as(method + " " + path).isEqualTo(405);
                }
            }
            try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
                raw.send("POST " + path + " HTTP/1.1\r\nHost: acs\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\n\r\n{}");
                assertThat(raw.answer().status()).as("POST " + path).isEqualTo(400);
            }
        }
        try (RawPhone raw = RawPhone.connect(server.port("web"))) {
            Answer answer = raw.post("", Soap.inform(ScriptedPhone.identity(3), "1 BOOT"));
            assertThat(answer.status()).isBetween(300, 499);
            assertThat(answer.cookie()).doesNotStartWith("SID=");
        }
        assertThat(server.rest()
                        .status("/api/v1/devices/" + ScriptedPhone.identity(3).encoded()))
                .isEqualTo(404);
    }
}
