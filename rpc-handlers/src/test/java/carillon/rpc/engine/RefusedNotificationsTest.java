package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.play.PretendPhone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A phone may refuse to notify of a parameter (9009); it says so without saying of which. */
class RefusedNotificationsTest {
    private static final List<String> NAMES =
            IntStream.range(0, 8).mapToObj(i -> "Device.X.P" + i).toList();
    private static final FaultCode REJECTED = FaultCode.NOTIFICATION_REQUEST_REJECTED;

    private final Play play = new Play().knownPhone();
    private final PretendPhone phone = new PretendPhone().has(NAMES);

    private String queue(List<String> paths, int level, String each, String more) {
        return play.queue(
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{\"attributes\":["
                        + paths.stream()
                                .map(path -> "{\"path\":\"" + path + "\",\"notification\":" + level + each + "}")
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

    @Test
    @Tag("CWMP-155")
    void one_refused_notification_does_not_block_the_rest() {
        phone.refuses(NAMES.get(5), REJECTED);
        String id = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("set")).hasSize(7);
        assertThat(result(id).get("refused")).hasSize(1);
        assertThat(result(id).get("refused").get(0).get("path").asText()).isEqualTo(NAMES.get(5));
        assertThat(result(id).get("refused").get(0).get("code").asInt()).isEqualTo(9009);
        assertThat(phone.notifications()).hasSize(7).doesNotContainKey(NAMES.get(5));
        assertThat(phone.asked().size()).as("found by halves").isLessThanOrEqualTo(7);
    }

    @Test
    @Tag("CWMP-155")
    void what_a_firmware_refuses_is_not_asked_of_it_again_unless_forced() {
        phone.refuses(NAMES.get(5), REJECTED);
        queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(play.store.learned()).containsOnlyKeys("NO_NOTIFICATION " + NAMES.get(5));
        int before = phone.asked().size();
        String again = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(phone.asked()).hasSize(before + 1);
        assertThat(result(again).get("refused").get(0).get("text").asText()).contains("known to be refused");

        PretendPhone mended = new PretendPhone().has(NAMES);
        queue(NAMES, 1, "", "");
        play.plays(mended);
        assertThat(mended.notifications()).as("another level was never refused").hasSize(8);
        queue(NAMES, 2, "", ",\"force\":true");
        play.plays(mended);
        assertThat(mended.notifications()).containsEntry(NAMES.get(5), 2);
        assertThat(play.store.learned()).isEmpty();
    }

    @Test
    @Tag("CWMP-155")
    void the_access_list_of_a_refused_parameter_is_set_all_the_same() {
        phone.refuses(NAMES.get(0), REJECTED);
        String id = queue(NAMES.subList(0, 2), 2, ",\"accessList\":[\"Subscriber\"]", "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(phone.asked())
                .filteredOn(asked -> asked instanceof AcsRequest.SetParameterAttributes set
                        && set.changes().size() == 1
                        && set.changes().get(0).notification().isEmpty())
                .singleElement()
                .satisfies(asked -> assertThat(((AcsRequest.SetParameterAttributes) asked)
                                .changes()
                                .get(0)
                                .accessList())
                        .contains(List.of("Subscriber")));
        assertThat(result(id).get("set")).hasSize(2);
        assertThat(result(id).get("refused")).hasSize(1);
    }

    @Test
    @Tag("CWMP-155")
    void where_all_are_refused_the_rpc_fails_and_names_them() {
        NAMES.forEach(name -> phone.refuses(name, REJECTED));
        String all = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(play.rpc(all).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(all).fault().orElseThrow().code()).isEqualTo(9009);
        assertThat(play.rpc(all).fault().orElseThrow().parameters()).hasSize(8);
        String one = queue(List.of("Device.X.Q"), 2, "", "");
        phone.refuses("Device.X.Q", REJECTED);
        play.plays(phone);
        assertThat(play.rpc(one).fault().orElseThrow().code()).isEqualTo(9009);
    }

    @Test
    void any_other_fault_leaves_all_as_it_was() {
        phone.refuses(NAMES.get(3), FaultCode.INVALID_PARAMETER_NAME);
        String id = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(9005);
        assertThat(phone.notifications()).isEmpty();
        assertThat(phone.asked()).hasSize(1);
    }

    @Test
    void what_nobody_refuses_is_one_request_with_an_empty_result() {
        String id = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(phone.asked()).hasSize(1);
        assertThat(play.rpc(id).result()).contains("{}");
    }

    @Test
    void a_session_that_dies_in_between_is_gone_on_with() {
        phone.refuses(NAMES.get(7), REJECTED).vanishesAfter(3);
        String id = queue(NAMES, 2, "", "");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SENT);
        PretendPhone back = new PretendPhone().has(NAMES).refuses(NAMES.get(7), REJECTED);
        play.later(Duration.ofMinutes(5)).plays(back);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("set")).hasSize(7);
        assertThat(back.notifications()).hasSizeLessThan(7);
    }
}
