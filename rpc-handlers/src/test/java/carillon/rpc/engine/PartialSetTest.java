package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.batch.Batching;
import carillon.rpc.play.Play;
import carillon.rpc.play.PretendPhone;
import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.TrustMode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A SetParameterValues is all or nothing, unless the operator takes a part. */
class PartialSetTest {
    private static final List<String> NAMES =
            IntStream.range(0, 8).mapToObj(i -> "Device.X.P" + i).toList();

    private final Play play = new Play().knownPhone();
    private final PretendPhone phone = new PretendPhone().has(NAMES);

    private String queue(List<String> paths, String more) {
        return play.queue(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":["
                        + paths.stream()
                                .map(path -> "{\"path\":\"" + path + "\",\"value\":\"new\",\"type\":\"xsd:string\"}")
                                .collect(Collectors.joining(","))
                        + "]" + more + "}");
    }

    private JsonNode result(String id) {
        try {
            return new ObjectMapper().readTree(play.rpc(id).result().orElseThrow());
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private List<String> refused(String id) {
        return result(id).get("refused").findValuesAsText("path");
    }

    @Test
    @Tag("CWMP-147")
    @Tag("CWMP-149")
    void by_default_one_refused_value_leaves_all_as_it_was_and_the_fault_names_it() {
        phone.refuses(NAMES.get(2), FaultCode.INVALID_PARAMETER_VALUE);
        String id = queue(NAMES, "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().parameters())
                .extracting(fault -> fault.path() + " " + fault.code())
                .containsExactly(NAMES.get(2) + " 9007");
        assertThat(phone.values()).doesNotContainValue("new");
        assertThat(phone.asked()).hasSize(1);
    }

    @Test
    @Tag("CWMP-149")
    void where_a_part_is_taken_what_the_fault_blames_is_left_out_and_the_rest_is_set() {
        phone.refuses(NAMES.get(2), FaultCode.INVALID_PARAMETER_VALUE).lacks(NAMES.get(5));
        String id = queue(NAMES, ",\"partial\":true");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("set")).hasSize(6);
        assertThat(refused(id)).containsExactly(NAMES.get(2), NAMES.get(5));
        assertThat(result(id).get("refused").get(0).get("code").asInt()).isEqualTo(9007);
        assertThat(phone.asked()).hasSize(2);
        assertThat(phone.values().values().stream().filter("new"::equals)).hasSize(6);
        assertThat(play.store.values().get(NAMES.get(0)).value()).isEqualTo("new");
        assertThat(play.store.values()).doesNotContainKey(NAMES.get(2));
    }

    @Test
    @Tag("CWMP-149")
    void a_fault_that_blames_nothing_is_searched_for_what_is_wrong_only_where_a_part_is_taken() {
        phone.refuses(NAMES.get(6), FaultCode.INVALID_PARAMETER_VALUE).blamesNothing();
        String atomic = queue(NAMES, "");
        play.plays(phone);
        assertThat(play.rpc(atomic).state()).isEqualTo(RpcState.FAILED);
        assertThat(phone.asked()).hasSize(1);

        String partial = queue(NAMES, ",\"partial\":true");
        play.plays(phone);
        assertThat(play.rpc(partial).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(partial).get("set")).hasSize(7);
        assertThat(refused(partial)).containsExactly(NAMES.get(6));
    }

    private List<List<String>> calls() {
        return phone.asked().stream()
                .map(asked -> ((AcsRequest.SetParameterValues) asked)
                        .values().stream().map(ParameterValue::path).toList())
                .filter(paths -> !paths.get(0).contains("ManagementServer")) // those are the server's own
                .toList();
    }

    private static List<String> line(int number) {
        String line = "Device.Line." + number + ".";
        return List.of(
                line + "Enable",
                line + "SIP.AuthUserName",
                line + "SIP.AuthPassword",
                line + "SIP.URI",
                line + "SIP.ProxyServer");
    }

    private String queueLines(int lines, String more) {
        // in the order in which a person may have typed them: one setting after the other
        List<String> paths = new ArrayList<>();
        for (int setting = 0; setting < 5; setting++) {
            for (int number = 1; number <= lines; number++) {
                paths.add(line(number).get(setting));
                phone.has(line(number).get(setting));
            }
        }
        return queue(paths, more);
    }

    @Test
    @Tag("CWMP-151")
    void calls_are_moderate_where_a_part_is_taken_and_the_settings_of_one_line_travel_together() {
        play.policy(EnginePolicy.defaults(TrustMode.ENROLL).with(new Batching(50, 12, 100_000, Duration.ofMinutes(1))));
        play.calls(Proof.OWN_CREDENTIALS, true, 1);
        String id = queueLines(5, ",\"partial\":true");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("set")).hasSize(25);
        assertThat(calls()).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(calls().get(0)).containsExactlyInAnyOrderElementsOf(both(line(1), line(2)));
        assertThat(calls().get(2)).containsExactlyInAnyOrderElementsOf(line(5));
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Test
    @Tag("CWMP-151")
    void by_default_a_call_holds_fifty_values_and_an_object_with_more_is_not_torn_apart() {
        List<String> large =
                IntStream.range(0, 60).mapToObj(i -> "Device.Y.P" + i).toList();
        phone.has(large);
        queue(both(NAMES, large), ",\"partial\":true");
        play.plays(phone);
        assertThat(calls()).extracting(List::size).containsExactly(8, 60);
        assertThat(Batching.DEFAULT.values()).isEqualTo(50);
    }

    @Test
    @Tag("CWMP-151")
    @Tag("CWMP-147")
    void what_is_all_or_nothing_goes_out_in_one_call_however_much_it_is() {
        play.policy(EnginePolicy.defaults(TrustMode.ENROLL).with(new Batching(50, 12, 100_000, Duration.ofMinutes(1))));
        play.calls(Proof.OWN_CREDENTIALS, true, 1);
        queueLines(5, "");
        play.plays(phone);
        assertThat(calls()).extracting(List::size).containsExactly(25);
    }

    @Test
    @Tag("CWMP-151")
    void what_is_searched_for_a_wrong_value_is_parted_between_objects_first() {
        play.calls(Proof.OWN_CREDENTIALS, true, 1);
        phone.blamesNothing();
        String id = queueLines(3, ",\"partial\":true");
        phone.refuses(line(2).get(3), FaultCode.INVALID_PARAMETER_VALUE);
        play.plays(phone);
        assertThat(refused(id)).containsExactly(line(2).get(3));
        assertThat(calls().subList(1, 4)).extracting(List::size).contains(5, 10);
        assertThat(calls().get(1)).containsExactlyInAnyOrderElementsOf(line(1));
    }

    @Test
    void where_nothing_can_be_set_the_rpc_fails_and_says_why_of_each() {
        String id = queue(List.of("Device.No.A", "Device.No.B"), ",\"partial\":true");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().parameters()).hasSize(2);
    }

    @Test
    void what_a_firmware_says_is_writable_and_is_not_is_sent_again_only_by_force() {
        phone.refuses(NAMES.get(1), FaultCode.ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER);
        queue(NAMES, "");
        play.plays(phone);
        assertThat(play.store.learned()).containsOnlyKeys("READ_ONLY " + NAMES.get(1));

        String again = queue(NAMES, ",\"partial\":true");
        play.plays(phone);
        assertThat(phone.asked()).hasSize(2);
        assertThat(result(again).get("set")).hasSize(7);
        assertThat(result(again).get("refused").get(0).get("text").asText()).contains("known not to be writable");

        PretendPhone mended = new PretendPhone().has(NAMES);
        String forced = queue(NAMES, ",\"partial\":true,\"force\":true");
        play.plays(mended);
        assertThat(result(forced).get("set")).hasSize(8);
        assertThat(play.store.learned()).isEmpty();
    }

    @Test
    void a_session_that_dies_in_between_is_gone_on_with_and_nothing_is_set_twice() {
        phone.refuses(NAMES.get(7), FaultCode.INVALID_PARAMETER_VALUE)
                .blamesNothing()
                .vanishesAfter(2);
        String id = queue(NAMES, ",\"partial\":true");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        assertThat(phone.values().values().stream().filter("new"::equals)).hasSize(4);

        PretendPhone back = new PretendPhone().has(NAMES).refuses(NAMES.get(7), FaultCode.INVALID_PARAMETER_VALUE);
        play.later(Duration.ofMinutes(5)).plays(back);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("set")).hasSize(7);
        assertThat(back.values().values().stream().filter("new"::equals)).hasSize(3);
    }
}
