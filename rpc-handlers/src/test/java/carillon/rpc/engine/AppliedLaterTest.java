package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.EventCode;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Status 1, that is "accepted, and done later", and what phones say of tables that are full or not there. */
class AppliedLaterTest {
    private static final String TABLE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";

    private final Play play = new Play().knownPhone();

    @Test
    @Tag("CWMP-148")
    void values_that_are_applied_later_are_not_yet_those_of_the_phone_and_not_read_back_at_once() {
        String id =
                play.queue(AcsMethod.SET_PARAMETER_VALUES, "{\"values\":[{\"path\":\"Device.X\",\"value\":\"1\"}]}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.answers(new CpeResponse.SetParameterValuesResponse(1))).isEmpty();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).result()).contains("{\"status\":1}");
        assertThat(play.store.values()).doesNotContainKey("Device.X");
        assertThat(play.asked()).hasSize(1);
    }

    @Test
    @Tag("CWMP-159")
    void a_row_that_is_made_later_is_told_and_not_yet_there() {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.GetParameterNamesResponse(List.of()));
        play.answers(new CpeResponse.AddObjectResponse(9, 1));
        assertThat(play.rpc(id).result()).contains("{\"instance\":9,\"status\":1}");
        assertThat(play.store.names()).doesNotContainKey(TABLE + "9.");

        String gone = play.queue(AcsMethod.DELETE_OBJECT, "{\"object\":\"" + TABLE + "9.\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.GetParameterNamesResponse(List.of()));
        play.answers(new CpeResponse.DeleteObjectResponse(1));
        assertThat(play.rpc(gone).result()).contains("{\"status\":1}");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultCode.class,
            names = {"RESOURCES_EXCEEDED", "INVALID_PARAMETER_NAME"})
    @Tag("CWMP-159")
    void a_table_that_is_full_or_not_there_is_said_with_the_phones_fault(FaultCode code) {
        String id = play.queue(AcsMethod.ADD_OBJECT, "{\"object\":\"" + TABLE + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        assertThat(play.refuses(FaultCode.INVALID_PARAMETER_NAME)).contains(new AcsRequest.AddObject(TABLE, id));
        play.refuses(code);
        assertThat(play.rpc(id).state()).isEqualTo(code.worthRetrying() ? RpcState.QUEUED : RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code.number());
    }
}
