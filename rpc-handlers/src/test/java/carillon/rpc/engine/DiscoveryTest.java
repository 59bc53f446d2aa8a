package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import carillon.db.RpcState;
import carillon.rpc.batch.Listing;
import carillon.rpc.play.Play;
import carillon.rpc.play.PretendPhone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A discovery walks the tree level by level and reads what it finds, whatever the phone's ways are. */
class DiscoveryTest {
    private static final String[] TREE = {
        "Device.DeviceInfo.SerialNumber",
        "Device.DeviceInfo.UpTime",
        "Device.Line.1.Enable",
        "Device.Line.1.SIP.User",
        "Device.Line.2.Enable",
        "Device.Line.2.SIP.User"
    };

    private final Play play = new Play().knownPhone();
    private final PretendPhone phone = new PretendPhone().has(TREE);

    private String discover(String more) {
        return play.queue(AcsMethod.GET_PARAMETER_NAMES, "{\"path\":\"\",\"discover\":true" + more + "}");
    }

    private JsonNode result(String id) {
        try {
            return new ObjectMapper().readTree(play.rpc(id).result().orElseThrow());
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private List<AcsRequest.GetParameterNames> listings() {
        return play.asked().stream()
                .filter(AcsRequest.GetParameterNames.class::isInstance)
                .map(AcsRequest.GetParameterNames.class::cast)
                .toList();
    }

    private void knowsAll() {
        assertThat(play.store.values()).containsKeys(TREE);
        assertThat(play.store.names())
                .containsKeys("Device.DeviceInfo.", "Device.Line.", "Device.Line.1.", "Device.Line.2.SIP.")
                .containsKeys(TREE);
    }

    @Test
    @Tag("CWMP-139")
    void the_tree_is_listed_level_by_level_from_its_known_root_and_then_read_in_batches() {
        String id = discover("");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(listings()).allMatch(AcsRequest.GetParameterNames::nextLevel);
        assertThat(listings())
                .extracting(AcsRequest.GetParameterNames::path)
                .containsExactly(
                        "Device.",
                        "Device.DeviceInfo.",
                        "Device.Line.",
                        "Device.Line.1.",
                        "Device.Line.2.",
                        "Device.Line.1.SIP.",
                        "Device.Line.2.SIP.");
        assertThat(play.asked(AcsRequest.GetParameterValues.class)).isEqualTo(1);
        assertThat(result(id).get("found").asInt()).isEqualTo(12);
        assertThat(result(id).get("read").asInt()).isEqualTo(6);
        knowsAll();
        assertThat(play.session().rpcs()).containsExactly("GetParameterNames");
    }

    @Test
    void a_depth_bounds_the_walk() {
        String id = discover(",\"depth\":2");
        play.plays(phone);
        assertThat(listings())
                .extracting(AcsRequest.GetParameterNames::path)
                .containsExactly("Device.", "Device.DeviceInfo.", "Device.Line.");
        assertThat(result(id).get("read").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("CWMP-140")
    void a_phone_that_refuses_its_root_level_by_level_is_asked_for_the_whole_tree_and_that_is_remembered() {
        Function<AcsRequest, Optional<CwmpMessage>> odd =
                request -> request instanceof AcsRequest.GetParameterNames names && names.nextLevel()
                        ? refusal(FaultCode.INVALID_ARGUMENTS)
                        : phone.apply(request);
        String id = discover("");
        play.plays(odd);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(listings())
                .containsExactly(
                        new AcsRequest.GetParameterNames("Device.", true),
                        new AcsRequest.GetParameterNames("Device.", false));
        knowsAll();
        discover("");
        play.plays(odd);
        assertThat(listings()).hasSize(3).last().isEqualTo(new AcsRequest.GetParameterNames("Device.", false));
    }

    @Test
    @Tag("CWMP-140")
    void a_phone_that_refuses_its_root_is_asked_for_the_empty_path_last() {
        phone.refuses("Device.", FaultCode.INVALID_PARAMETER_NAME);
        String id = discover("");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(listings()).last().isEqualTo(new AcsRequest.GetParameterNames("", false));
        knowsAll();
    }

    @Test
    void a_phone_that_lists_nothing_in_any_way_fails_the_rpc_with_what_it_said_first() {
        String id = discover("");
        play.plays(request -> refusal(FaultCode.METHOD_NOT_SUPPORTED));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(id).fault().orElseThrow().code()).isEqualTo(9000);
        assertThat(listings()).hasSize(3);
    }

    private static Optional<CwmpMessage> refusal(FaultCode code) {
        return Optional.of(new FaultMessage(Fault.of(code)));
    }

    @Test
    void an_empty_answer_is_no_proof_of_absence() {
        play.store.names().put("Device.Old", new ParameterInfo("Device.Old", false));
        String id = discover("");
        play.plays(request -> request instanceof AcsRequest.GetParameterNames names
                        && names.path().isEmpty()
                ? phone.apply(request)
                : request instanceof AcsRequest.GetParameterNames
                        ? Optional.of(new CpeResponse.GetParameterNamesResponse(List.of()))
                        : phone.apply(request));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("read").asInt()).isEqualTo(6);
        assertThat(play.store.names()).containsKey("Device.Old");
    }

    @Test
    void a_phone_that_tells_the_whole_tree_when_asked_for_one_level_is_not_asked_for_each_level_again() {
        String id = discover("");
        play.plays(request -> request instanceof AcsRequest.GetParameterNames names
                ? phone.apply(new AcsRequest.GetParameterNames(names.path(), false))
                : phone.apply(request));
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(listings()).hasSize(1);
        knowsAll();
    }

    @Test
    @Tag("CWMP-142")
    void a_listing_without_the_objects_of_its_names_is_completed_and_doubles_are_one() {
        List<ParameterInfo> closed = Listing.closed(
                "Device.",
                List.of(
                        new ParameterInfo("Device.A.1.B", true),
                        new ParameterInfo("Device.A.", true),
                        new ParameterInfo("Device.A.1.B", false),
                        new ParameterInfo("Device.[x.y].C", true)));
        assertThat(closed)
                .containsExactly(
                        new ParameterInfo("Device.A.", true),
                        new ParameterInfo("Device.A.1.", false),
                        new ParameterInfo("Device.A.1.B", false),
                        new ParameterInfo("Device.[x.y].", false),
                        new ParameterInfo("Device.[x.y].C", true));
    }

    @Test
    void an_object_that_the_phone_will_not_list_is_told_and_the_walk_goes_on() {
        phone.refuses("Device.Line.1.", FaultCode.INTERNAL_ERROR);
        String id = discover("");
        play.plays(phone);
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("faults").get(0).get("path").asText()).isEqualTo("Device.Line.1.");
        assertThat(result(id).get("read").asInt()).isEqualTo(4);
    }

    @Test
    void a_parameter_that_is_listed_and_cannot_be_read_is_told_and_learned() {
        phone.refuses("Device.Line.1.Enable", FaultCode.INVALID_PARAMETER_NAME);
        String id = discover("");
        play.plays(phone);
        assertThat(result(id).get("read").asInt()).isEqualTo(5);
        assertThat(result(id).get("faults").get(0).get("path").asText()).isEqualTo("Device.Line.1.Enable");
        assertThat(play.store.learned()).containsOnlyKeys("UNKNOWN_NAME Device.Line.1.Enable");
    }

    @Test
    void a_walk_goes_on_in_later_sessions_and_asks_nothing_twice() {
        List<String> names = new ArrayList<>();
        for (int object = 0; object < 40; object++) {
            for (int i = 0; i < 40; i++) {
                names.add("Device.T." + object + ".P" + (100 + i));
            }
        }
        PretendPhone large = new PretendPhone().has(names);
        String id = discover("");
        for (int session = 0; session < 20 && !play.rpc(id).state().isEnd(); session++) {
            play.plays(large);
            play.later(Duration.ofMinutes(10));
        }
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("read").asInt()).isEqualTo(1600);
        assertThat(play.store.values()).containsKeys(names.toArray(String[]::new));
        assertThat(large.asked()).hasSize(42 + 32);
        assertThat(play.store.progress(id)).isEmpty();
    }

    @Test
    void a_walk_whose_sessions_die_loses_nothing_that_was_saved() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            names.add("Device.T." + i / 100 + ".P" + (1000 + i % 100));
        }
        String id = discover("");
        int asked = 0;
        for (int session = 0; session < 40 && !play.rpc(id).state().isEnd(); session++) {
            PretendPhone mortal = new PretendPhone().has(names).vanishesAfter(17);
            play.later(Duration.ofMinutes(5)).plays(mortal);
            asked += mortal.asked().size();
        }
        assertThat(play.rpc(id).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(result(id).get("read").asInt()).isEqualTo(3000);
        assertThat(asked).isLessThan(2 * (32 + 60));
        assertThat(play.store.values()).containsKeys(names.toArray(String[]::new));
    }
}
