package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each RPC, and the faults that TR-069 Amendment 6, A.3.2 and A.5 give for it. */
class PhoneAnswersTest {
    private static final String INTERVAL = "Device.ManagementServer.PeriodicInformInterval";
    private static final String LINES = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";
    private final Phone phone = new Phone(PhoneModel.CP_8851, 7, URI.create("http://127.0.0.1:1/"), "", "");
    private final PhoneAnswers answers = new PhoneAnswers(phone);

    private static Fault fault(CwmpMessage answer) {
        assertThat(answer).isInstanceOf(FaultMessage.class);
        return ((FaultMessage) answer).fault();
    }

    private static ParameterValue interval(String value) {
        return new ParameterValue(INTERVAL, value, ParameterType.UNSIGNED_INT);
    }

    private CwmpMessage set(ParameterValue... values) {
        return answers.answer(new AcsRequest.SetParameterValues(List.of(values), "key"));
    }

    @ParameterizedTest
    @CsvSource({"1.0, 16", "1.1, 17", "1.2, 20", "1.3, 20", "1.4, 20"})
    void methods_are_those_of_the_version_that_it_speaks(String number, int methods) {
        phone.speaks(CwmpVersion.ofNumber(number).orElseThrow());
        CpeResponse.GetRpcMethodsResponse told =
                (CpeResponse.GetRpcMethodsResponse) answers.answer(new AcsRequest.GetRpcMethods());
        assertThat(told.methods()).hasSize(methods).contains("Download", "Upload", "ScheduleInform");
        boolean fault = answers.answer(new AcsRequest.GetAllQueuedTransfers()) instanceof FaultMessage;
        assertThat(fault).isEqualTo(number.equals("1.0"));
    }

    @Test
    void a_method_that_it_was_told_not_to_know_is_not_in_its_list() {
        phone.refuses(AcsMethod.UPLOAD, 9000);
        CpeResponse.GetRpcMethodsResponse told =
                (CpeResponse.GetRpcMethodsResponse) answers.answer(new AcsRequest.GetRpcMethods());
        assertThat(told.methods()).doesNotContain("Upload");
        assertThat(fault(answers.answer(
                                new AcsRequest.Upload("k", "2 Vendor Log File", "http://h/", "", new Secret(""), 0)))
                        .code())
                .isEqualTo(9000);
    }

    private AcsRequest.Download download(String key, long delay) {
        return new AcsRequest.Download(
                key, "2 Web Content", "http://127.0.0.1:1/f", "", new Secret(""), 7, "t", delay, "", "");
    }

    @Test
    void transfers_that_wait_are_listed_and_can_be_called_off() {
        answers.answer(download("first", 3600));
        answers.answer(download("second", 7200));
        assertThat(answers.answer(new AcsRequest.GetQueuedTransfers()))
                .isEqualTo(new CpeResponse.GetQueuedTransfersResponse(List.of(
                        new CpeResponse.QueuedTransfer("first", 1), new CpeResponse.QueuedTransfer("second", 1))));
        assertThat(answers.answer(new AcsRequest.GetAllQueuedTransfers()))
                .isEqualTo(new CpeResponse.GetAllQueuedTransfersResponse(List.of(
                        new CpeResponse.AnyQueuedTransfer("first", 1, true, "2 Web Content", 7, "t"),
                        new CpeResponse.AnyQueuedTransfer("second", 1, true, "2 Web Content", 7, "t"))));
        assertThat(answers.answer(new AcsRequest.CancelTransfer("first")))
                .isEqualTo(new CpeResponse.CancelTransferResponse());
        assertThat(fault(answers.answer(new AcsRequest.CancelTransfer("first"))).code())
                .isEqualTo(9021);
        phone.catchesUp(Instant.now().plusSeconds(3700));
        assertThat(phone.reports()).as("what was called off is not tried").isEmpty();
        phone.catchesUp(Instant.now().plusSeconds(7300));
        assertThat(phone.reports()).hasSize(1);
        assertThat(fault(answers.answer(new AcsRequest.CancelTransfer("second")))
                        .code())
                .as("it has been tried")
                .isEqualTo(9021);
    }

    @Test
    void a_download_that_finds_no_server_in_any_window_reports_why() {
        answers.answer(new AcsRequest.ScheduleDownload(
                "k",
                "2 Web Content",
                "http://127.0.0.1:1/f",
                "",
                new Secret(""),
                0,
                "",
                List.of(
                        new AcsRequest.TimeWindow(100, 200, "1 At Any Time", "", 0),
                        new AcsRequest.TimeWindow(300, 400, "2 Immediately", "", 0))));
        assertThat(phone.untilNext(Instant.now()).orElseThrow()).isLessThan(Duration.ofSeconds(101));
        phone.catchesUp(Instant.now().plusSeconds(150));
        assertThat(phone.reports()).isEmpty();
        phone.catchesUp(Instant.now().plusSeconds(350));
        assertThat(phone.reports())
                .singleElement()
                .isInstanceOfSatisfying(CpeRequest.TransferComplete.class, report -> {
                    assertThat(report.commandKey()).isEqualTo("k");
                    assertThat(report.fault().code()).isEqualTo(9015);
                });
        assertThat(phone.inform(Instant.now()).events())
                .contains(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_SCHEDULE_DOWNLOAD, "k"));
    }

    @Test
    void it_comes_again_when_it_was_told_to() {
        assertThat(fault(answers.answer(new AcsRequest.ScheduleInform(0, "k"))).code())
                .isEqualTo(9003);
        assertThat(answers.answer(new AcsRequest.ScheduleInform(5, "k")))
                .isEqualTo(new CpeResponse.ScheduleInformResponse());
        phone.catchesUp(Instant.now().plusSeconds(6));
        assertThat(phone.inform(Instant.now()).events())
                .contains(Event.of(EventCode.SCHEDULED), Event.of(EventCode.M_SCHEDULE_INFORM, "k"));
    }

    @Test
    void vouchers_enable_options() {
        answers.answer(new AcsRequest.SetVouchers(List.of("YQ==", "Yg==")));
        CpeResponse.GetOptionsResponse all =
                (CpeResponse.GetOptionsResponse) answers.answer(new AcsRequest.GetOptions(""));
        assertThat(all.options()).extracting(CpeResponse.Option::optionName).containsExactly("Option1", "Option2");
        assertThat(((CpeResponse.GetOptionsResponse) answers.answer(new AcsRequest.GetOptions("Option2"))).options())
                .hasSize(1);
    }

    @Test
    void deployment_units_that_are_not_there_are_reported_by_their_faults() {
        String uuid = "01234567-89ab-4cde-8f01-23456789abcd";
        answers.answer(new AcsRequest.ChangeDuState(
                List.of(
                        new AcsRequest.DuOperation.Install("http://127.0.0.1:1/m", uuid, "", new Secret(""), ""),
                        new AcsRequest.DuOperation.Update(uuid, "2", "", "", new Secret("")),
                        new AcsRequest.DuOperation.Uninstall(uuid, "", "")),
                "k"));
        phone.catchesUp(Instant.now().plusSeconds(1));
        assertThat(phone.reports())
                .singleElement()
                .isInstanceOfSatisfying(CpeRequest.DuStateChangeComplete.class, report -> {
                    assertThat(report.commandKey()).isEqualTo("k");
                    assertThat(report.results())
                            .extracting(result -> result.fault().code())
                            .containsExactly(9015, 9028, 9028);
                });
    }

    @Test
    void values_are_read_by_name_and_by_part_of_a_path() {
        CpeResponse.GetParameterValuesResponse read = (CpeResponse.GetParameterValuesResponse)
                answers.answer(new AcsRequest.GetParameterValues(List.of(INTERVAL, "Device.DeviceInfo.")));
        assertThat(read.values()).contains(interval("20"));
        assertThat(read.values()).anySatisfy(value -> {
            assertThat(value.path()).isEqualTo("Device.DeviceInfo.SerialNumber");
            assertThat(value.value()).isEqualTo("FCH00000007");
        });
        assertThat(fault(answers.answer(new AcsRequest.GetParameterValues(List.of(INTERVAL, "Device.No"))))
                        .code())
                .isEqualTo(9005);
    }

    @Test
    void values_are_set_together_with_the_key() {
        assertThat(set(interval("300"))).isEqualTo(new CpeResponse.SetParameterValuesResponse(0));
        assertThat(phone.value(INTERVAL)).isEqualTo("300");
        assertThat(phone.value("Device.ManagementServer.ParameterKey")).isEqualTo("key");
        assertThat(phone.executions(AcsMethod.SET_PARAMETER_VALUES)).isEqualTo(1);
    }

    @Test
    void each_wrong_value_has_its_fault_and_nothing_is_set() {
        phone.refusesParameter("Device.DeviceInfo.ProvisioningCode", 9001);
        Fault fault = fault(set(
                interval("300"),
                ParameterValue.string("Device.Nothing", "x"),
                ParameterValue.string("Device.DeviceInfo.SerialNumber", "x"),
                new ParameterValue("Device.ManagementServer.PeriodicInformEnable", "maybe", ParameterType.BOOLEAN),
                ParameterValue.string("Device.ManagementServer.PeriodicInformTime", "2026-01-01T00:00:00Z"),
                ParameterValue.string("Device.DeviceInfo.ProvisioningCode", "x"),
                interval("400")));
        assertThat(fault.code()).isEqualTo(9003);
        assertThat(fault.parameters())
                .extracting(Fault.ParameterFault::code)
                .containsExactly(9005, 9008, 9007, 9006, 9001, 9003);
        assertThat(phone.value(INTERVAL)).isEqualTo("20");
        assertThat(phone.value("Device.ManagementServer.ParameterKey")).isEmpty();
        assertThat(phone.executions(AcsMethod.SET_PARAMETER_VALUES)).isZero();
    }

    @Test
    void numbers_stay_within_their_type() {
        assertThat(set(interval("4294967295"))).isInstanceOf(CpeResponse.SetParameterValuesResponse.class);
        for (String wrong : List.of("4294967296", "-1", "", "99999999999")) {
            assertThat(fault(set(interval(wrong))).parameters())
                    .extracting(Fault.ParameterFault::code)
                    .containsExactly(9007);
        }
    }

    @Test
    void names_are_told_and_the_next_level_of_a_parameter_is_none() {
        assertThat(answers.answer(new AcsRequest.GetParameterNames("Device.", true)))
                .isInstanceOf(CpeResponse.GetParameterNamesResponse.class);
        assertThat(fault(answers.answer(new AcsRequest.GetParameterNames(INTERVAL, true)))
                        .code())
                .isEqualTo(9003);
        assertThat(fault(answers.answer(new AcsRequest.GetParameterNames("Device.No.", false)))
                        .code())
                .isEqualTo(9005);
    }

    @Test
    void notifications_are_set_and_told_but_the_forced_one_stays() {
        AcsRequest.AttributeChange change = new AcsRequest.AttributeChange(INTERVAL, Optional.of(1), Optional.empty());
        assertThat(answers.answer(new AcsRequest.SetParameterAttributes(List.of(change))))
                .isInstanceOf(CpeResponse.SetParameterAttributesResponse.class);
        CpeResponse.GetParameterAttributesResponse told = (CpeResponse.GetParameterAttributesResponse)
                answers.answer(new AcsRequest.GetParameterAttributes(List.of(INTERVAL)));
        assertThat(told.attributes()).hasSize(1).allSatisfy(one -> assertThat(one.notification())
                .isEqualTo(1));
        AcsRequest.AttributeChange forced =
                new AcsRequest.AttributeChange("Device.DeviceInfo.SoftwareVersion", Optional.of(0), Optional.empty());
        assertThat(fault(answers.answer(new AcsRequest.SetParameterAttributes(List.of(forced))))
                        .code())
                .isEqualTo(9009);
        AcsRequest.AttributeChange nowhere =
                new AcsRequest.AttributeChange("Device.No", Optional.of(0), Optional.empty());
        assertThat(fault(answers.answer(new AcsRequest.SetParameterAttributes(List.of(nowhere))))
                        .code())
                .isEqualTo(9005);
    }

    @Test
    void objects_come_and_go() {
        assertThat(answers.answer(new AcsRequest.AddObject(LINES, "k1")))
                .isEqualTo(new CpeResponse.AddObjectResponse(11, 0));
        assertThat(phone.value("Device.ManagementServer.ParameterKey")).isEqualTo("k1");
        assertThat(answers.answer(new AcsRequest.DeleteObject(LINES + "11.", "k2")))
                .isEqualTo(new CpeResponse.DeleteObjectResponse(0));
        assertThat(fault(answers.answer(new AcsRequest.DeleteObject(LINES + "11.", "")))
                        .code())
                .isEqualTo(9005);
        assertThat(fault(answers.answer(new AcsRequest.AddObject("Device.DeviceInfo.", "")))
                        .code())
                .isEqualTo(9005);
    }

    @Test
    void a_method_that_it_was_told_to_refuse_is_refused_and_not_counted() {
        phone.refuses(AcsMethod.REBOOT, 9001);
        assertThat(fault(answers.answer(new AcsRequest.Reboot("k"))).code()).isEqualTo(9001);
        assertThat(phone.executions(AcsMethod.REBOOT)).isZero();
    }

    @Test
    void a_passive_change_waits_for_the_next_visit_and_an_active_one_is_a_reason_to_come() {
        phone.startsWith(List.of());
        answers.answer(new AcsRequest.SetParameterAttributes(List.of(new AcsRequest.AttributeChange(
                "Device.DeviceInfo.ProvisioningCode", Optional.of(1), Optional.empty()))));
        phone.changes("Device.DeviceInfo.ProvisioningCode", "passive");
        assertThat(phone.hasNews()).isFalse();
        phone.happens(Event.of(EventCode.PERIODIC));
        CpeRequest.Inform inform = phone.inform(Instant.EPOCH);
        assertThat(inform.events()).containsExactly(Event.of(EventCode.PERIODIC), Event.of(EventCode.VALUE_CHANGE));
        assertThat(inform.valueOf("DeviceInfo.ProvisioningCode")).contains("passive");
        phone.acknowledged(inform);
        assertThat(phone.hasNews()).isFalse();
        phone.changes("Device.DeviceInfo.SoftwareVersion", "13");
        assertThat(phone.hasNews()).isTrue();
    }
}
