package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Repeats;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which faults end an RPC, and which ones put it off (CWMP-184). */
class RepeatsTest {
    private static final String FILE = "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://127.0.0.1/f\"}";
    private static final String TABLE = "{\"object\":\"Device.X.\"}";

    private final Play play = new Play().knownPhone();

    /** A session in which the phone refuses everything so. */
    private Instant refused(int code) {
        play.plays(request -> Optional.<CwmpMessage>of(new FaultMessage(new Fault(code, "told", List.of()))));
        return play.now();
    }

    private void reported(String id, int code) {
        play.informs(EventCode.TRANSFER_COMPLETE);
        play.sends(new CpeRequest.TransferComplete(
                id, new Fault(code, "told", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        play.obeys();
    }

    private int sent(String id) {
        return play.rpc(id).attempts();
    }

    @ParameterizedTest
    @ValueSource(ints = {9000, 9003, 9005, 9006, 9007, 9008, 9009, 9012, 9013, 9021, 9800, 9899, 9999, 0, 1})
    @Tag("CWMP-184")
    void what_a_repetition_would_not_change_ends_the_rpc_at_once(int code) {
        List<String> ids = List.of(
                play.queue(AcsMethod.REBOOT, "{}"),
                play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.X.Y\"]}"),
                play.queue(AcsMethod.DOWNLOAD, FILE));
        refused(code);
        for (String id : ids) {
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
            assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code);
        }
        play.later(Duration.ofDays(1)).visits(EventCode.PERIODIC);
        assertThat(ids).allSatisfy(id -> assertThat(sent(id)).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {9001, 9002, 9004, 9010, 9011, 9014, 9015, 9016, 9017, 9018, 9019, 9020})
    @Tag("CWMP-184")
    void what_may_pass_is_asked_again_with_a_growing_delay_and_three_times_at_most(int code) {
        String id = play.queue(AcsMethod.DOWNLOAD, FILE);
        Instant first = refused(code);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED);
        assertThat(play.rpc(id).notBefore()).contains(first.plus(Duration.ofMinutes(1)));
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code);
        assertThat(play.rpc(id).note())
                .contains("attempt 1 of 3", code + " told", first.plus(Duration.ofMinutes(1)) + "");

        play.later(Duration.ofSeconds(30)).visits(EventCode.PERIODIC);
        assertThat(sent(id)).as("too early").isEqualTo(1);
        play.later(Duration.ofSeconds(31));
        Instant second = refused(code);
        assertThat(sent(id)).isEqualTo(2);
        assertThat(play.rpc(id).notBefore()).contains(second.plus(Duration.ofMinutes(2)));

        play.later(Duration.ofMinutes(2));
        refused(code);
        assertThat(sent(id)).isEqualTo(3);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {9001, 9002, 9010, 9011, 9014, 9015, 9016, 9017, 9018, 9019, 9020})
    @Tag("CWMP-184")
    @Tag("CWMP-180")
    void a_transfer_whose_failure_is_reported_is_asked_again_when_the_reason_may_have_passed(int code) {
        String id = play.queue(AcsMethod.DOWNLOAD, FILE);
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).acknowledgedAt()).isPresent();
        reported(id, code);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code);
        assertThat(play.rpc(id).acknowledgedAt()).isEmpty();
        reported(id, code);
        assertThat(sent(id)).as("the same report once more").isEqualTo(1);
        play.later(Duration.ofMinutes(1)).visits(EventCode.PERIODIC);
        assertThat(sent(id)).isEqualTo(2);
        reported(id, 0);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).fault()).isEmpty();
        play.later(Duration.ofDays(1)).visits(EventCode.PERIODIC);
        assertThat(play.asked(AcsRequest.Download.class)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {9012, 9013, 9003, 9800})
    @Tag("CWMP-184")
    void a_transfer_whose_failure_will_not_pass_fails_with_the_report(int code) {
        String id = play.queue(AcsMethod.UPLOAD, "{\"fileType\":\"2 Vendor Log File\",\"url\":\"http://127.0.0.1/f\"}");
        play.visits(EventCode.PERIODIC);
        reported(id, code);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).note().contains("\"username\" and \"password\""))
                .as("credentials are asked for")
                .isEqualTo(code == 9012);
    }

    @Test
    @Tag("CWMP-184")
    void a_file_server_that_wants_a_login_makes_the_rpc_ask_for_one() {
        String id = play.queue(AcsMethod.DOWNLOAD, FILE);
        refused(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE.number());
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).note()).contains("user name and a password", "queue it again");
    }

    @Test
    @Tag("CWMP-184")
    void reads_and_looks_are_put_off_like_everything_else() {
        String read = play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.X.Y\"]}");
        String add = play.queue(AcsMethod.ADD_OBJECT, TABLE);
        String set = play.queue(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":[{\"path\":\"Device.X.Y\",\"value\":\"v\",\"type\":\"xsd:string\"}]}");
        refused(9002);
        assertThat(List.of(read, add, set))
                .allSatisfy(id -> assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED));
        assertThat(play.rpc(add).evidence()).as("the next sending looks anew").isEmpty();
        play.later(Duration.ofMinutes(2)).visits(EventCode.PERIODIC);
        assertThat(List.of(read, add, set)).allSatisfy(id -> {
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
            assertThat(sent(id)).isEqualTo(2);
        });
    }

    @Test
    void what_a_phone_refused_and_did_all_the_same_is_not_asked_again() {
        String reboot = play.queue(AcsMethod.REBOOT, "{}");
        String reset = play.queue(AcsMethod.FACTORY_RESET, "{}");
        String download = play.queue(AcsMethod.DOWNLOAD, FILE);
        refused(9002);
        play.trust(TrustMode.OPEN).calls(Proof.OPEN_LAB).later(Duration.ofHours(1));
        play.informs(List.of(
                Event.of(EventCode.BOOTSTRAP), Event.of(EventCode.BOOT), new Event(EventCode.M_REBOOT.text(), reboot)));
        play.sends(new CpeRequest.TransferComplete(
                download, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        play.obeys();
        assertThat(List.of(reboot, reset, download)).allSatisfy(id -> {
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
            assertThat(sent(id)).isEqualTo(1);
        });
    }

    @Test
    void a_factory_reset_that_never_left_is_not_done_by_a_phone_that_starts_anew() {
        play.trust(TrustMode.OPEN).calls(Proof.OPEN_LAB);
        String later = play.queue(AcsMethod.FACTORY_RESET, "{}");
        play.informs(EventCode.BOOTSTRAP);
        assertThat(play.rpc(later).state()).isEqualTo(RpcState.QUEUED);
    }

    @Test
    void a_long_text_of_a_phone_does_not_hide_when_it_is_asked_again() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.plays(request -> Optional.<CwmpMessage>of(new FaultMessage(new Fault(9002, "x".repeat(5000), List.of()))));
        assertThat(play.rpc(id).note()).hasSizeLessThan(500).contains("it is asked again in the first session after");
    }

    @Test
    void one_attempt_means_that_nothing_is_repeated() {
        play.policy(EnginePolicy.defaults(TrustMode.ENROLL).with(new Repeats(1, Duration.ofMinutes(1))));
        String id = play.queue(AcsMethod.DOWNLOAD, FILE);
        refused(9004);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
    }
}
