package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.WireStyle;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.session.SessionPhase;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that die after a request has left: what may be repeated is, what may not is looked at or left to a person. */
class LostAnswerTest {
    private static final String TABLE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";

    private final Play play = new Play().knownPhone().speaks(WireStyle.of(CwmpVersion.V1_2));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GetRPCMethods          | {}",
                "GetParameterNames      | {\"path\":\"Device.\",\"nextLevel\":true}",
                "GetParameterValues     | {\"paths\":[\"Device.\"]}",
                "SetParameterValues     | {\"values\":[{\"path\":\"Device.X\",\"value\":\"1\"}]}",
                "GetParameterAttributes | {\"paths\":[\"Device.X\"]}",
                "SetParameterAttributes | {\"attributes\":[{\"path\":\"Device.X\",\"notification\":2}]}",
                "GetQueuedTransfers     | {}",
                "GetAllQueuedTransfers  | {}",
                "GetOptions             | {}",
            })
    @Tag("CWMP-098")
    void what_may_be_repeated_is_sent_again_in_the_next_session(String method, String arguments) {
        String id = play.queue(AcsMethod.of(method).orElseThrow(), arguments);
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.asked()).hasSize(1);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);

        play.visits(EventCode.PERIODIC);
        assertThat(play.asked()).hasSize(2);
        assertThat(play.asked().get(1)).isEqualTo(play.asked().get(0));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Reboot       | {}",
                "FactoryReset | {}",
                "Download     | {\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}",
                "Upload       | {\"fileType\":\"2 Vendor Log File\",\"url\":\"http://192.0.2.1/f\"}",
                "ScheduleInform | {\"delay\":\"1h\"}",
                "ScheduleDownload | {\"fileType\":\"2 Web"
                        + " Content\",\"url\":\"http://192.0.2.1/f\",\"windows\":[{\"end\":\"1h\"}]}",
                "ChangeDUState | {\"operations\":[{\"operation\":\"install\",\"url\":\"http://192.0.2.1/m\"}]}",
            })
    @Tag("CWMP-098")
    void what_would_do_harm_is_not_sent_again_and_a_person_decides(String method, String arguments) {
        String id = play.queue(AcsMethod.of(method).orElseThrow(), arguments);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.visits(EventCode.PERIODIC).visits(EventCode.PERIODIC);
        assertThat(play.asked()).hasSize(1);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
        assertThat(play.rpc(id).note()).contains(method).contains("queue it again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Reboot       | {}",
                "FactoryReset | {}",
                "Download     | {\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}",
                "Upload       | {\"fileType\":\"2 Vendor Log File\",\"url\":\"http://192.0.2.1/f\"}",
                "ScheduleInform | {\"delay\":\"1h\"}",
                "ScheduleDownload | {\"fileType\":\"2 Web"
                        + " Content\",\"url\":\"http://192.0.2.1/f\",\"windows\":[{\"end\":\"1h\"}]}",
                "ChangeDUState | {\"operations\":[{\"operation\":\"install\",\"url\":\"http://192.0.2.1/m\"}]}",
            })
    @Tag("CWMP-098")
    void what_was_acknowledged_is_never_sent_again_and_waits_for_its_report(String method, String arguments) {
        String id = play.queue(AcsMethod.of(method).orElseThrow(), arguments);
        play.visits(EventCode.PERIODIC).visits(EventCode.PERIODIC).visits(EventCode.PERIODIC);
        assertThat(play.asked()).hasSize(1);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    @Tag("CWMP-098")
    @Tag("CWMP-117")
    void a_reboot_whose_answer_was_lost_succeeds_by_its_event() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.informs(List.of(Event.of(EventCode.BOOT), Event.of(EventCode.M_REBOOT, id)));
        play.obeys();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.asked(AcsRequest.Reboot.class)).isEqualTo(1);
    }

    @Test
    void a_late_report_settles_what_was_unconfirmed() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
        play.informs(List.of(Event.of(EventCode.M_REBOOT, id)));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void a_download_whose_answer_was_lost_succeeds_when_the_transfer_is_reported_before_our_turn() {
        String id = play.queue(
                AcsMethod.DOWNLOAD, "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.informs(List.of(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, id)));
        play.sends(
                new CpeRequest.TransferComplete(id, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        play.obeys();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.asked(AcsRequest.Download.class)).isEqualTo(1);
    }

    @Test
    @Tag("CWMP-098")
    void an_add_object_is_looked_at_before_it_is_sent() {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        assertThat(play.empty()).contains(new AcsRequest.GetParameterNames(TABLE, true));
        assertThat(play.answers(table(1, 2))).contains(new AcsRequest.AddObject(TABLE, id));
        assertThat(play.rpc(id).evidence()).isEqualTo("{\"instances\":[1,2]}");
        assertThat(play.answers(new CpeResponse.AddObjectResponse(3, 0))).isEmpty();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).result()).contains("{\"instance\":3,\"status\":0}");
        assertThat(play.store.names()).containsKey(TABLE + "3.");
    }

    @Test
    void an_add_object_that_never_left_is_sent_in_the_next_session() {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.informs(EventCode.PERIODIC);
        assertThat(play.empty()).contains(new AcsRequest.GetParameterNames(TABLE, true));
        play.answers(table(1));
        play.answers(new CpeResponse.AddObjectResponse(2, 0));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.asked(AcsRequest.AddObject.class)).isEqualTo(1);
    }

    @Test
    @Tag("CWMP-098")
    void an_add_object_that_the_table_shows_was_done_is_not_sent_again() {
        String id = addObjectLost(1, 2);
        play.informs(EventCode.PERIODIC);
        assertThat(play.empty()).contains(new AcsRequest.GetParameterNames(TABLE, true));
        assertThat(play.answers(table(1, 2, 7))).isEmpty();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).result()).contains("{\"instance\":7,\"status\":0}");
        assertThat(play.asked(AcsRequest.AddObject.class)).isEqualTo(1);
    }

    @Test
    void an_add_object_that_the_table_shows_was_not_done_is_sent_again_with_new_evidence() {
        String id = addObjectLost(1, 2);
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.answers(table(1, 2))).contains(new AcsRequest.GetParameterNames(TABLE, true));
        assertThat(play.rpc(id).evidence()).isEmpty();
        assertThat(play.answers(table(1, 2))).contains(new AcsRequest.AddObject(TABLE, id));
        play.answers(new CpeResponse.AddObjectResponse(3, 0));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void evidence_of_an_earlier_sending_is_not_taken_for_evidence_of_the_next() {
        String id = addObjectLost(1, 2);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1, 2)); // not done, claimed again, and the session dies before the second look is answered
        play.informs(EventCode.PERIODIC);
        play.empty(); // meanwhile somebody added an instance at the phone: without old evidence it is simply sent
        assertThat(play.answers(table(1, 2, 9))).contains(new AcsRequest.AddObject(TABLE, id));
        assertThat(play.rpc(id).evidence()).isEqualTo("{\"instances\":[1,2,9]}");
    }

    @Test
    void an_add_object_of_which_the_table_does_not_tell_is_left_to_a_person() {
        String id = addObjectLost(1, 2);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1, 2, 3, 4));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
        assertThat(play.rpc(id).note()).contains("[1, 2]").contains("[1, 2, 3, 4]");
    }

    @Test
    void an_add_object_is_left_to_a_person_where_the_phone_refuses_to_be_looked_at() {
        String id = addObjectLost(1);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.refuses(FaultCode.RESOURCES_EXCEEDED);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
    }

    @Test
    void a_phone_that_refuses_the_first_look_is_asked_all_the_same_but_only_once() {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.refuses(FaultCode.INVALID_PARAMETER_NAME)).contains(new AcsRequest.AddObject(TABLE, id));
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
        assertThat(play.asked(AcsRequest.AddObject.class)).isEqualTo(1);
    }

    @Test
    void a_delete_object_that_the_table_shows_was_done_succeeds_and_its_parameters_are_forgotten() {
        String id = deleteObjectLost();
        play.store.names().put(TABLE + "2.", new ParameterInfo(TABLE + "2.", true));
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.store.names()).doesNotContainKey(TABLE + "2.");
        assertThat(play.asked(AcsRequest.DeleteObject.class)).isEqualTo(1);
    }

    @Test
    void a_delete_object_that_the_table_shows_was_not_done_is_sent_again() {
        String id = deleteObjectLost();
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1, 2));
        play.answers(table(1, 2));
        play.answers(new CpeResponse.DeleteObjectResponse(0));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.asked(AcsRequest.DeleteObject.class)).isEqualTo(2);
    }

    @Test
    void leftovers_are_settled_before_anything_new_is_claimed() {
        String first =
                play.queue(AcsMethod.SET_PARAMETER_VALUES, "{\"values\":[{\"path\":\"Device.X\",\"value\":\"1\"}]}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.queue(AcsMethod.SET_PARAMETER_VALUES, "{\"values\":[{\"path\":\"Device.X\",\"value\":\"2\"}]}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.asked().stream().map(asked -> ((AcsRequest.SetParameterValues) asked)
                        .values()
                        .get(0)
                        .value()))
                .containsExactly("1", "1", "2");
        assertThat(play.rpc(first).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void a_request_that_is_never_answered_is_not_repeated_for_ever() {
        String id = play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.\"]}");
        for (int i = 0; i < 30; i++) {
            play.informs(EventCode.BOOT);
            play.empty();
        }
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
        assertThat(play.asked()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = AcsMethod.class,
            names = {"REBOOT", "FACTORY_RESET"})
    @Tag("CWMP-097")
    void an_answer_of_another_method_ends_the_session_and_leaves_the_rpc_to_a_person(AcsMethod method) {
        String id = play.queue(method, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.SetParameterValuesResponse(0));
        assertThat(play.refusal()).contains(method.rpcName()).contains("SetParameterValuesResponse");
        assertThat(play.session().phase()).isEqualTo(SessionPhase.CLOSED);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
    }

    @Test
    @Tag("CWMP-097")
    void a_read_answered_with_another_method_is_read_again_in_the_next_session() {
        String id = play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.X\"]}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.RebootResponse());
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED);
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void an_empty_message_in_place_of_an_answer_counts_as_a_lost_one_and_the_session_ends() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.empty()).isEmpty();
        assertThat(play.session().phase()).isEqualTo(SessionPhase.CLOSED);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.UNCONFIRMED);
    }

    @Test
    void an_empty_message_in_place_of_the_answer_to_an_add_object_is_looked_at_in_the_next_session() {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1));
        play.empty();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(table(1, 2));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void known_misanswers_to_attributes_fail_that_rpc_and_the_session_goes_on() {
        for (CwmpMessage misanswer : List.of(new Empty(), new CpeResponse.SetParameterValuesResponse(0))) {
            Play each = new Play().knownPhone();
            String id = each.queue(
                    AcsMethod.SET_PARAMETER_ATTRIBUTES,
                    "{\"attributes\":[{\"path\":\"Device.X\",\"notification\":1}]}");
            each.queue(AcsMethod.GET_RPC_METHODS, "{}");
            each.informs(EventCode.PERIODIC);
            each.empty();
            Optional<CwmpMessage> next = each.sends(misanswer);
            assertThat(next).contains(new AcsRequest.GetRpcMethods());
            assertThat(each.rpc(id).state()).isEqualTo(RpcState.FAILED);
            assertThat(each.rpc(id).note()).contains("SetParameterAttributes");
        }
    }

    @Test
    @Tag("CWMP-092")
    void a_second_inform_in_an_open_session_starts_it_over_and_what_was_outstanding_is_a_leftover() {
        String id = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.sends(Play.inform(Play.ID, List.of(Event.of(EventCode.PERIODIC))));
        assertThat(play.session().phase()).isEqualTo(SessionPhase.PHONE_TURN);
        play.obeys().visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    private String addObjectLost(long... before) {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.answers(table(before))).contains(new AcsRequest.AddObject(TABLE, id));
        return id;
    }

    private String deleteObjectLost() {
        String id = play.queue(AcsMethod.DELETE_OBJECT, "{\"object\":\"" + TABLE + "2.\"}");
        play.informs(EventCode.PERIODIC);
        assertThat(play.empty()).contains(new AcsRequest.GetParameterNames(TABLE, true));
        assertThat(play.answers(table(1, 2))).contains(new AcsRequest.DeleteObject(TABLE + "2.", id));
        return id;
    }

    private static CpeResponse.GetParameterNamesResponse table(long... instances) {
        return new CpeResponse.GetParameterNamesResponse(LongStream.of(instances)
                .mapToObj(number -> new ParameterInfo(TABLE + number + ".", true))
                .toList());
    }
}
