package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GetParameterValues of many names goes out in batches, and no name spoils it for the others. */
class ReadInBatchesTest {
    private final Play play = new Play().knownPhone();

    static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Device.X.P" + (1000 + i))
                .toList();
    }

    private String queue(List<String> paths, String more) {
        return play.queue(
                AcsMethod.GET_PARAMETER_VALUES,
                "{\"paths\":[" + paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(",")) + "]"
                        + more + "}");
    }

    private JsonNode result(String id) {
        try {
            return new ObjectMapper().readTree(play.rpc(id).result().orElseThrow());
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<Integer> sizes(PretendPhone phone) {
        return phone.asked().stream()
                .filter(AcsRequest.GetParameterValues.class::isInstance)
                .map(request ->
                        ((AcsRequest.GetParameterValues) request).paths().size())
                .toList();
    }

    @Test
    @Tag("CWMP-144")
    void many_names_go_out_fifty_at_a_time_in_one_session() {
        PretendPhone phone = new PretendPhone().has(names(120));
        String id = queue(names(120), "");
        play.plays(phone);
        assertThat(sizes(phone)).containsExactly(50, 50, 20);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("values")).hasSize(120);
        assertThat(result(id).has("faults")).isFalse();
        assertThat(play.store.values()).containsKeys(names(120).toArray(String[]::new));
        assertThat(play.session().rpcs()).containsExactly("GetParameterValues");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24, 25, 37, 49})
    @Tag("CWMP-143")
    void of_fifty_names_the_one_that_is_wrong_is_found_in_about_log2_of_fifty_more_requests(int wrong) {
        List<String> names = names(50);
        PretendPhone phone = new PretendPhone().has(names).lacks(names.get(wrong));
        String id = queue(names, "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("values")).hasSize(49);
        assertThat(result(id).get("faults")).hasSize(1);
        assertThat(result(id).get("faults").get(0).get("path").asText()).isEqualTo(names.get(wrong));
        assertThat(result(id).get("faults").get(0).get("code").asInt()).isEqualTo(9005);
        assertThat(phone.asked()).hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void several_wrong_names_are_all_found_and_the_others_read() {
        List<String> names = names(100);
        PretendPhone phone = new PretendPhone().has(names);
        List<String> wrong = List.of(names.get(3), names.get(4), names.get(60), names.get(99));
        wrong.forEach(phone::lacks);
        String id = queue(names, "");
        play.plays(phone);
        assertThat(result(id).get("values")).hasSize(96);
        assertThat(result(id).get("faults"))
                .extracting(fault -> fault.get("path").asText())
                .containsExactlyInAnyOrderElementsOf(wrong);
        assertThat(phone.asked()).hasSizeLessThan(40);
    }

    @Test
    void where_no_name_can_be_read_the_rpc_fails_and_says_so_of_each() {
        String id = queue(List.of("Device.A", "Device.B"), "");
        play.plays(new PretendPhone().has("Device.C"));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(9005);
        assertThat(play.rpc(id).fault().orElseThrow().parameters()).hasSize(2);
    }

    @Test
    void a_fault_that_no_other_choice_of_names_would_avoid_fails_the_rpc_at_once() {
        PretendPhone phone = new PretendPhone().has(names(60)).refuses(names(1).get(0), FaultCode.METHOD_NOT_SUPPORTED);
        String id = queue(names(60), "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(9000);
        assertThat(phone.asked()).hasSize(1);
    }

    @Test
    void what_a_firmware_does_not_know_is_asked_once_and_again_only_by_force() {
        List<String> names = names(50);
        PretendPhone phone = new PretendPhone().has(names).lacks(names.get(7));
        queue(names, "");
        play.plays(phone);
        assertThat(play.store.learned()).containsKey("UNKNOWN_NAME " + names.get(7));

        int before = phone.asked().size();
        String again = queue(names, "");
        play.plays(phone);
        assertThat(phone.asked()).hasSize(before + 1);
        assertThat(result(again).get("values")).hasSize(49);
        assertThat(result(again).get("faults").get(0).get("text").asText())
                .contains("known not to exist on this firmware")
                .contains("force");

        phone.has(names.get(7));
        String forced = queue(names, ",\"force\":true");
        play.plays(phone);
        assertThat(result(forced).get("values")).hasSize(50);
        assertThat(play.store.learned()).doesNotContainKey("UNKNOWN_NAME " + names.get(7));
    }

    @Test
    void a_row_that_one_phone_lacks_says_nothing_about_its_model_but_a_column_does() {
        PretendPhone phone = new PretendPhone().has("Device.Line.1.A", "Device.Line.1.B");
        String id = queue(List.of("Device.Line.1.A", "Device.Line.1.C", "Device.Line.2.A"), "");
        play.plays(phone);
        assertThat(result(id).get("faults")).hasSize(2);
        assertThat(play.store.learned()).containsOnlyKeys("UNKNOWN_NAME Device.Line.1.C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERNAL_ERROR", "RESOURCES_EXCEEDED"})
    @Tag("CWMP-144")
    void a_phone_that_takes_sixteen_names_is_asked_for_less_and_the_next_one_of_its_model_from_the_start(String code) {
        PretendPhone phone = new PretendPhone().has(names(100)).takes(16, FaultCode.valueOf(code));
        String id = queue(names(100), "");
        play.plays(phone);
        assertThat(sizes(phone)).startsWith(50, 25, 13, 13);
        assertThat(result(id).get("values")).hasSize(100);
        assertThat(play.store.learned().get("BATCH ").number()).isEqualTo(13);

        int before = phone.asked().size();
        queue(names(30), "");
        play.plays(phone);
        assertThat(sizes(phone).subList(before, phone.asked().size())).containsExactly(13, 13, 4);
    }

    @Test
    void one_name_on_which_the_phone_stumbles_does_not_make_all_batches_small_for_ever() {
        List<String> names = names(100);
        PretendPhone phone = new PretendPhone().has(names).refuses(names.get(30), FaultCode.INTERNAL_ERROR);
        String id = queue(names, "");
        play.plays(phone);
        assertThat(result(id).get("values")).hasSize(99);
        assertThat(result(id).get("faults").get(0).get("code").asInt()).isEqualTo(9002);
        assertThat(play.store.learned()).isEmpty();
        assertThat(sizes(phone)).endsWith(50, 19);
    }

    @Test
    void a_long_answer_makes_the_next_request_smaller() {
        play.policy(policy(new Batching(50, 50, 5_000, Duration.ofMinutes(1)))).knownPhone();
        PretendPhone phone = new PretendPhone().has(names(60));
        names(60).forEach(name -> phone.values().put(name, "v".repeat(400)));
        queue(names(60), "");
        play.plays(phone);
        assertThat(sizes(phone).get(0)).isEqualTo(50);
        assertThat(sizes(phone).get(1)).isLessThan(10);
    }

    private static EnginePolicy policy(Batching batching) {
        return EnginePolicy.defaults(TrustMode.ENROLL).with(batching);
    }

    @Test
    @Tag("CWMP-146")
    void names_that_the_phone_passes_over_are_told_as_unanswered() {
        PretendPhone phone = new PretendPhone().has(names(3)).passesOver(names(3).get(1));
        String id = queue(names(3), "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("values")).hasSize(2);
        assertThat(result(id).get("unanswered").get(0).asText()).isEqualTo(names(3).get(1));
        assertThat(play.store.learned()).isEmpty();
    }

    @Test
    void a_session_that_dies_is_gone_on_with_and_what_was_saved_is_not_asked_again() {
        List<String> names = new ArrayList<>(names(1000));
        PretendPhone phone = new PretendPhone().has(names).vanishesAfter(12);
        String id = queue(names, "");
        play.plays(phone);
        int saved =
                (int) names.stream().filter(play.store.values()::containsKey).count();
        assertThat(saved).isGreaterThanOrEqualTo(250);
        assertThat(play.store.progress(id)).isNotEmpty();
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);

        PretendPhone back = new PretendPhone().has(names);
        play.later(Duration.ofMinutes(5)).plays(back);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("values")).hasSize(1000);
        assertThat(sizes(back).stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000 - saved);
        assertThat(play.store.progress(id)).isEmpty();
    }

    @Test
    void a_read_that_takes_long_gives_the_session_back_and_goes_on_in_the_next() {
        play.policy(policy(new Batching(1, 50, 100_000, Duration.ofSeconds(20))))
                .knownPhone();
        String id = queue(names(50), "");
        String behind = play.queue(AcsMethod.GET_RPC_METHODS, "{}");
        PretendPhone phone = new PretendPhone().has(names(50));
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.QUEUED);
        assertThat(play.rpc(id).note()).contains("of 50 names were asked").contains("next session");
        assertThat(play.rpc(behind).state()).isEqualTo(RpcState.SUCCEEDED);
        for (int i = 0; i < 10 && play.rpc(id).state() == RpcState.QUEUED; i++) {
            play.plays(phone);
        }
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(sizes(phone)).hasSize(50);
    }
}
