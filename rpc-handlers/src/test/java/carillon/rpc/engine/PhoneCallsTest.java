package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.FaultMessage;
import carillon.cwmp.message.WireStyle;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.RpcState;
import carillon.rpc.outbound.Capabilities;
import carillon.rpc.play.Play;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.TrustMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What phones call by themselves, each answered and kept; and what they cannot be asked for. */
class PhoneCallsTest {
    private static final Fault NONE = new Fault(0, "", List.of());

    private final Play play = new Play().knownPhone().speaks(WireStyle.of(CwmpVersion.V1_2));

    @Test
    @Tag("CWMP-126")
    @Tag("CWMP-181")
    void an_autonomous_transfer_is_answered_and_kept_with_what_it_tells() {
        play.informs(EventCode.AUTONOMOUS_TRANSFER_COMPLETE);
        assertThat(play.sends(new CpeRequest.AutonomousTransferComplete(
                        "http://192.0.2.7/a",
                        "http://me:s3cret@192.0.2.7/f",
                        true,
                        "1 Firmware Upgrade Image",
                        7,
                        "target",
                        new Fault(9017, "cut off", List.of()),
                        CwmpTime.UNKNOWN,
                        CwmpTime.UNKNOWN)))
                .contains(new AcsResponse.AutonomousTransferCompleteResponse());
        assertThat(play.store.events()).contains(new Event("AutonomousTransferComplete", ""));
        assertThat(play.store.details().get(0))
                .contains("http://192.0.2.7/a", "http://***@192.0.2.7/f", "\"isDownload\":true", "\"fileSize\":7")
                .contains("target", "9017", "0001-01-01T00:00:00Z")
                .doesNotContain("s3cret");
    }

    @Test
    @Tag("CWMP-126")
    void an_autonomous_change_of_deployment_units_is_answered_and_kept() {
        play.informs(EventCode.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE);
        assertThat(play.sends(new CpeRequest.AutonomousDuStateChangeComplete(List.of(new CpeRequest.DuResult(
                        "01234567-89ab-4cde-8f01-23456789abcd",
                        "",
                        "1",
                        "Uninstalled",
                        true,
                        "",
                        CwmpTime.UNKNOWN,
                        CwmpTime.UNKNOWN,
                        NONE,
                        "Uninstall")))))
                .contains(new AcsResponse.AutonomousDuStateChangeCompleteResponse());
        assertThat(play.store.details().get(0)).contains("Uninstalled", "\"operation\":\"Uninstall\"");
    }

    @Test
    @Tag("CWMP-127")
    void a_request_for_a_download_is_answered_and_kept() {
        play.informs(EventCode.REQUEST_DOWNLOAD);
        assertThat(play.sends(new CpeRequest.RequestDownload(
                        "1 Firmware Upgrade Image", List.of(new CpeRequest.Argument("Version", "12")))))
                .contains(new AcsResponse.RequestDownloadResponse());
        assertThat(play.store.events()).contains(new Event("RequestDownload", ""));
        assertThat(play.store.details().get(0)).contains("Firmware", "Version", "12");
    }

    @ParameterizedTest
    @CsvSource({
        "http://portal.test/done?x=1, http://portal.test/done?x=1",
        "https://PORTAL.test/, https://PORTAL.test/",
        "http://evil.test/, ''",
        "http://portal.test@evil.test/, ''",
        "http://me@portal.test/, ''",
        "javascript:alert(1), ''",
        "//portal.test/, ''",
        "/done, ''",
        "' ', ''"
    })
    @Tag("CWMP-128")
    void a_kick_sends_people_on_to_the_operators_hosts_alone(String next, String answered) {
        EnginePolicy usual = EnginePolicy.defaults(TrustMode.ENROLL);
        play.policy(new EnginePolicy(
                usual.trust(),
                usual.informInterval(),
                usual.minSessionTimeout(),
                usual.maxRpcsPerSession(),
                usual.maxSessionLength(),
                false,
                usual.patience(),
                Set.of("portal.test")));
        play.informs(EventCode.KICKED);
        assertThat(play.sends(new CpeRequest.Kicked("reboot", "http://192.0.2.9/", "now", next)))
                .contains(new AcsResponse.KickedResponse(answered));
        assertThat(play.store.details().get(0)).contains("\"command\":\"reboot\"", "\"arg\":\"now\"");
        assertThat(play.empty()).as("nothing is done by a phone's word").isEmpty();
    }

    @Test
    @Tag("CWMP-128")
    void by_default_a_kick_sends_nobody_anywhere() {
        play.informs(EventCode.KICKED);
        assertThat(play.sends(new CpeRequest.Kicked("c", "", "", "http://192.0.2.10/")))
                .contains(new AcsResponse.KickedResponse(""));
    }

    @Test
    @Tag("CWMP-129")
    void the_methods_that_are_told_are_those_that_are_handled() {
        play.informs(EventCode.PERIODIC);
        List<String> handled = Arrays.stream(CpeMethod.values())
                .filter(method -> method != CpeMethod.UNKNOWN)
                .map(CpeMethod::rpcName)
                .toList();
        assertThat(play.sends(new CpeRequest.GetRpcMethods())).contains(new AcsResponse.GetRpcMethodsResponse(handled));
    }

    @Test
    @Tag("CWMP-130")
    void a_method_that_nobody_has_is_refused_and_kept_and_the_session_goes_on() {
        String id = play.queue(AcsMethod.REBOOT, "{}");
        play.informs(EventCode.PERIODIC);
        FaultMessage fault = (FaultMessage)
                play.sends(new CpeRequest.Unknown("X_ACDE48_Foo")).orElseThrow();
        assertThat(fault.fault().code()).isEqualTo(8000);
        assertThat(play.lastAnswer().orElseThrow().id()).isPresent();
        assertThat(play.store.events()).contains(new Event("X_ACDE48_Foo", ""));
        assertThat(play.empty()).contains(new AcsRequest.Reboot(id));
    }

    @Test
    void what_a_waiting_device_calls_is_kept_among_its_events_and_settles_nothing() {
        play.knownPhone(DeviceState.WAITING, Device.Trust.NONE);
        play.informs(EventCode.PERIODIC);
        String rpc = play.queue(AcsMethod.DOWNLOAD, "{}");
        play.sends(new CpeRequest.RequestDownload("1 Firmware Upgrade Image", List.of()));
        play.sends(new CpeRequest.TransferComplete(rpc, NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        assertThat(play.store.events()).contains(new Event("RequestDownload", ""), new Event("TransferComplete", rpc));
        assertThat(play.rpc(rpc).state()).isEqualTo(RpcState.QUEUED);
    }

    @Test
    @Tag("CWMP-137")
    @Tag("CWMP-007")
    void what_a_phone_says_that_it_has_is_kept_until_its_firmware_changes() {
        play.visits(EventCode.PERIODIC);
        assertThat(play.device().spoken()).isEqualTo(new Device.Spoken(Optional.of(CwmpVersion.V1_2), Set.of()));
        play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.GetRpcMethodsResponse(List.of("Reboot", "Download", "X_00562B_Ring")));
        assertThat(play.device().spoken().methods()).containsExactlyInAnyOrder("Reboot", "Download", "X_00562B_Ring");
        int writes = play.store.deviceWrites();
        play.visits(EventCode.PERIODIC);
        assertThat(play.device().spoken().methods()).hasSize(3);
        assertThat(play.store.deviceWrites()).isEqualTo(writes + 1);

        String upload =
                play.queue(AcsMethod.UPLOAD, "{\"fileType\":\"2 Vendor Log File\",\"url\":\"http://192.0.2.1/f\"}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(upload).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(upload).note()).contains("Upload is not among those");
        assertThat(play.asked(AcsRequest.Upload.class)).isZero();

        play.store.put(play.device().withTrust(new Device.Trust(CredentialState.NONE, 0, Optional.empty(), true)));
        play.visits(EventCode.BOOTSTRAP);
        assertThat(play.device().spoken().methods()).isEmpty();
    }

    @Test
    @Tag("CWMP-007")
    void a_method_that_the_phone_names_itself_is_sent_whatever_its_namespace() {
        play.speaks(WireStyle.of(CwmpVersion.V1_0));
        play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        play.informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.GetRpcMethodsResponse(List.of("CancelTransfer")));
        String id = play.queue(AcsMethod.CANCEL_TRANSFER, "{\"commandKey\":\"k\"}");
        play.visits(EventCode.PERIODIC);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET_ALL_QUEUED_TRANSFERS | 1.1 | {}",
                "SCHEDULE_DOWNLOAD | 1.2 | {'fileType':'2 Web Content','url':'http://h/f','windows':[{'end':'1h'}]}",
                "CANCEL_TRANSFER | 1.2 | {'commandKey':'k'}",
                "CHANGE_DU_STATE | 1.2 | {'operations':[{'operation':'install','url':'http://h/f'}]}",
                "DOWNLOAD | 1.2 | {'fileType':'4 Tone File','url':'http://h/f'}",
                "DOWNLOAD | 1.2 | {'fileType':'5 Ringer File','url':'http://h/f'}",
                "DOWNLOAD | 1.4 | {'fileType':'6 Stored Firmware Image','url':'http://h/f'}",
                "DOWNLOAD | 1.2 | {'fileType':'X vendor name','url':'http://h/f'}",
                "DOWNLOAD | 1.0 | {'fileType':'X 00562B name','url':'http://h/f'}",
                "DOWNLOAD | 1.0 | {'fileType':'3 Vendor Configuration File','url':'http://h/f'}",
                "UPLOAD | 1.0 | {'fileType':'2 Vendor Log File','url':'http://h/f'}",
                "UPLOAD | 1.2 | {'fileType':'3 Vendor Configuration File 1','url':'http://h/f'}",
                "SET_PARAMETER_ATTRIBUTES | 1.4 | {'attributes':[{'path':'Device.X','notification':3}]}",
                "SET_PARAMETER_ATTRIBUTES | 1.0 | {'attributes':[{'path':'Device.X','notification':2}]}"
            })
    @Tag("CWMP-007")
    @Tag("CWMP-170")
    void each_method_and_value_is_for_the_versions_that_know_it(AcsMethod method, String since, String arguments) {
        CwmpVersion first = CwmpVersion.ofNumber(since).orElseThrow();
        AcsRequest request = new carillon.rpc.arguments.RpcJson().request(method, arguments.replace('\'', '"'), "");
        for (CwmpVersion version : CwmpVersion.values()) {
            assertThat(Capabilities.unknownTo(version, Set.of(), request).isEmpty())
                    .as("%s in %s", method, version)
                    .isEqualTo(version.compareTo(first) >= 0);
        }
    }
}
