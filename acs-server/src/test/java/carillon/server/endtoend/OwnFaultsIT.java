package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import carillon.server.cwmp.TurnGate;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that the server itself answers with, each where it belongs. */
class OwnFaultsIT {
    private static final CpeRequest.TransferComplete REPORT =
            new CpeRequest.TransferComplete("", new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);

    @TempDir
    private Path directory;

    private static int code(CwmpMessage said) {
        assertThat(said).isInstanceOf(FaultMessage.class);
        return ((FaultMessage) said).fault().code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<DeviceId>.*</DeviceId>", "<OUI>.*</OUI>", "<SerialNumber>.*</SerialNumber>"})
    @Tag("CWMP-131")
    @Tag("CWMP-186")
    void an_inform_that_does_not_say_who_speaks_is_answered_with_8003(String missing) throws IOException {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
                RawPhone phone = RawPhone.connect(server.port("cwmp.http"))) {
            Answer answer = phone.post(
                    "",
                    Soap.inform(ScriptedPhone.identity(1), "1 BOOT")
                            .replace("\n", "")
                            .replaceAll(missing, ""));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("<FaultCode>8003</FaultCode>", "Client");
        }
    }

    @Test
    @Tag("CWMP-131")
    void a_wish_for_a_file_of_no_kind_is_answered_with_8003_and_the_session_goes_on() throws IOException {
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
                ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ScriptedPhone.identity(1))) {
            phone.informs(EventCode.REQUEST_DOWNLOAD);
            assertThat(code(phone.sends(new CpeRequest.RequestDownload("", List.of()))))
                    .isEqualTo(8003);
            assertThat(phone.sends(REPORT)).isInstanceOf(AcsResponse.TransferCompleteResponse.class);
        }
    }

    @Test
    @Tag("CWMP-131")
    @Tag("CWMP-186")
    void trouble_of_the_server_itself_is_told_with_8002_and_the_next_try_is_served() throws IOException {
        Set<String> broken = ConcurrentHashMap.newKeySet();
        TurnGate gate = (moment, device, message, onward) -> {
            if (moment == TurnGate.Moment.STORED && broken.remove(message.name())) {
                throw new IllegalStateException("broken on purpose");
            }
            onward.run();
        };
        DeviceId device = ScriptedPhone.identity(1);
        try (LocalServer server = new LocalServer(gate, directory.resolve("data"), "cpe.auth", "open")) {
            int port = server.port("cwmp.http");
            broken.add("Inform");
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                assertThat(code(phone.informs(EventCode.BOOTSTRAP))).isEqualTo(8002);
                assertThat(phone.heard().id()).isPresent();
            }
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                phone.completes(EventCode.BOOTSTRAP);
            }
            broken.add("TransferComplete");
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                phone.informs(EventCode.TRANSFER_COMPLETE);
                assertThat(code(phone.sends(REPORT))).isEqualTo(8002);
            }
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                phone.informs(EventCode.TRANSFER_COMPLETE);
                assertThat(phone.sends(REPORT)).isInstanceOf(AcsResponse.TransferCompleteResponse.class);
                assertThat(phone.hasNothingMore()).isInstanceOf(Empty.class);
            }
        }
    }

    /** A gate with somebody behind it who changes the rows of devices whenever a message is about to be taken. */
    private static TurnGate meddling(String database, AtomicBoolean on) {
        return (moment, device, message, onward) -> {
            if (on.get() && moment == TurnGate.Moment.HEARD) {
                try (Connection other = DriverManager.getConnection(database, "sa", "")) {
                    other.createStatement().executeUpdate("UPDATE device SET version = version + 1");
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            }
            onward.run();
        };
    }

    @Test
    @Tag("CWMP-131")
    @Tag("CWMP-132")
    void a_phone_whose_row_others_are_changing_is_asked_to_repeat_three_times_then_put_off() throws IOException {
        String database = "jdbc:h2:mem:meddled";
        DeviceId device = ScriptedPhone.identity(1);
        AtomicBoolean meddled = new AtomicBoolean();
        try (LocalServer server = new LocalServer(
                meddling(database, meddled),
                directory.resolve("data"),
                "cpe.auth",
                "open",
                "database.url",
                database,
                "database.user",
                "sa",
                "database.password",
                "")) {
            int port = server.port("cwmp.http");
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                phone.completes(EventCode.BOOT);
            }
            meddled.set(true);
            try (RawPhone phone = RawPhone.connect(port)) {
                String cookie = "";
                for (int i = 0; i < 3; i++) {
                    Answer answer = phone.post(cookie, Soap.inform(device, "2 PERIODIC"));
                    assertThat(answer.status()).as("try %d", i).isEqualTo(200);
                    assertThat(answer.body()).contains("<FaultCode>8005</FaultCode>", "Server");
                    cookie = "Cookie: " + answer.cookie() + "\r\n";
                }
                Answer last = phone.post(cookie, Soap.inform(device, "2 PERIODIC"));
                assertThat(last.status()).isEqualTo(503);
                assertThat(Integer.parseInt(last.header("retry-after"))).isPositive();
            }
            meddled.set(false);
            try (ScriptedPhone phone = ScriptedPhone.connect(port, device)) {
                phone.completes(EventCode.PERIODIC);
            }
        }
    }
}
