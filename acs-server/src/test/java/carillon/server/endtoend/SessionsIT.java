package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions begin, last and end. */
class SessionsIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(9000);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int port() {
        return server.port("cwmp.http");
    }

    private static DeviceId newDevice() {
        return ScriptedPhone.identity(NUMBERS.incrementAndGet());
    }

    private static String cookie(Answer opened) {
        assertThat(opened.status()).isEqualTo(200);
        return "Cookie: " + opened.cookie() + "\r\n";
    }

    /** How the device's last session ended, once that is archived. */
    private static String ending(DeviceId device) {
        String path = "/api/v1/devices/" + device.encoded() + "/sessions?limit=1";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !server.rest().get(path).get("items").isEmpty());
        return server.rest().get(path).get("items").get(0).get("outcome").asText();
    }

    @Test
    @Tag("CWMP-089")
    void a_session_ends_well_only_where_both_sides_have_said_and_answered_all() throws IOException {
        DeviceId well = newDevice();
        DeviceId afterInform = newDevice();
        DeviceId asked = newDevice();
        DeviceId silent = newDevice();
        DeviceId answersNothing = newDevice();
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(well, "1 BOOT")));
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            assertThat(phone.post(cookie, Soap.setParameterValuesResponse()).status())
                    .isEqualTo(204);
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            cookie(phone.post("", Soap.inform(afterInform, "1 BOOT")));
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(asked, "1 BOOT")));
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(silent, "1 BOOT")));
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(200);
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(answersNothing, "1 BOOT")));
            assertThat(phone.nothing(cookie).body()).contains("SetParameterValues");
            assertThat(phone.nothing(cookie).status()).isEqualTo(204);
        }
        server.later(Duration.ofSeconds(40));
        assertThat(ending(well)).isEqualTo("ended well");
        assertThat(ending(afterInform)).isEqualTo("the phone fell silent");
        assertThat(ending(asked)).isEqualTo("the phone fell silent");
        assertThat(ending(silent)).isEqualTo("the phone fell silent");
        assertThat(ending(answersNothing)).startsWith("the phone left our request without an answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SessionTimeout", "sessionTimeout"})
    @Tag("CWMP-090")
    @Tag("CWMP-091")
    void a_phone_that_asks_for_patience_is_waited_for(String header) throws IOException {
        DeviceId usual = newDevice();
        DeviceId patient = newDevice();
        String inform = Soap.inform(patient, "2 PERIODIC")
                .replace(
                        "</soapenv:Header>",
                        "<cwmp:" + header + " soapenv:mustUnderstand=\"0\">50</cwmp:" + header + "></soapenv:Header>");
        try (RawPhone phone = RawPhone.connect(port());
                RawPhone other = RawPhone.connect(port());
                LogLines log = new LogLines()) {
            String cookie = cookie(phone.post("", inform));
            cookie(other.post("", Soap.inform(usual, "2 PERIODIC")));
            server.later(Duration.ofSeconds(35));
            log.clear();
            await().atMost(Duration.ofSeconds(20)).until(() -> log.lines().stream()
                    .anyMatch(line -> line.contains(usual.toString()) && line.contains("fell silent")));
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(200);
            server.later(Duration.ofSeconds(60));
            await().atMost(Duration.ofSeconds(20)).until(() -> log.lines().stream()
                    .anyMatch(line -> line.contains(patient.toString()) && line.contains("fell silent")));
            assertThat(phone.post(cookie, Soap.getRpcMethods()).status()).isEqualTo(400);
        }
    }

    @Test
    @Tag("CWMP-092")
    void a_phone_that_vanished_is_served_at_once_when_it_comes_again() throws IOException {
        DeviceId device = newDevice();
        String rpc;
        try (ScriptedPhone phone = ScriptedPhone.connect(port(), device)) {
            phone.completes(EventCode.BOOT);
            rpc = server.rest().queue(device.encoded(), "GetRPCMethods", "{}");
        }
        for (int cut = 0; cut < 2; cut++) {
            try (RawPhone phone = RawPhone.connect(port())) {
                String cookie = cookie(phone.post("", Soap.inform(device, "2 PERIODIC")));
                if (cut == 1) {
                    assertThat(phone.nothing(cookie).body()).contains("GetRPCMethods");
                }
            }
        }
        try (RawPhone phone = RawPhone.connect(port())) {
            String cookie = cookie(phone.post("", Soap.inform(device, "2 PERIODIC")));
            assertThat(phone.nothing(cookie).body()).contains("GetRPCMethods");
            assertThat(phone.post(
                                    cookie,
                                    Soap.envelope("<cwmp:GetRPCMethodsResponse><MethodList><string>Reboot</string>"
                                            + "</MethodList></cwmp:GetRPCMethodsResponse>"))
                            .status())
                    .isEqualTo(204);
        }
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
    }

    @Test
    @Tag("CWMP-093")
    void of_many_sessions_of_one_device_at_once_one_goes_on() throws Exception {
        DeviceId device = newDevice();
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            for (int round = 0; round < 5; round++) {
                CyclicBarrier together = new CyclicBarrier(many);
                List<Future<Answer>> informs = new ArrayList<>();
                for (int i = 0; i < many; i++) {
                    informs.add(threads.submit(() -> {
                        try (RawPhone phone = RawPhone.connect(port())) {
                            together.await();
                            return phone.post("", Soap.inform(device, "2 PERIODIC"));
                        }
                    }));
                }
                int alive = 0;
                for (Future<Answer> inform : informs) {
                    Answer answer = inform.get();
                    assertThat(answer.status()).isIn(200, 503);
                    if (answer.status() == 200) {
                        try (RawPhone phone = RawPhone.connect(port())) {
                            Answer next = phone.post(cookie(answer), Soap.getRpcMethods());
                            assertThat(next.status()).isIn(200, 400);
                            alive += next.status() == 200 ? 1 : 0;
                        }
                    }
                }
                assertThat(alive).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("CWMP-241")
    void two_devices_behind_one_connection_do_not_mix() throws IOException {
        DeviceId first = newDevice();
        DeviceId second = newDevice();
        try (RawPhone proxy = RawPhone.connect(port())) {
            String one = cookie(proxy.post("", Soap.inform(first, "1 BOOT")));
            String two = cookie(proxy.post("", Soap.inform(second, "1 BOOT")));
            assertThat(one).isNotEqualTo(two);
            for (String cookie : new String[] {two, one}) {
                assertThat(proxy.nothing(cookie).body()).contains("SetParameterValues");
            }
            for (String cookie : new String[] {one, two}) {
                assertThat(proxy.post(cookie, Soap.setParameterValuesResponse()).status())
                        .isEqualTo(204);
            }
        }
        assertThat(ending(first)).isEqualTo("ended well");
        assertThat(ending(second)).isEqualTo("ended well");
    }
}
