package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void methods_are_those_that_the_phones_list() {
        CpeResponse.GetRpcMethodsResponse told =
                (CpeResponse.GetRpcMethodsResponse) answers.answer(new AcsRequest.GetRpcMethods());
        assertThat(told.methods()).hasSize(11).contains("Download").doesNotContain("Upload", "ScheduleInform");
        assertThat(fault(answers.answer(new AcsRequest.ScheduleInform(1, ""))).code())
                .isEqualTo(9000);
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
