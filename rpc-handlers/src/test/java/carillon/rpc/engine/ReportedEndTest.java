package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.WireStyle;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Repeats;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RPCs whose end comes in a later session: by an event, by a TransferComplete, by a DUStateChangeComplete. */
class ReportedEndTest {
    private static final String LOG = "{\"fileType\":\"2 Vendor Log File\",\"url\":\"http://192.0.2.1/f\"}";
    private static final String FILE = "{\"fileType\":\"2 Web Content\",\"url\":\"http://192.0.2.1/f\"}";
    private static final String NIGHT = "{\"fileType\":\"2 Web Content\",\"url\":\"http://192.0.2.1/f\","
            + "\"windows\":[{\"start\":\"1h\",\"end\":\"2h\"}]}";
    private static final String MODULE =
            "{\"operations\":[{\"operation\":\"install\",\"url\":\"http://192.0.2.1/m\"}]}";
    private static final Fault NONE = new Fault(0, "", List.of());

    private final Play play = new Play()
            .policy(EnginePolicy.defaults(TrustMode.ENROLL).with(new Repeats(1, Duration.ZERO)))
            .knownPhone()
            .speaks(WireStyle.of(CwmpVersion.V1_2));

    private String acknowledged(AcsMethod method, String arguments) {
        String id = play.queue(method, arguments);
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        assertThat(play.rpc(id).acknowledgedAt()).isPresent();
        return id;
    }

    private void transferred(String key, Fault fault) {
        assertThat(play.sends(new CpeRequest.TransferComplete(key, fault, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))
                .contains(new AcsResponse.TransferCompleteResponse());
    }

    @Test
    @Tag("CWMP-161")
    void a_reboot_whose_report_a_factory_reset_forgot_ends_with_the_bootstrap() {
        play.calls(Proof.OPEN_LAB);
        String forgotten = acknowledged(AcsMethod.REBOOT, "{}");
        String named = acknowledged(AcsMethod.REBOOT, "{}");
        play.informs(
                List.of(Event.of(EventCode.BOOTSTRAP), Event.of(EventCode.BOOT), Event.of(EventCode.M_REBOOT, named)));
        assertThat(play.rpc(forgotten).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(named).note()).contains("M Reboot");
    }

    @Test
    @Tag("CWMP-162")
    void a_scheduled_inform_ends_with_the_event_that_names_it() {
        String id = acknowledged(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"10s\"}");
        assertThat(play.asked()).containsExactly(new AcsRequest.ScheduleInform(10, id));
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        play.informs(List.of(Event.of(EventCode.SCHEDULED), Event.of(EventCode.M_SCHEDULE_INFORM, id)));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    void a_scheduled_inform_without_a_name_ends_the_only_one_and_none_of_two() {
        String only = acknowledged(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"10s\"}");
        play.visits(EventCode.SCHEDULED);
        assertThat(play.rpc(only).state()).isEqualTo(RpcState.SUCCEEDED);
        String first = acknowledged(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"10s\"}");
        String second = acknowledged(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"20s\"}");
        play.visits(EventCode.SCHEDULED);
        assertThat(play.rpc(first).state()).isEqualTo(RpcState.SENT);
        assertThat(play.rpc(second).state()).isEqualTo(RpcState.SENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPLOAD            | M Upload           | " + LOG,
                "DOWNLOAD          | M Download         | " + FILE,
                "SCHEDULE_DOWNLOAD | M ScheduleDownload | " + NIGHT
            })
    @Tag("CWMP-119")
    @Tag("CWMP-133")
    @Tag("CWMP-134")
    @Tag("CWMP-171")
    void a_transfer_is_judged_by_its_transfer_complete_and_not_by_its_event(
            AcsMethod method, String event, String arguments) {
        String well = acknowledged(method, arguments);
        play.informs(List.of(Event.of(EventCode.TRANSFER_COMPLETE), new Event(event, well)));
        assertThat(play.rpc(well).state()).isEqualTo(RpcState.SENT);
        transferred(well, NONE);
        assertThat(play.rpc(well).state()).isEqualTo(RpcState.SUCCEEDED);
        play.obeys();

        String ill = acknowledged(method, arguments);
        play.informs(List.of(Event.of(EventCode.TRANSFER_COMPLETE), new Event(event, ill)));
        transferred(ill, Fault.of(FaultCode.UNABLE_TO_ACCESS_FILE));
        assertThat(play.rpc(ill).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(ill).fault().orElseThrow().code()).isEqualTo(9016);
        assertThat(play.store.events())
                .contains(new Event("TransferComplete", well), new Event("TransferComplete", ill));
        assertThat(play.store.details())
                .anySatisfy(details -> assertThat(details).contains("9016"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {9001, 9002, 9010, 9011, 9012, 9014, 9015, 9016, 9017, 9018, 9019, 9020, 9800, 9899, 9013, 9004, 1})
    @Tag("CWMP-180")
    @Tag("CWMP-134")
    void any_fault_code_of_a_transfer_is_read_and_fails_it(int code) {
        String id = acknowledged(AcsMethod.DOWNLOAD, FILE);
        play.informs(EventCode.TRANSFER_COMPLETE);
        transferred(id, new Fault(code, "told", List.of()));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(code);
    }

    @Test
    @Tag("CWMP-133")
    void an_empty_key_means_the_only_transfer_and_an_unknown_one_changes_nothing() {
        String id = acknowledged(AcsMethod.UPLOAD, LOG);
        play.informs(EventCode.TRANSFER_COMPLETE);
        transferred("somebody else's", NONE);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        assertThat(play.session().memory().remarks())
                .anySatisfy(line -> assertThat(line).contains("somebody else's"));
        transferred("", NONE);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).note()).contains("the only one");
    }

    @Test
    @Tag("CWMP-133")
    void an_empty_key_settles_none_of_two_transfers() {
        String first = acknowledged(AcsMethod.SCHEDULE_DOWNLOAD, NIGHT);
        String second = acknowledged(AcsMethod.SCHEDULE_DOWNLOAD, NIGHT);
        play.informs(EventCode.TRANSFER_COMPLETE);
        transferred("", NONE);
        assertThat(play.rpc(first).state()).isEqualTo(RpcState.SENT);
        assertThat(play.rpc(second).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    @Tag("CWMP-171")
    void an_upload_that_was_done_at_once_waits_for_no_report() {
        String id = play.queue(AcsMethod.UPLOAD, LOG);
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.UploadResponse(0, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(id).result()).contains("{\"status\":0}");
    }

    @Test
    @Tag("CWMP-166")
    void a_cancelled_transfer_ends_as_cancelled_and_one_too_late_goes_on() {
        String night = acknowledged(AcsMethod.SCHEDULE_DOWNLOAD, NIGHT);
        String late = play.queue(AcsMethod.CANCEL_TRANSFER, "{\"commandKey\":\"" + night + "\"}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.refuses(FaultCode.CANCEL_NOT_PERMITTED_IN_THIS_STATE);
        assertThat(play.rpc(late).fault().orElseThrow().code()).isEqualTo(9021);
        assertThat(play.rpc(night).state()).isEqualTo(RpcState.SENT);

        String cancel = play.queue(AcsMethod.CANCEL_TRANSFER, "{\"commandKey\":\"" + night + "\"}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(cancel).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(night).state()).isEqualTo(RpcState.CANCELLED);
        assertThat(play.rpc(night).note()).contains(cancel);
    }

    private static CpeRequest.DuResult unit(String state, Fault fault) {
        return new CpeRequest.DuResult(
                "01234567-89ab-4cde-8f01-23456789abcd",
                "",
                "1",
                state,
                true,
                "",
                CwmpTime.UNKNOWN,
                CwmpTime.UNKNOWN,
                fault,
                "");
    }

    @Test
    @Tag("CWMP-126")
    @Tag("CWMP-167")
    void a_change_of_deployment_units_ends_with_its_report() {
        String well = acknowledged(AcsMethod.CHANGE_DU_STATE, MODULE);
        play.informs(
                List.of(Event.of(EventCode.DU_STATE_CHANGE_COMPLETE), Event.of(EventCode.M_CHANGE_DU_STATE, well)));
        assertThat(play.rpc(well).state()).isEqualTo(RpcState.SENT);
        assertThat(play.sends(new CpeRequest.DuStateChangeComplete(List.of(unit("Installed", NONE)), well)))
                .contains(new AcsResponse.DuStateChangeCompleteResponse());
        assertThat(play.rpc(well).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(well).result().orElseThrow()).contains("\"state\":\"Installed\"");
        play.obeys();

        String ill = acknowledged(AcsMethod.CHANGE_DU_STATE, MODULE);
        play.informs(EventCode.DU_STATE_CHANGE_COMPLETE);
        play.sends(new CpeRequest.DuStateChangeComplete(
                List.of(unit("Installed", NONE), unit("Failed", Fault.of(FaultCode.UNKNOWN_DEPLOYMENT_UNIT))), ""));
        assertThat(play.rpc(ill).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(ill).fault().orElseThrow().code()).isEqualTo(9028);
        assertThat(play.rpc(ill).result().orElseThrow()).contains("Installed", "Failed");
    }
}
