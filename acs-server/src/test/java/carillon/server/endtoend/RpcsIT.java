package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.message.AcsMethod;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the eleven RPCs, from the API to two hundred simulated phones and back. */
class RpcsIT {
    private static final int PHONES = 200;
    private static final String LINES = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";
    private static final byte[] PROFILE = "<flat-profile/>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static Rest rest;
    private static Fleet fleet;
    private static HttpServer files;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.start(
                directory.resolve("data"), "--cpe.auth=open", "--lab=true", "--rpc.repeat.attempts=1");
        rest = server.rest();
        files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        files.createContext("/profile.xml", exchange -> {
            exchange.sendResponseHeaders(200, PROFILE.length);
            exchange.getResponseBody().write(PROFILE);
            exchange.close();
        });
        files.start();
        URI acs = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
        fleet = new Fleet(PhonesOptions.of(acs, PHONES)
                .withConcurrency(16)
                .withBootDelay(Duration.ofMillis(300))
                .withSpread(Duration.ofSeconds(3)));
        fleet.start();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> fleet.report().sessions() >= PHONES
                        && rest.get("/api/v1/devices?limit=1").get("total").asInt() == PHONES);
    }

    @AfterAll
    static void stop() throws IOException {
        fleet.close();
        files.stop(0);
        server.close();
    }

    private static String arguments(AcsMethod method) {
        return method == AcsMethod.DOWNLOAD
                ? "{\"fileType\":\"3 Vendor Configuration File\",\"url\":\"http://127.0.0.1:"
                        + files.getAddress().getPort() + "/profile.xml\",\"size\":" + PROFILE.length + "}"
                : Rpcs.ARGUMENTS.get(method);
    }

    private static String queue(Phone phone, AcsMethod method, String arguments) {
        return rest.queue(phone.id().encoded(), method.rpcName(), arguments, true);
    }

    private static JsonNode end(String rpc) {
        JsonNode end = rest.get("/api/v1/rpcs/" + rpc + "?wait=40s");
        assertThat(end.get("state").asText()).as("%s", end).isIn("succeeded", "failed");
        assertThat(end.hasNonNull("endedAt")).as("%s", end).isTrue();
        return end;
    }

    @Test
    void each_of_the_eleven_succeeds_with_the_right_result_on_many_phones() {
        List<Phone> phones = fleet.phones().subList(0, 176);
        Map<String, Phone> asked = new LinkedHashMap<>();
        Map<String, AcsMethod> methods = new HashMap<>();
        Map<String, Integer> before = new HashMap<>();
        int next = 0;
        for (AcsMethod method : Rpcs.ARGUMENTS.keySet()) {
            for (int i = 0; i < 16; i++) {
                Phone phone = phones.get(next++);
                int executions = phone.executions(method);
                String id = queue(phone, method, arguments(method));
                before.put(id, executions);
                asked.put(id, phone);
                methods.put(id, method);
            }
        }
        asked.forEach((id, phone) -> {
            JsonNode end = end(id);
            AcsMethod method = methods.get(id);
            assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
            assertThat(end.get("attempts").asInt()).as("%s", end).isEqualTo(1);
            assertThat(phone.executions(method) - before.get(id)).as("%s", end).isEqualTo(1);
            check(method, phone, id, end.get("result"));
        });
    }

    private static void check(AcsMethod method, Phone phone, String id, JsonNode result) {
        switch (method) {
            case GET_RPC_METHODS ->
                assertThat(result.get("methods"))
                        .extracting(JsonNode::asText)
                        .contains("Reboot", "Download", "SetParameterValues");
            case GET_PARAMETER_NAMES ->
                assertThat(result.get("parameters"))
                        .extracting(info -> info.get("path").asText())
                        .contains("Device.DeviceInfo.", "Device.ManagementServer.");
            case GET_PARAMETER_VALUES -> {
                JsonNode value = result.get("values").get(0);
                assertThat(value.get("path").asText()).isEqualTo("Device.DeviceInfo.SoftwareVersion");
                assertThat(value.get("value").asText()).isEqualTo(phone.value("Device.DeviceInfo.SoftwareVersion"));
                assertThat(value.get("type").asText()).isEqualTo("xsd:string");
            }
            case SET_PARAMETER_VALUES -> {
                assertThat(result.get("status").asInt()).isZero();
                assertThat(phone.value("Device.ManagementServer.ParameterKey")).isEqualTo(id);
            }
            case GET_PARAMETER_ATTRIBUTES -> {
                assertThat(result.get("attributes").get(0).get("path").asText())
                        .isEqualTo("Device.DeviceInfo.SoftwareVersion");
                assertThat(result.get("attributes").get(0).get("notification").asInt())
                        .isEqualTo(2);
            }
            case ADD_OBJECT -> {
                int instance = result.get("instance").asInt();
                assertThat(phone.value(LINES + instance + ".Enable")).isNotNull();
                assertThat(result.get("status").asInt()).isZero();
            }
            case DELETE_OBJECT -> assertThat(result.get("status").asInt()).isZero();
            case REBOOT -> assertThat(events(phone)).contains("M Reboot " + id);
            case FACTORY_RESET ->
                assertThat(events(phone).stream()
                                .filter(event -> event.startsWith("0 BOOTSTRAP"))
                                .count())
                        .isEqualTo(2);
            case DOWNLOAD -> assertThat(events(phone)).contains("M Download " + id, "7 TRANSFER COMPLETE ");
            default -> assertThat(result).isNotNull();
        }
    }

    private static List<String> events(Phone phone) {
        return rest
                .get("/api/v1/devices/" + phone.id().encoded() + "/events?limit=100")
                .findValue("items")
                .findParents("event")
                .stream()
                .map(event -> event.get("event").asText() + " "
                        + event.get("commandKey").asText())
                .toList();
    }

    @Test
    void each_of_the_eleven_fails_with_the_fault_of_a_phone_that_refuses() {
        Map<String, AcsMethod> asked = new LinkedHashMap<>();
        int next = 176;
        for (AcsMethod method : Rpcs.ARGUMENTS.keySet()) {
            Phone phone = fleet.phones().get(next++);
            phone.refuses(method, 9000);
            asked.put(queue(phone, method, arguments(method)), method);
        }
        asked.forEach((id, method) -> {
            JsonNode end = end(id);
            assertThat(end.get("state").asText()).as("%s", end).isEqualTo("failed");
            assertThat(end.get("fault").get("code").asInt()).as("%s", end).isEqualTo(9000);
            assertThat(end.get("fault").get("text").asText()).isNotEmpty();
        });
    }

    @Test
    @Tag("CWMP-147")
    @Tag("CWMP-149")
    void a_refused_parameter_is_named_with_its_own_fault_and_nothing_is_set() {
        Phone phone = fleet.phones().get(190);
        phone.refusesParameter("Device.ManagementServer.PeriodicInformEnable", 9007);
        String before = phone.value("Device.ManagementServer.PeriodicInformInterval");
        JsonNode end = end(queue(
                phone,
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":["
                        + "{\"path\":\"Device.ManagementServer.PeriodicInformEnable\",\"value\":\"1\",\"type\":\"xsd:boolean\"},"
                        + "{\"path\":\"Device.ManagementServer.PeriodicInformInterval\",\"value\":\"77\",\"type\":\"xsd:unsignedInt\"},"
                        + "{\"path\":\"Device.DeviceInfo.SerialNumber\",\"value\":\"X\",\"type\":\"xsd:string\"},"
                        + "{\"path\":\"Device.No.Such\",\"value\":\"X\",\"type\":\"xsd:string\"}]}"));
        assertThat(end.get("state").asText()).isEqualTo("failed");
        assertThat(end.get("fault").get("code").asInt()).isEqualTo(9003);
        Map<String, Integer> faults = new HashMap<>();
        end.get("fault")
                .get("parameters")
                .forEach(fault ->
                        faults.put(fault.get("path").asText(), fault.get("code").asInt()));
        assertThat(faults)
                .isEqualTo(Map.of(
                        "Device.ManagementServer.PeriodicInformEnable", 9007,
                        "Device.DeviceInfo.SerialNumber", 9008,
                        "Device.No.Such", 9005));
        assertThat(phone.value("Device.ManagementServer.PeriodicInformInterval"))
                .isEqualTo(before);
    }

    @Test
    @Tag("CWMP-119")
    @Tag("CWMP-134")
    void a_download_that_the_phone_cannot_fetch_fails_with_the_fault_of_its_transfer_complete() {
        Phone phone = fleet.phones().get(191);
        JsonNode end = end(queue(
                phone,
                AcsMethod.DOWNLOAD,
                "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://127.0.0.1:"
                        + files.getAddress().getPort() + "/missing.loads\"}"));
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("failed");
        assertThat(end.get("fault").get("code").asInt()).isBetween(9010, 9018);
        assertThat(phone.executions(AcsMethod.DOWNLOAD)).isEqualTo(1);
    }

    @Test
    void a_phone_is_called_and_says_that_it_was() {
        Phone phone = fleet.phones().get(192);
        Rest.Answer answer =
                rest.call("POST", "/api/v1/devices/" + phone.id().encoded() + "/connection-requests", "{}");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().get("kind").asText()).isEqualTo("http");
        assertThat(answer.body().get("outcome").asText())
                .as("%s", answer.body())
                .isEqualTo("accepted");
        assertThat(answer.body().get("status").asInt()).isBetween(200, 204);
        assertThat(answer.body().get("took").asText()).matches("\\d+ms");
        await().atMost(Duration.ofSeconds(20)).until(() -> events(phone).contains("6 CONNECTION REQUEST "));
    }

    @Test
    void a_reboot_and_a_download_on_one_phone_both_reach_their_end() {
        Phone phone = fleet.phones().get(193);
        String reboot = queue(phone, AcsMethod.REBOOT, "{}");
        String download = queue(phone, AcsMethod.DOWNLOAD, arguments(AcsMethod.DOWNLOAD));
        assertThat(end(reboot).get("state").asText()).isEqualTo("succeeded");
        assertThat(end(download).get("state").asText()).isEqualTo("succeeded");
        assertThat(phone.executions(AcsMethod.REBOOT)).isEqualTo(1);
        assertThat(phone.executions(AcsMethod.DOWNLOAD)).isEqualTo(1);
    }
}
