package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import carillon.rpc.play.PretendPhone;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered of a phone, and what of it somebody else has removed. */
class VanishedTest {
    private static final String TABLE = "Device.Line.";

    private final Play play = new Play().knownPhone();
    private final PretendPhone phone = new PretendPhone()
            .has("Device.DeviceInfo.A")
            .has(TABLE + "1.Enable", TABLE + "1.Name", TABLE + "2.Enable", TABLE + "2.Name")
            .has(TABLE + "3.Enable", TABLE + "3.Name");

    private String discover() {
        String id = play.queue(AcsMethod.GET_PARAMETER_NAMES, "{\"path\":\"Device.\",\"discover\":true}");
        play.plays(phone);
        return id;
    }

    /** Asks for the values of all that is remembered. */
    private String readAll() {
        String paths = play.store.names().keySet().stream()
                .filter(name -> !name.endsWith("."))
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(","));
        return play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[" + paths + "]}");
    }

    private List<String> known() {
        return play.store.names().keySet().stream()
                .filter(name -> !name.endsWith("."))
                .toList();
    }

    private void removeRow(int number) {
        phone.lacks(TABLE + number + ".Enable").lacks(TABLE + number + ".Name");
    }

    private long listings() {
        return phone.asked().stream()
                .filter(asked -> asked.equals(new AcsRequest.GetParameterNames(TABLE, true)))
                .count();
    }

    @Test
    @Tag("CWMP-185")
    void a_row_that_was_removed_is_forgotten_and_the_second_try_succeeds() {
        discover();
        removeRow(3);
        String first = readAll();
        play.plays(phone);
        assertThat(play.rpc(first).result().orElseThrow()).contains("\"faults\"", TABLE + "3.Enable");
        assertThat(listings())
                .as("one for the discovery, one for both names of the row")
                .isEqualTo(2);
        assertThat(known())
                .containsExactly(
                        "Device.DeviceInfo.A",
                        TABLE + "1.Enable",
                        TABLE + "1.Name",
                        TABLE + "2.Enable",
                        TABLE + "2.Name");
        assertThat(play.store.values()).doesNotContainKey(TABLE + "3.Enable");

        String second = readAll();
        play.plays(phone);
        assertThat(play.rpc(second).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(play.rpc(second).result().orElseThrow()).doesNotContain("faults");
        assertThat(listings()).isEqualTo(2);
    }

    @Test
    @Tag("CWMP-185")
    void a_row_that_was_removed_is_found_when_it_is_written_to_and_a_new_one_is_found_too() {
        discover();
        removeRow(2);
        phone.has(TABLE + "7.Enable", TABLE + "7.Name");
        String set = play.queue(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":[{\"path\":\"" + TABLE + "2.Name\",\"value\":\"x\",\"type\":\"xsd:string\"},{\"path\":\""
                        + TABLE + "2.Enable\",\"value\":\"x\",\"type\":\"xsd:string\"}]}");
        play.plays(phone);
        assertThat(play.rpc(set).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.store.names()).doesNotContainKey(TABLE + "2.").containsKeys(TABLE + "1.", TABLE + "7.");
        assertThat(listings()).isEqualTo(2);
    }

    @Test
    @Tag("CWMP-185")
    void a_table_is_listed_once_in_a_session_whatever_is_asked_of_it() {
        discover();
        removeRow(2);
        removeRow(3);
        play.queue(AcsMethod.GET_PARAMETER_ATTRIBUTES, "{\"paths\":[\"" + TABLE + "2.Name\"]}");
        phone.refuses(TABLE + "2.", FaultCode.INVALID_PARAMETER_NAME);
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"" + TABLE + "2.\"]}");
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"" + TABLE + "3.Name\"]}");
        play.plays(phone);
        assertThat(listings()).isEqualTo(2);
    }

    @Test
    @Tag("CWMP-185")
    void a_name_that_is_missing_in_a_row_that_is_there_is_forgotten_alone() {
        discover();
        phone.lacks(TABLE + "1.Name");
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"" + TABLE + "1.Name\"]}");
        play.plays(phone);
        assertThat(known()).contains(TABLE + "1.Enable").doesNotContain(TABLE + "1.Name");
    }

    @Test
    @Tag("CWMP-185")
    void a_table_that_is_gone_is_forgotten_with_all_its_rows() {
        discover();
        removeRow(1);
        removeRow(2);
        removeRow(3);
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"" + TABLE + "1.Name\"]}");
        play.plays(phone);
        assertThat(known()).containsExactly("Device.DeviceInfo.A");
    }

    @Test
    @Tag("CWMP-185")
    void an_object_that_a_phone_has_and_does_not_read_as_a_whole_is_kept() {
        discover();
        int names = known().size();
        phone.refuses("Device.DeviceInfo.", FaultCode.INVALID_PARAMETER_NAME);
        phone.refuses("Device.", FaultCode.INVALID_PARAMETER_NAME);
        phone.refuses(TABLE + "1.", FaultCode.INVALID_PARAMETER_NAME);
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.DeviceInfo.\"]}");
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"" + TABLE + "1.\"]}");
        play.queue(AcsMethod.GET_PARAMETER_NAMES, "{\"path\":\"Device.\"}");
        play.plays(phone);
        assertThat(known()).hasSize(names);
    }

    @Test
    void a_name_outside_of_tables_is_forgotten_and_nothing_is_listed() {
        discover();
        phone.lacks("Device.DeviceInfo.A");
        int before = phone.asked().size();
        play.queue(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.DeviceInfo.A\"]}");
        play.plays(phone);
        assertThat(known()).doesNotContain("Device.DeviceInfo.A");
        assertThat(phone.asked()).hasSize(before + 1);
    }
}
