package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import carillon.rpc.play.Play;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The session table of the architecture, every cell: what is answered to each message in each phase, and what comes next. */
class SessionTableTest {
    /**
     * One line per message; per phase the answer and the next phase. {@code 204} is no body, {@code 400} a refusal. In
     * ACS_TURN a GetParameterValues is outstanding and nothing is queued behind it.
     */
    private static final String TABLE = """
        message                         | AWAITING_INFORM               | PHONE_TURN                                         | ACS_TURN                                         | CLOSED
        Inform                          | InformResponse PHONE_TURN     | InformResponse PHONE_TURN                          | InformResponse PHONE_TURN                        | InformResponse PHONE_TURN
        Inform of another               | InformResponse PHONE_TURN     | 400 CLOSED                                         | 400 CLOSED                                       | InformResponse PHONE_TURN
        GetRPCMethods                   | 400 CLOSED                    | GetRPCMethodsResponse PHONE_TURN                   | GetRPCMethodsResponse ACS_TURN                   | 400 CLOSED
        TransferComplete                | 400 CLOSED                    | TransferCompleteResponse PHONE_TURN                | TransferCompleteResponse ACS_TURN                | 400 CLOSED
        AutonomousTransferComplete      | 400 CLOSED                    | AutonomousTransferCompleteResponse PHONE_TURN      | AutonomousTransferCompleteResponse ACS_TURN      | 400 CLOSED
        Kicked                          | 400 CLOSED                    | KickedResponse PHONE_TURN                          | KickedResponse ACS_TURN                          | 400 CLOSED
        RequestDownload                 | 400 CLOSED                    | RequestDownloadResponse PHONE_TURN                 | RequestDownloadResponse ACS_TURN                 | 400 CLOSED
        DUStateChangeComplete           | 400 CLOSED                    | DUStateChangeCompleteResponse PHONE_TURN           | DUStateChangeCompleteResponse ACS_TURN           | 400 CLOSED
        AutonomousDUStateChangeComplete | 400 CLOSED                    | AutonomousDUStateChangeCompleteResponse PHONE_TURN | AutonomousDUStateChangeCompleteResponse ACS_TURN | 400 CLOSED
        X_Vendor_Greets                 | 400 CLOSED                    | Fault PHONE_TURN                                   | Fault ACS_TURN                                   | 400 CLOSED
        empty                           | 204 AWAITING_INFORM           | GetParameterValues ACS_TURN                        | 204 CLOSED                                       | 204 CLOSED
        Fault                           | 400 CLOSED                    | 400 CLOSED                                         | 204 CLOSED                                       | 400 CLOSED
        GetParameterValuesResponse      | 400 CLOSED                    | 400 CLOSED                                         | 204 CLOSED                                       | 400 CLOSED
        RebootResponse                  | 400 CLOSED                    | 400 CLOSED                                         | 400 CLOSED                                       | 400 CLOSED
        Reboot                          | 400 CLOSED                    | 400 CLOSED                                         | 400 CLOSED                                       | 400 CLOSED
        InformResponse                  | 400 CLOSED                    | 400 CLOSED                                         | 400 CLOSED                                       | 400 CLOSED
        """;

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        String[] lines = TABLE.split("\n");
        String[] phases = lines[0].split("\\|");
        for (int row = 1; row < lines.length; row++) {
            String[] columns = lines[row].split("\\|");
            for (int column = 1; column < columns.length; column++) {
                cells.add(Arguments.of(
                        SessionPhase.valueOf(phases[column].strip()), columns[0].strip(), columns[column].strip()));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("cells")
    @Tag("CWMP-085")
    @Tag("CWMP-088")
    @Tag("CWMP-130")
    @Tag("CWMP-086")
    void each_message_in_each_phase_has_its_answer(SessionPhase phase, String message, String expected) {
        Play play = inPhase(phase);
        assertThat(play.session().phase()).isEqualTo(phase);
        Optional<CwmpMessage> answer = play.sends(
                Envelope.of(Optional.of("1"), WireStyle.DEFAULT, messages().get(message)), false);
        String status = play.lastTurn() instanceof Turn.Refuse
                ? "400"
                : answer.map(CwmpMessage::name).orElse("204");
        assertThat(status + " " + play.session().phase()).isEqualTo(expected);
    }

    @Test
    void the_table_has_every_message_in_every_phase() {
        assertThat(cells().count()).isEqualTo((long) messages().size() * SessionPhase.values().length);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cells")
    @Tag("CWMP-070")
    void no_answer_comes_in_another_style_and_every_refusal_has_a_reason(
            SessionPhase phase, String message, String expected) {
        Play play = inPhase(phase);
        play.sends(
                Envelope.of(
                        Optional.of("a<b&\"c"), WireStyle.DEFAULT, messages().get(message)),
                false);
        if (expected.startsWith("400")) {
            assertThat(play.refusal()).isNotBlank();
        } else if (play.lastAnswer().isPresent()) {
            Envelope answer = play.lastAnswer().get();
            assertThat(answer.style()).isEqualTo(WireStyle.DEFAULT);
            boolean ours = answer.message() instanceof AcsRequest;
            assertThat(answer.id()).contains(ours ? "1" : "a<b&\"c");
        }
    }

    private static Play inPhase(SessionPhase phase) {
        Play play = new Play().knownPhone();
        play.begins();
        if (phase == SessionPhase.AWAITING_INFORM) {
            return play;
        }
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.\"]}");
        play.informs(EventCode.PERIODIC);
        if (phase == SessionPhase.PHONE_TURN) {
            return play;
        }
        play.empty();
        if (phase == SessionPhase.ACS_TURN) {
            return play;
        }
        play.answers(new CpeResponse.GetParameterValuesResponse(List.of()));
        return play;
    }

    private static Map<String, CwmpMessage> messages() {
        Fault none = new Fault(0, "", List.of());
        Map<String, CwmpMessage> all = new LinkedHashMap<>();
        all.put("Inform", Play.inform(Play.ID, List.of(Event.of(EventCode.PERIODIC))));
        all.put("Inform of another", Play.inform(new DeviceId("00562B", "", "OTHER"), List.of()));
        for (CwmpMessage message : List.of(
                new CpeRequest.GetRpcMethods(),
                new CpeRequest.TransferComplete("", none, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN),
                new CpeRequest.AutonomousTransferComplete(
                        "", "", true, "", 0, "", none, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN),
                new CpeRequest.Kicked("", "", "", ""),
                new CpeRequest.RequestDownload("1 Firmware Upgrade Image", List.of()),
                new CpeRequest.DuStateChangeComplete(List.of(), ""),
                new CpeRequest.AutonomousDuStateChangeComplete(List.of()),
                new Empty(),
                new FaultMessage(Fault.of(FaultCode.INVALID_PARAMETER_NAME)),
                new CpeResponse.GetParameterValuesResponse(List.of()),
                new CpeResponse.RebootResponse(),
                new AcsRequest.Reboot("x"),
                new AcsResponse.InformResponse(1))) {
            all.put(message.name(), message);
        }
        all.put("X_Vendor_Greets", new CpeRequest.Unknown("X_Vendor_Greets"));
        return all;
    }
}
