package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that do not fit the question: what can be understood is understood, and the session goes on. */
class OddAnswersIT {
    private static final AtomicInteger PHONES = new AtomicInteger(100);

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Rest rest;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory, "cpe.auth", "open", "lab", "true");
        rest = server.rest();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final DeviceId id = ScriptedPhone.identity(PHONES.incrementAndGet());

    /** Queues the RPC and one behind it, lets the phone answer the first so; returns how the first ended. */
    private JsonNode answered(String method, String arguments, CwmpMessage answer, UnaryOperator<String> odd)
            throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), id)) {
            phone.completes(EventCode.BOOTSTRAP);
            String rpc = rest.queue(id.encoded(), method, arguments);
            String behind = rest.queue(id.encoded(), "GetRPCMethods", "{}");
            phone.informs(Event.of(EventCode.PERIODIC));
            assertThat(phone.hasNothingMore().name()).isEqualTo(method);
            String body = odd.apply(new String(phone.written(answer), StandardCharsets.UTF_8));
            assertThat(phone.sendsBody(body.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(AcsRequest.GetRpcMethods.class);
            phone.sends(new CpeResponse.GetRpcMethodsResponse(List.of("Inform")));
            assertThat(rest.rpc(behind).get("state").asText()).isEqualTo("succeeded");
            return rest.rpc(rpc);
        }
    }

    private static CpeResponse values(String... pairs) {
        return new CpeResponse.GetParameterValuesResponse(IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> ParameterValue.string(pairs[2 * i], pairs[2 * i + 1]))
                .toList());
    }

    private JsonNode known(String path) {
        return rest.get("/api/v1/devices/" + id.encoded() + "/parameters?path=" + path);
    }

    private static final String ASKED = "{\"paths\":[\"Device.X_00562B_A\",\"Device.X_00562B_B\"]}";

    @Test
    @Tag("CWMP-146")
    @Tag("CWMP-188")
    @Tag("CWMP-193")
    void other_order_more_names_doubles_and_empty_values_are_kept_as_they_came() throws IOException {
        JsonNode end = answered(
                "GetParameterValues",
                ASKED,
                values(
                        "Device.X_00562B_B", "",
                        "Device.X_00562B_More", "m",
                        "Device.X_00562B_A", "old",
                        "Device.X_00562B_A", "new"),
                UnaryOperator.identity());
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.get("result").has("unanswered")).isFalse();
        assertThat(known("Device.X_00562B_A").get("items").get(0).get("value").asText())
                .isEqualTo("new");
        assertThat(known("Device.X_00562B_B").get("items").get(0).get("value").asText())
                .isEmpty();
        assertThat(known("Device.X_00562B_More")
                        .get("items")
                        .get(0)
                        .get("value")
                        .asText())
                .isEqualTo("m");
    }

    @Test
    @Tag("CWMP-146")
    @Tag("CWMP-187")
    void fewer_names_and_names_in_other_case_are_told_as_unanswered_and_not_taken_for_gone() throws IOException {
        JsonNode end =
                answered("GetParameterValues", ASKED, values("Device.x_00562b_a", "1"), UnaryOperator.identity());
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.get("result").get("unanswered")).hasSize(2);
        assertThat(known("Device.x_00562b_a").get("items").get(0).get("value").asText())
                .isEqualTo("1");
        assertThat(rest.get("/api/v1/devices/" + id.encoded() + "/learned").get("facts"))
                .isEmpty();
    }

    @Test
    @Tag("CWMP-146")
    void a_parameter_without_a_value_is_passed_over_and_the_others_are_kept() throws IOException {
        JsonNode end = answered(
                "GetParameterValues",
                ASKED,
                values("Device.X_00562B_A", "1", "Device.X_00562B_B", "2"),
                body -> body.replaceFirst("<Value[^>]*>1</Value>", ""));
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.get("result").get("values")).hasSize(1);
        assertThat(end.get("result").get("unanswered").get(0).asText()).isEqualTo("Device.X_00562B_A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriber", "", "none"})
    @Tag("CWMP-157")
    void any_access_list_is_read_and_a_missing_one_is_unknown(String access) throws IOException {
        JsonNode end = answered(
                "GetParameterAttributes",
                "{\"paths\":[\"Device.X_00562B_A\"]}",
                new CpeResponse.GetParameterAttributesResponse(
                        List.of(new ParameterAttribute("Device.X_00562B_A", 2, List.of("Subscriber")))),
                body -> access.equals("none")
                        ? body.replaceFirst("(?s)<AccessList.*</AccessList>", "")
                        : body.replace("Subscriber", access));
        assertThat(end.get("state").asText()).isEqualTo("succeeded");
        assertThat(end.get("result")
                        .get("attributes")
                        .get(0)
                        .get("notification")
                        .asInt())
                .isEqualTo(2);
        assertThat(known("Device.X_00562B_A")
                        .get("items")
                        .get(0)
                        .get("notification")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<faultcode>client</faultcode><faultstring>no</faultstring>",
                "<faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring><detail/>",
                "<faultstring>no</faultstring><detail><gsoap>whatever</gsoap></detail>"
            })
    @Tag("CWMP-182")
    @Tag("CWMP-183")
    void a_fault_without_form_fails_its_rpc_with_the_text_and_the_session_goes_on(String fault) throws IOException {
        JsonNode end = answered(
                "GetParameterValues",
                ASKED,
                new FaultMessage(new Fault(9005, "no", List.of())),
                body -> body.replaceFirst(
                        "(?s)(<[^>]*:Fault>).*(</[^>]*:Fault>\\s*</[^>]*:Body>)", "$1" + fault + "$2"));
        assertThat(end.get("state").asText()).as("%s", end).isEqualTo("failed");
        assertThat(end.get("fault").get("code").asInt()).isZero();
        assertThat(end.get("fault").get("text").asText()).isEqualTo("no");
    }

    @Test
    @Tag("CWMP-149")
    void a_part_of_the_values_is_set_where_the_operator_takes_it() throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), id)) {
            phone.completes(EventCode.BOOTSTRAP);
            String rpc = rest.queue(
                    id.encoded(),
                    "SetParameterValues",
                    "{\"partial\":true,\"values\":[{\"path\":\"Device.A\",\"value\":\"1\"},{\"path\":\"Device.B\",\"value\":\"2\"}]}");
            phone.informs(Event.of(EventCode.PERIODIC));
            phone.hasNothingMore();
            CwmpMessage again = phone.sends(new FaultMessage(new Fault(
                    9003,
                    "Invalid arguments",
                    List.of(new Fault.ParameterFault("Device.B", 9007, "Invalid parameter value")))));
            assertThat(((AcsRequest.SetParameterValues) again).values())
                    .extracting(ParameterValue::path)
                    .containsExactly("Device.A");
            phone.sends(new CpeResponse.SetParameterValuesResponse(0));
            JsonNode end = rest.rpc(rpc);
            assertThat(end.get("state").asText()).isEqualTo("succeeded");
            assertThat(end.get("result").get("set").get(0).asText()).isEqualTo("Device.A");
            assertThat(end.get("result").get("refused").get(0).get("path").asText())
                    .isEqualTo("Device.B");
            assertThat(end.get("result").get("refused").get(0).get("code").asInt())
                    .isEqualTo(9007);
        }
    }
}
