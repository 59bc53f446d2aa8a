package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Inform says of its phone, and what is made of it. */
class InformTest {
    private final Play play = new Play().trust(TrustMode.OPEN).calls(carillon.db.Proof.OPEN_LAB);

    private static CpeRequest.Inform inform(DeviceId id, List<Event> events, ParameterValue... values) {
        return new CpeRequest.Inform(id, "Cisco", events, 1, CwmpTime.of(Play.START), 0, List.of(values));
    }

    private Play informs(CpeRequest.Inform inform) {
        assertThat(play.sends(Envelope.of(Optional.of("7"), WireStyle.DEFAULT, inform), true))
                .contains(new AcsResponse.InformResponse(1));
        return play;
    }

    private List<String> askedPaths() {
        return play.asked().stream()
                .flatMap(request -> request instanceof AcsRequest.SetParameterValues set
                        ? set.values().stream().map(ParameterValue::path)
                        : request instanceof AcsRequest.GetParameterValues get
                                ? get.paths().stream()
                                : java.util.stream.Stream.of())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "InternetGatewayDevice.DeviceSummary,InternetGatewayDevice.,InternetGatewayDevice.LANDevice.1.LANEthernetInterfaceConfig.",
        "Device.DeviceSummary,Device.,Device.LAN.",
        "Device.RootDataModelVersion,Device.,Device.Ethernet."
    })
    @Tag("CWMP-109")
    void the_root_of_the_data_model_is_found_in_the_names_and_used(String name, String root, String look) {
        informs(inform(Play.ID, List.of(Event.of(EventCode.BOOTSTRAP)), ParameterValue.string(name, "2.11")))
                .obeys();
        assertThat(play.device().reported().rootObject()).isEqualTo(root);
        assertThat(askedPaths()).contains(root + "ManagementServer.PeriodicInformInterval", look);
    }

    @Test
    @Tag("CWMP-109")
    void a_device_that_changes_its_root_is_followed() {
        informs(inform(
                        Play.ID,
                        List.of(Event.of(EventCode.BOOTSTRAP)),
                        ParameterValue.string("InternetGatewayDevice.DeviceSummary", "x")))
                .obeys();
        informs(inform(
                        Play.ID,
                        List.of(Event.of(EventCode.BOOTSTRAP)),
                        ParameterValue.string("Device.RootDataModelVersion", "2.11")))
                .obeys();
        assertThat(play.device().reported().rootObject()).isEqualTo("Device.");
        assertThat(askedPaths()).endsWith("Device.DeviceInfo.", "Device.Ethernet.");
    }

    @Test
    @Tag("CWMP-107")
    void whatever_values_come_are_kept_and_none_is_missed() {
        informs(inform(
                Play.ID,
                List.of(Event.of(EventCode.BOOT)),
                ParameterValue.string(".ExternalIPAddress", "192.0.2.7"),
                ParameterValue.string("Device.X_ACDE48_Odd", "1")));
        assertThat(play.store.values())
                .containsEntry("Device.X_ACDE48_Odd", ParameterValue.string("Device.X_ACDE48_Odd", "1"))
                .doesNotContainKey(".ExternalIPAddress");
        assertThat(play.device().presence().lastInform()).contains(play.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:05:00",
                "2031-05-05T05:05:05",
                "2031-05-05T05:05:05+02:00",
                "1999-01-01T00:00:00Z",
                "yesterday",
                ""
            })
    @Tag("CWMP-110")
    void the_phones_clock_is_never_believed(String currentTime) {
        informs(new CpeRequest.Inform(
                Play.ID, "Cisco", List.of(Event.of(EventCode.BOOT)), 1, new CwmpTime(currentTime), 0, List.of()));
        assertThat(play.device().presence().lastInform()).contains(play.now());
    }

    @Test
    @Tag("CWMP-113")
    void an_inform_without_events_or_with_unknown_ones_is_served() {
        for (List<Event> events : List.of(
                List.<Event>of(), List.of(new Event("99 FOO", "")), List.of(new Event("X ACDE48 Reset", "k")))) {
            informs(inform(Play.ID, events)).obeys();
            String id = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
            informs(inform(Play.ID, events)).obeys();
            assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"13 WAKEUP", "14 HEARTBEAT"})
    @Tag("CWMP-124")
    void a_wakeup_and_a_heartbeat_are_visits_like_others(String code) {
        informs(inform(Play.ID, List.of(Event.of(EventCode.BOOT)))).obeys();
        String id = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.later(Duration.ofMinutes(5));
        informs(inform(Play.ID, List.of(new Event(code, "")))).obeys();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.device().presence().lastInform())
                .hasValueSatisfying(at -> assertThat(at).isAfter(Play.START.plusSeconds(299)));
    }

    @ParameterizedTest
    @CsvSource({"BOOTSTRAP", "BOOT"})
    @Tag("CWMP-116")
    void a_bootstrap_comes_without_a_boot_and_a_boot_without_a_bootstrap(EventCode code) {
        informs(inform(Play.ID, List.of(Event.of(code)), ParameterValue.string("Device.DeviceSummary", "x")))
                .obeys();
        assertThat(askedPaths()).contains("Device.ManagementServer.PeriodicInformInterval");
    }

    @Test
    @Tag("CWMP-111")
    void what_is_reported_again_because_the_first_answer_was_lost_is_done_once() {
        informs(inform(Play.ID, List.of(Event.of(EventCode.BOOT)))).obeys();
        String reboot = play.queue(AcsMethod.REBOOT, "{}");
        informs(inform(Play.ID, List.of(Event.of(EventCode.PERIODIC)))).obeys();
        List<Event> events = List.of(Event.of(EventCode.BOOT), Event.of(EventCode.M_REBOOT, reboot));
        informs(inform(Play.ID, events));
        RpcState first = play.rpc(reboot).state();
        Optional<java.time.Instant> ended = play.rpc(reboot).endedAt();
        assertThat(first).isEqualTo(RpcState.SUCCEEDED);
        play.later(Duration.ofMinutes(1));
        informs(new CpeRequest.Inform(Play.ID, "Cisco", events, 1, CwmpTime.of(Play.START), 1, List.of()))
                .obeys();
        assertThat(play.rpc(reboot).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(reboot).endedAt()).isEqualTo(ended);
        assertThat(play.asked(AcsRequest.Reboot.class)).isEqualTo(1);
    }

    @Test
    @Tag("CWMP-112")
    void ten_events_of_one_inform_are_all_kept_also_those_that_differ_in_their_key_alone() {
        List<Event> events = List.of(
                Event.of(EventCode.M_DOWNLOAD, "a"),
                Event.of(EventCode.BOOT),
                Event.of(EventCode.M_DOWNLOAD, "b"),
                Event.of(EventCode.TRANSFER_COMPLETE),
                Event.of(EventCode.BOOTSTRAP),
                Event.of(EventCode.M_REBOOT, "c"),
                Event.of(EventCode.M_REBOOT, "d"),
                Event.of(EventCode.VALUE_CHANGE),
                new Event("X ACDE48 Local Reset", ""),
                Event.of(EventCode.PERIODIC));
        informs(inform(Play.ID, events));
        assertThat(play.store.events()).containsExactlyElementsOf(events);
    }

    @Test
    @Tag("CWMP-108")
    void the_connection_request_url_is_that_of_the_last_inform() {
        for (String url : List.of("http://192.0.2.1:7547/a", "http://192.0.2.1:7547/b", "https://[2001:db8::1]/c")) {
            informs(inform(
                    Play.ID,
                    List.of(Event.of(EventCode.PERIODIC)),
                    ParameterValue.string("Device.ManagementServer.ConnectionRequestURL", url)));
            assertThat(play.device().reported().connectionRequestUrl()).isEqualTo(url);
        }
        informs(inform(Play.ID, List.of(Event.of(EventCode.PERIODIC))));
        assertThat(play.device().reported().connectionRequestUrl()).isEqualTo("https://[2001:db8::1]/c");
    }

    @Test
    @Tag("CWMP-075")
    void the_number_of_envelopes_that_a_phone_wants_is_ignored() {
        for (int wanted : new int[] {0, 2, 99}) {
            informs(new CpeRequest.Inform(
                    Play.ID, "Cisco", List.of(Event.of(EventCode.BOOT)), wanted, CwmpTime.UNKNOWN, 0, List.of()));
        }
    }

    @Test
    @Tag("CWMP-090")
    @Tag("CWMP-091")
    void a_phone_may_ask_for_more_patience_up_to_ten_minutes() {
        for (int[] asked : new int[][] {{0, 30}, {10, 30}, {40, 40}, {600, 600}, {86_400, 600}}) {
            Envelope.Headers headers = new Envelope.Headers(
                    false, asked[0] == 0 ? Optional.empty() : Optional.of(asked[0]), List.of(), Optional.empty());
            play.sends(
                    new Envelope(
                            Optional.of("1"),
                            headers,
                            WireStyle.DEFAULT,
                            inform(Play.ID, List.of(Event.of(EventCode.PERIODIC)))),
                    true);
            assertThat(play.session().holdTimeout()).isEqualTo(Duration.ofSeconds(asked[1]));
        }
    }

    @Test
    @Tag("CWMP-224")
    void a_phone_that_dhcp_sent_here_bootstraps_and_is_told_anew_when_to_come() {
        informs(inform(
                        Play.ID,
                        List.of(Event.of(EventCode.BOOTSTRAP)),
                        ParameterValue.string("Device.DeviceSummary", "x")))
                .obeys();
        informs(inform(Play.ID, List.of(Event.of(EventCode.PERIODIC)))).obeys();
        int asked = play.asked().size();
        informs(inform(
                        Play.ID,
                        List.of(Event.of(EventCode.BOOTSTRAP)),
                        ParameterValue.string("Device.DeviceSummary", "x")))
                .obeys();
        assertThat(play.asked().subList(asked, play.asked().size()))
                .first()
                .isInstanceOfSatisfying(AcsRequest.SetParameterValues.class, set -> assertThat(set.values())
                        .extracting(ParameterValue::path)
                        .contains("Device.ManagementServer.PeriodicInformInterval"));
    }
}
