package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot, or not at once: phones hear 503 and come again. */
class OverloadIT {
    @TempDir
    Path directory;

    private LocalServer server(String database, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "cpe.auth", "open", "database.url", database, "database.user", "sa", "cwmp.answer.limit", "700ms"));
        settings.addAll(List.of(more));
        return new LocalServer(directory.resolve("data"), settings.toArray(String[]::new));
    }

    private static void isPutOff(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
        assertThat(answer.body()).isEmpty();
    }

    private static Answer informs(LocalServer server, DeviceId device) throws IOException {
        try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            return phone.post("", Soap.inform(device, "2 PERIODIC"));
        }
    }

    @Test
    @Tag("CWMP-101")
    @Tag("CWMP-226")
    void a_store_that_hangs_is_told_with_503_in_time_and_all_goes_on_after() throws IOException, SQLException {
        String database = "jdbc:h2:mem:hangs";
        DeviceId device = ScriptedPhone.identity(1);
        try (LocalServer server = server(database)) {
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(EventCode.BOOT);
            }
            try (Connection other = DriverManager.getConnection(database, "sa", "")) {
                other.setAutoCommit(false);
                other.createStatement().executeQuery("SELECT * FROM device FOR UPDATE");
                isPutOff(informs(server, device));
                other.rollback();
            }
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                phone.completes(EventCode.PERIODIC);
            }
        }
    }

    @Test
    @Tag("CWMP-226")
    void a_store_that_is_gone_is_told_with_503_to_known_and_unknown_phones() throws IOException, SQLException {
        String database = "jdbc:h2:mem:gone";
        DeviceId known = ScriptedPhone.identity(1);
        try (LocalServer server = server(database)) {
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), known)) {
                phone.completes(EventCode.BOOT);
            }
            try (Connection other = DriverManager.getConnection(database, "sa", "")) {
                other.createStatement().execute("SHUTDOWN");
            }
            isPutOff(informs(server, known));
            isPutOff(informs(server, ScriptedPhone.identity(2)));
        }
    }

    @Test
    @Tag("CWMP-029")
    @Tag("CWMP-227")
    void phones_that_all_come_at_once_are_all_served_in_the_end() throws Exception {
        int phones = 400;
        try (LocalServer server =
                new LocalServer(directory.resolve("data"), "cpe.auth", "open", "cwmp.session.limit", "4")) {
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                List<Future<Integer>> visits = new ArrayList<>();
                for (int i = 0; i < phones; i++) {
                    DeviceId device = ScriptedPhone.identity(i);
                    visits.add(threads.submit(() -> served(server, device)));
                }
                int putOff = 0;
                for (Future<Integer> visit : visits) {
                    putOff += visit.get();
                }
                assertThat(putOff).isPositive();
            } finally {
                threads.shutdownNow();
            }
            assertThat(server.rest().get("/api/v1/devices?limit=1").get("total").asInt())
                    .isEqualTo(phones);
        }
    }

    /** How often the phone was put off before it was served. */
    private static int served(LocalServer server, DeviceId device) throws IOException {
        for (int putOff = 0; ; putOff++) {
            try (RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
                Answer opened = phone.post("", Soap.inform(device, "1 BOOT"));
                if (opened.status() == 200) {
                    String cookie = "Cookie: " + opened.cookie() + "\r\n";
                    assertThat(phone.nothing(cookie).status()).isEqualTo(200);
                    assertThat(phone.post(cookie, Soap.setParameterValuesResponse())
                                    .status())
                            .isEqualTo(204);
                    return putOff;
                }
                isPutOff(opened);
            }
        }
    }
}
