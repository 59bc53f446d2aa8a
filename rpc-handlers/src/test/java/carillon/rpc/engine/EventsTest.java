package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.enrol.InformPlan;
import carillon.rpc.play.Play;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.SessionPhase;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events of an Inform lead to. */
class EventsTest {
    private static final String PING = "Device.LAN.IPPingDiagnostics.";

    private final Play play = new Play().knownPhone();

    /** An Inform that says something beside what every one says. */
    private void informs(List<Event> events, ParameterValue... more) {
        CpeRequest.Inform usual = Play.inform(Play.ID, events);
        List<ParameterValue> values = new ArrayList<>(usual.parameters());
        values.addAll(List.of(more));
        play.sends(
                Envelope.of(
                        Optional.of("1"),
                        WireStyle.DEFAULT,
                        new CpeRequest.Inform(usual.device(), "Cisco", events, 1, CwmpTime.of(Play.START), 0, values)),
                true);
    }

    private void readmitted() {
        play.store.put(play.device().withTrust(new Device.Trust(CredentialState.NONE, 0, Optional.empty(), true)));
    }

    @Test
    @Tag("CWMP-115")
    @Tag("CWMP-116")
    @Tag("CWMP-153")
    void a_bootstrap_alone_forgets_what_was_known_and_provisions_anew() {
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.X\"]}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.store.values()).containsKey("Device.X");
        assertThat(play.device().reported().parameterKey()).isEqualTo("before");
        readmitted();
        play.informs(EventCode.BOOTSTRAP);
        assertThat(play.store.values()).doesNotContainKey("Device.X").containsKey("Device.DeviceInfo.SoftwareVersion");
        assertThat(play.device().presence().informPlan()).isEmpty();
        assertThat(play.device().spoken().methods()).isEmpty();
        assertThat(play.empty().orElseThrow())
                .as("the inform plan is set again")
                .isInstanceOfSatisfying(AcsRequest.SetParameterValues.class, set -> assertThat(set.values())
                        .anySatisfy(value -> assertThat(value.path()).endsWith("PeriodicInformInterval")));
        play.answers(new CpeResponse.SetParameterValuesResponse(0));
        assertThat(play.device().presence().informPlan())
                .isEqualTo(InformPlan.of(play.device(), Duration.ofHours(1)).text());
    }

    @Test
    @Tag("CWMP-115")
    @Tag("CWMP-153")
    void a_bootstrap_voids_the_parameter_key_and_the_credentials_that_were_given() {
        play.trust(TrustMode.OPEN).calls(Proof.OPEN_LAB);
        play.store.put(play.device().withTrust(Play.trust(CredentialState.SEEN, 3)));
        play.visits(EventCode.PERIODIC);
        assertThat(play.device().reported().parameterKey()).isEqualTo("before");
        CpeRequest.Inform usual = Play.inform(Play.ID, List.of(Event.of(EventCode.BOOTSTRAP)));
        List<ParameterValue> without = usual.parameters().stream()
                .filter(value -> !value.path().endsWith("ParameterKey"))
                .toList();
        play.sends(
                Envelope.of(
                        Optional.of("1"),
                        WireStyle.DEFAULT,
                        new CpeRequest.Inform(
                                Play.ID, "Cisco", usual.events(), 1, CwmpTime.of(Play.START), 0, without)),
                true);
        assertThat(play.device().reported().parameterKey()).isEmpty();
        assertThat(play.device().reported().rootObject()).isEqualTo("Device.");
        assertThat(play.device().trust().credentials()).isEqualTo(CredentialState.NONE);
    }

    @Test
    @Tag("CWMP-117")
    void a_boot_alone_ends_a_reboot_that_was_taken_on_and_another_key_does_not() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.visits(EventCode.PERIODIC);
        play.informs(List.of(Event.of(EventCode.M_REBOOT, "0".repeat(25) + "9")));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        play.obeys().visits(EventCode.BOOT);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    @Tag("CWMP-118")
    void a_phone_that_was_called_is_asked_what_waits_in_that_session() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.CONNECTION_REQUEST);
        assertThat(play.empty()).contains(new AcsRequest.Reboot(id));
    }

    @Test
    @Tag("CWMP-120")
    void a_changed_value_is_kept_and_named_though_an_earlier_inform_said_the_same() {
        ParameterValue user = ParameterValue.string("Device.Services.VoiceService.1.X_User", "ann");
        informs(List.of(Event.of(EventCode.PERIODIC)), user);
        play.obeys();
        play.queue(
                AcsMethod.SET_PARAMETER_VALUES, "{\"values\":[{\"path\":\"" + user.path() + "\",\"value\":\"bob\"}]}");
        informs(List.of(Event.of(EventCode.PERIODIC)), user);
        play.obeys();
        assertThat(play.store.values().get(user.path()).value()).isEqualTo("bob");
        assertThat(play.store.changed()).isEmpty();
        informs(List.of(Event.of(EventCode.VALUE_CHANGE)), user);
        assertThat(play.store.values().get(user.path()).value()).isEqualTo("ann");
        assertThat(play.store.changed()).containsExactly(user.path());
    }

    @Test
    @Tag("CWMP-121")
    @Tag("CWMP-196")
    void the_results_of_diagnostics_are_read_in_the_session_that_reports_their_end() {
        play.informs(EventCode.DIAGNOSTICS_COMPLETE);
        assertThat(play.empty()).contains(new AcsRequest.GetParameterValues(List.of(PING)));
        assertThat(play.answers(new CpeResponse.GetParameterValuesResponse(List.of(
                        ParameterValue.string(PING + "DiagnosticsState", "Complete"),
                        new ParameterValue(PING + "SuccessCount", "4", ParameterType.UNSIGNED_INT)))))
                .contains(new AcsRequest.GetParameterValues(List.of("Device.LAN.TraceRouteDiagnostics.")));
        assertThat(play.refuses(FaultCode.INVALID_PARAMETER_NAME)).isEmpty();
        assertThat(play.session().phase()).isEqualTo(SessionPhase.CLOSED);
        assertThat(play.session().memory().remarks()).isEmpty();
        assertThat(play.store.values().get(PING + "SuccessCount").value()).isEqualTo("4");
        int asked = play.asked().size();
        play.visits(EventCode.PERIODIC);
        assertThat(play.asked()).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99 FOO",
                "X ACDE48 Local Reset",
                "X_ACDE48_Ring",
                "M X_ACDE48_Foo",
                "Boot",
                "",
                "13 WAKEUP",
                "14 HEARTBEAT",
                "M ",
                "8"
            })
    @Tag("CWMP-113")
    @Tag("CWMP-122")
    @Tag("CWMP-124")
    void an_event_that_nobody_knows_is_kept_as_it_came_and_its_phone_is_served(String code) {
        String id = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        assertThat(play.informs(List.of(new Event(code, "k")))).contains(new AcsResponse.InformResponse(1));
        play.obeys();
        assertThat(play.store.events()).containsExactly(new Event(code, "k"));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.device().presence().lastInform()).isPresent();
    }

    @Test
    @Tag("CWMP-113")
    void an_inform_without_events_is_served() {
        String id = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.informs(List.of());
        play.obeys();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    @Tag("CWMP-112")
    void many_events_in_any_order_are_all_acted_on() {
        String reboot = play.queue(AcsMethod.REBOOT, "{}");
        String first = play.queue(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"1h\"}");
        String second = play.queue(AcsMethod.SCHEDULE_INFORM, "{\"delay\":\"2h\"}");
        play.visits(EventCode.PERIODIC);
        List<Event> events = List.of(
                Event.of(EventCode.PERIODIC),
                Event.of(EventCode.M_SCHEDULE_INFORM, second),
                Event.of(EventCode.VALUE_CHANGE),
                new Event("X ACDE48 Odd", "34 characters are more than there may be"),
                Event.of(EventCode.M_REBOOT, reboot),
                Event.of(EventCode.SCHEDULED),
                Event.of(EventCode.M_SCHEDULE_INFORM, first),
                Event.of(EventCode.M_SCHEDULE_INFORM, first),
                Event.of(EventCode.BOOT),
                Event.of(EventCode.CONNECTION_REQUEST));
        int before = play.store.events().size();
        play.informs(events);
        assertThat(play.store.events().subList(before, before + events.size())).isEqualTo(events);
        for (String id : List.of(reboot, first, second)) {
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 boot", " 1  BOOT ", "1 Boot", "1 RESTART"})
    @Tag("CWMP-123")
    void a_code_is_known_by_its_number_whatever_its_case_and_blanks(String code) {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.visits(EventCode.PERIODIC);
        play.informs(List.of(new Event(code, "")));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @Test
    @Tag("CWMP-123")
    void ten_is_not_one() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.visits(EventCode.PERIODIC);
        play.informs(
                List.of(new Event("10 AUTONOMOUS TRANSFER COMPLETE", ""), new Event("11", ""), new Event("12 X", "")));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    @Tag("CWMP-177")
    void the_end_of_a_transfer_is_awaited_for_as_long_as_such_a_file_takes() {
        EnginePolicy.Patience usual = EnginePolicy.Patience.USUAL;
        assertThat(awaited(
                        AcsMethod.DOWNLOAD,
                        "{\"fileType\":\"1 Firmware Upgrade Image\",\"url\":\"http://192.0.2.1/f\"}"))
                .isEqualTo(usual.firmware());
        assertThat(awaited(
                        AcsMethod.DOWNLOAD,
                        "{\"fileType\":\"2 Web Content\",\"url\":\"http://192.0.2.1/f\",\"delay\":\"1h\"}"))
                .isEqualTo(usual.file().plusHours(1));
        assertThat(awaited(AcsMethod.UPLOAD, "{\"fileType\":\"2 Vendor Log File\",\"url\":\"http://192.0.2.1/f\"}"))
                .isEqualTo(usual.file());
        assertThat(awaited(AcsMethod.REBOOT, "{}")).isEqualTo(Duration.ZERO);
    }

    private Duration awaited(AcsMethod method, String arguments) {
        String id = play.queue(method, arguments);
        play.visits(EventCode.PERIODIC);
        return play.rpc(id)
                .expiresAt()
                .map(by -> Duration.between(play.rpc(id).acknowledgedAt().orElseThrow(), by))
                .orElse(Duration.ZERO);
    }

    @Test
    @Tag("CWMP-172")
    void ten_thousand_keys_are_ten_thousand() {
        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(i -> carillon.db.Ids.next())
                        .distinct()
                        .count())
                .isEqualTo(10_000);
    }
}
