package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.EventCode;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.play.PretendPhone;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are read back after they were set, of phones that do not do what they say. */
class CheckedSetTest {
    private static final List<String> NAMES = List.of("Device.X.A", "Device.X.B", "Device.X.Password");

    private final Play play = new Play().knownPhone().calls(Proof.OWN_CREDENTIALS, true, 1);
    private final PretendPhone phone = new PretendPhone()
            .has(NAMES)
            .has(
                    "Device.ManagementServer.Username",
                    "Device.ManagementServer.Password",
                    "Device.ManagementServer.ConnectionRequestUsername",
                    "Device.ManagementServer.ConnectionRequestPassword");

    private String queue(String value) {
        return play.queue(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":["
                        + NAMES.stream()
                                .map(path -> "{\"path\":\"" + path + "\",\"value\":\"" + value
                                        + "\",\"type\":\"xsd:string\"}")
                                .collect(Collectors.joining(","))
                        + "],\"verify\":true}");
    }

    private List<AcsRequest> asked() {
        return phone.asked().stream()
                .filter(asked -> !asked.toString().contains("ManagementServer"))
                .toList();
    }

    private long sets() {
        return asked().stream()
                .filter(AcsRequest.SetParameterValues.class::isInstance)
                .count();
    }

    private String result(String id) {
        return play.rpc(id).result().orElseThrow();
    }

    @Test
    void what_was_set_is_read_back_but_for_secrets_which_no_phone_tells() {
        String id = queue("new");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(asked()).hasSize(2);
        assertThat(asked().get(1)).isEqualTo(new AcsRequest.GetParameterValues(NAMES.subList(0, 2)));
        assertThat(result(id)).isEqualTo("{\"status\":0,\"rounds\":1,\"unchecked\":[\"Device.X.Password\"]}");
        assertThat(play.store.values().get("Device.X.A").value()).isEqualTo("new");
        assertThat(play.store.values().get("Device.X.Password").value()).isEqualTo("***");
    }

    @Test
    void a_phone_that_writes_values_in_upper_case_and_cuts_blanks_has_set_them() {
        phone.keeps(value -> value.toUpperCase(Locale.ROOT).strip());
        String id = queue("Desk 7 ");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(sets()).isEqualTo(1);
        assertThat(result(id)).contains("\"rewritten\":[\"Device.X.A\",\"Device.X.B\"]");
        assertThat(play.store.values().get("Device.X.A").value())
                .as("as it is there")
                .isEqualTo("DESK 7");
    }

    @Test
    void what_was_not_set_is_set_again_and_only_that() {
        phone.liesFor(2); // the first time when it gets its own credentials
        String id = queue("new");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(sets()).isEqualTo(2);
        assertThat(result(id)).contains("\"rounds\":2");
        assertThat(phone.values()).containsEntry("Device.X.A", "new");
    }

    @Test
    void after_three_rounds_it_is_a_failure_that_tells_what_the_phone_has_instead() {
        phone.liesFor(100);
        String id = queue("new");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(sets()).isEqualTo(3);
        assertThat(play.rpc(id).fault().orElseThrow().text()).contains("3 times", "Device.X.A");
        assertThat(play.rpc(id).fault().orElseThrow().parameters())
                .extracting(fault -> fault.path() + ": " + fault.text())
                .containsExactly("Device.X.A: it reads 'v'", "Device.X.B: it reads 'v'");
        play.later(Duration.ofHours(2)).plays(phone);
        assertThat(sets()).isEqualTo(3);
    }

    @Test
    void a_refused_value_leaves_all_as_it_was_and_nothing_is_read() {
        phone.refuses("Device.X.B", FaultCode.INVALID_PARAMETER_VALUE);
        String id = queue("new");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(asked()).hasSize(1);
        assertThat(phone.values()).containsEntry("Device.X.A", "v");
    }

    @Test
    @Tag("CWMP-148")
    void what_the_phone_applies_later_is_not_read_in_this_session() {
        String id = queue("new");
        play.calls(Proof.APPROVAL);
        play.queue(AcsMethod.REBOOT, "{}");
        play.calls(Proof.OWN_CREDENTIALS, true, 1).informs(EventCode.PERIODIC);
        play.empty();
        play.answers(new CpeResponse.SetParameterValuesResponse(0)); // the server's own
        assertThat(play.answers(new CpeResponse.SetParameterValuesResponse(1)))
                .get()
                .isInstanceOf(AcsRequest.Reboot.class);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id)).contains("\"status\":1", "\"unchecked\":[\"Device.X.A\"");
        assertThat(play.asked(AcsRequest.GetParameterValues.class)).isZero();
    }

    @Test
    void a_session_that_dies_in_between_is_gone_on_with() {
        phone.vanishesAfter(2);
        String id = queue("new");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        PretendPhone back = new PretendPhone().has(NAMES).keeps(value -> value);
        back.values().putAll(phone.values());
        play.later(Duration.ofMinutes(5)).plays(back);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(back.asked())
                .noneMatch(asked -> asked instanceof AcsRequest.SetParameterValues set
                        && set.values().get(0).path().startsWith("Device.X."));
    }
}
