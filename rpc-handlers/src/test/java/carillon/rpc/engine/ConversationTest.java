package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeResponse;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.session.SessionPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole conversations of one phone: what it is asked, and what becomes of it. */
class ConversationTest {
    private final Play play = new Play().knownPhone();

    @Test
    @Tag("CWMP-103")
    @Tag("CWMP-100")
    void a_phone_that_has_everything_is_asked_nothing() {
        assertThat(play.informs(EventCode.PERIODIC)).contains(new AcsResponse.InformResponse(1));
        assertThat(play.empty()).isEmpty();
        assertThat(play.session().phase()).isEqualTo(SessionPhase.CLOSED);
        assertThat(play.lastTurn().effects()).isEmpty();
        assertThat(play.store.events()).containsExactly(Event.of(EventCode.PERIODIC));
    }

    @Test
    @Tag("CWMP-117")
    @Tag("CWMP-160")
    void a_queued_reboot_reaches_the_phone_once_and_ends_when_the_phone_reports_it() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.visits(EventCode.CONNECTION_REQUEST);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        assertThat(play.rpc(id).acknowledgedAt()).isPresent();

        play.informs(List.of(Event.of(EventCode.BOOT), Event.of(EventCode.M_REBOOT, id)));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        play.obeys().visits(EventCode.PERIODIC);
        assertThat(play.asked()).containsExactly(new AcsRequest.Reboot(id));
    }

    @Test
    @Tag("CWMP-087")
    @Tag("CWMP-096")
    @Tag("CWMP-099")
    void a_fault_of_one_rpc_does_not_keep_the_next_from_being_sent() {
        String first = play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.Nothing\"]}");
        String second = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.refuses(FaultCode.INVALID_PARAMETER_NAME);
        assertThat(play.answers(new CpeResponse.GetRpcMethodsResponse(List.of("Reboot"))))
                .isEmpty();
        assertThat(play.rpc(first).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(first).fault())
                .hasValueSatisfying(f -> assertThat(f.code()).isEqualTo(9005));
        assertThat(play.rpc(second).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(second).result()).contains("{\"methods\":[\"Reboot\"]}");
    }

    @Test
    void a_fault_is_an_answer_and_ends_the_rpc_at_once() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.refuses(FaultCode.METHOD_NOT_SUPPORTED);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        play.obeys().visits(EventCode.PERIODIC);
        assertThat(play.asked(AcsRequest.Reboot.class)).isEqualTo(1);
    }

    @Test
    void a_download_that_a_phone_has_no_room_for_is_asked_again_in_later_sessions_and_three_times_at_most() {
        String id = play.queue(
                AcsMethod.DOWNLOAD, "{\"fileType\":\"3 Vendor Configuration File\",\"url\":\"http://127.0.0.1/f\"}");
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED);
            play.informs(EventCode.PERIODIC);
            play.empty();
            assertThat(play.refuses(FaultCode.RESOURCES_EXCEEDED)).isEmpty();
            play.later(Duration.ofHours(1));
        }
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.asked(AcsRequest.Download.class)).isEqualTo(3);
    }

    @Test
    @Tag("CWMP-007")
    void what_the_version_of_a_phone_does_not_know_is_not_sent_and_the_rpc_says_so() {
        String id = play.queue(
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{\"attributes\":[{\"path\":\"Device.DeviceInfo.\",\"notification\":4}]}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).note()).contains("notification 4").contains("CWMP 1.");
        assertThat(play.asked(AcsRequest.SetParameterAttributes.class)).isZero();
    }
}
