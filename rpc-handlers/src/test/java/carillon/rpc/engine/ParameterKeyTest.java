package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.rpc.play.Play;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ParameterKey tells whether somebody else has changed a phone since this server did. */
class ParameterKeyTest {
    private static final String SET = "{\"values\":[{\"path\":\"Device.X\",\"value\":\"1\"}]}";

    private final Play play = new Play().knownPhone();

    private void comesWith(String key, EventCode code) {
        CpeRequest.Inform usual = Play.inform(Play.ID, List.of(Event.of(code)));
        List<ParameterValue> values = usual.parameters().stream()
                .map(value -> value.path().endsWith("ParameterKey") ? ParameterValue.string(value.path(), key) : value)
                .toList();
        play.sends(
                Envelope.of(
                        Optional.of("1"),
                        WireStyle.DEFAULT,
                        new CpeRequest.Inform(Play.ID, "Cisco", usual.events(), 1, CwmpTime.of(Play.START), 0, values)),
                true);
        play.obeys();
    }

    private List<String> marks() {
        return play.store.events().stream()
                .filter(event -> event.code().startsWith("ParameterKey"))
                .map(Event::commandKey)
                .toList();
    }

    @Test
    @Tag("CWMP-152")
    void every_change_has_a_key_and_its_return_is_no_news() {
        String first = play.queue(AcsMethod.SET_PARAMETER_VALUES, SET);
        String second = play.queue(
                AcsMethod.SET_PARAMETER_VALUES, SET.substring(0, SET.length() - 1) + ",\"parameterKey\":\"mine\"}");
        comesWith("", EventCode.PERIODIC);
        assertThat(play.asked())
                .extracting(asked -> ((AcsRequest.SetParameterValues) asked).parameterKey())
                .containsExactly(first, "mine");
        assertThat(second).isNotEqualTo(first);
        comesWith("mine", EventCode.PERIODIC);
        comesWith(first, EventCode.PERIODIC);
        comesWith(first, EventCode.VALUE_CHANGE);
        assertThat(marks()).isEmpty();
    }

    @Test
    @Tag("CWMP-152")
    void a_key_that_nobody_here_gave_marks_the_device_once() {
        comesWith("told first", EventCode.PERIODIC);
        assertThat(marks()).as("nothing was known before").isEmpty();
        comesWith("a stranger's", EventCode.PERIODIC);
        comesWith("a stranger's", EventCode.PERIODIC);
        assertThat(marks()).containsExactly("a stranger's");
    }

    @Test
    @Tag("CWMP-153")
    void after_a_factory_reset_the_key_is_empty_and_that_is_no_news() {
        comesWith("k", EventCode.PERIODIC);
        play.store.put(play.device().withTrust(new Device.Trust(CredentialState.NONE, 0, Optional.empty(), true)));
        comesWith("", EventCode.BOOTSTRAP);
        assertThat(play.device().reported().parameterKey()).isEmpty();
        assertThat(marks()).isEmpty();
    }
}
