package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.CpeResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of parameters and keys over the API. */
class MappingsIT {
    private static final String MAPPINGS = "/api/v1/mappings";
    private static final String PROFILE = "Device.Services.VoiceService.1.VoiceProfile.";

    @TempDir
    private Path directory;

    private LocalServer server;
    private Rest rest;

    @BeforeEach
    void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
        rest = server.rest();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_table_is_listed_filtered_and_paged() {
        JsonNode all = rest.get(MAPPINGS + "?limit=1000");
        assertThat(all.get("items")).hasSize(470);
        assertThat(all.get("total").asInt()).isEqualTo(470);
        JsonNode lossy = rest.get(MAPPINGS + "?fidelity=lossy&limit=15");
        assertThat(lossy.get("items"))
                .hasSize(15)
                .allMatch(line -> !line.get("reason").asText().isEmpty());
        JsonNode rest15 = rest.get(MAPPINGS + "?fidelity=lossy&limit=15&cursor="
                + lossy.get("next").asText());
        assertThat(rest15.get("items")).hasSize(5);
        assertThat(rest15.has("next")).isFalse();
        assertThat(rest.get(MAPPINGS + "?fidelity=write-only").get("total").asInt())
                .isEqualTo(5);
        JsonNode proxy = rest.get(MAPPINGS + "?q=sip.proxyserver").get("items").get(0);
        assertThat(proxy.get("key").asText()).isEqualTo("Proxy_{n}_");
        assertThat(proxy.get("conversion").asText()).isEqualTo("host");
        assertThat(proxy.get("evidence").asText()).isEqualTo("seen");
        assertThat(rest.status(MAPPINGS + "?fidelity=somewhat")).isEqualTo(400);
        assertThat(rest.status(MAPPINGS + "?cursor=elsewhere")).isEqualTo(400);
    }

    @Test
    void values_are_translated_both_ways() {
        JsonNode both = translate(
                "", PROFILE + "2.SIP.ProxyServer=pbx", PROFILE + "2.SIP.ProxyServerPort=5080", "SIP_T1=.5", "GPP_A=x");
        assertThat(both.get("keys"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"key\":\"Proxy_2_\",\"value\":\"pbx:5080\"}");
        assertThat(both.get("parameters").get(0).get("path").asText()).isEqualTo(PROFILE + "1.SIP.TimerT1");
        assertThat(both.get("parameters").get(0).get("value").asText()).isEqualTo("500");
        assertThat(both.get("untranslated").get(0).get("name").asText()).isEqualTo("GPP_A");
        assertThat(both.get("layout").asText()).isEqualTo("profile_each");
        JsonNode lines = translate("&layout=line_each", "User_ID_3_=2003");
        assertThat(lines.get("parameters").get(0).get("path").asText()).isEqualTo(PROFILE + "1.Line.3.DirectoryNumber");
    }

    @Test
    void a_secret_is_not_taken_in_an_address() {
        Rest.Answer answer = rest.call("GET", MAPPINGS + "/translation?value=Password_1_%3Dhunter2", "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains("is a secret").doesNotContain("hunter2");
    }

    @Test
    void for_a_phone_values_are_translated_by_what_it_reported() throws Exception {
        DeviceId device = ScriptedPhone.identity(1);
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.completes(EventCode.BOOTSTRAP);
        }
        rest.queue(device.encoded(), "GetParameterValues", "{\"paths\":[\"Device.\"]}");
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            phone.informs(EventCode.PERIODIC);
            phone.hasNothingMore();
            phone.sends(new CpeResponse.GetParameterValuesResponse(List.of(
                    ParameterValue.string(PROFILE + "1.Line.1.DirectoryNumber", "2001"),
                    ParameterValue.string(PROFILE + "1.Line.2.DirectoryNumber", "2002"),
                    new ParameterValue("Device.X_CISCO_EnableWebServer", "1", ParameterType.BOOLEAN))));
        }
        JsonNode translated =
                translate("&device=" + device.encoded(), "User_ID_2_=2009", "Enable_Web_Server=No", "User_ID_3_=1");
        assertThat(translated.get("layout").asText()).isEqualTo("line_each");
        assertThat(translated.get("parameters"))
                .extracting(parameter -> parameter.get("path").asText() + "="
                        + parameter.get("value").asText() + " "
                        + parameter.get("type").asText())
                .containsExactlyInAnyOrder(
                        "Device.X_CISCO_EnableWebServer=0 xsd:boolean",
                        PROFILE + "1.Line.2.DirectoryNumber=2009 xsd:string");
        assertThat(translated.get("untranslated").get(0).get("reason").asText())
                .isEqualTo("the phone has no such extension");
    }

    @Test
    void an_operators_own_line_counts_first_until_it_is_deleted_and_both_are_audited() {
        String line = "Device.X_ACME.Line.{n}.Mode  Proxy_{n}_  string? choice(on=yes,off=no) lossy  # dim has none";
        Rest.Answer added = rest.call("POST", MAPPINGS, "{\"line\":\"" + line + "\"}", "Idempotency-Key", "one");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body().get("evidence").asText()).isEqualTo("site");
        assertThat(rest.call("POST", MAPPINGS, "{\"line\":\"" + line + "\"}", "Idempotency-Key", "one")
                        .location())
                .isEqualTo(added.location());
        assertThat(rest.call("POST", MAPPINGS, "{\"line\":\"" + line + "\"}").status())
                .isEqualTo(409);
        String path = URLEncoder.encode("Device.X_ACME.Line.4.Mode=on", StandardCharsets.UTF_8);
        assertThat(rest.get(MAPPINGS + "/translation?value=" + path).get("keys").toString())
                .isEqualTo("[{\"key\":\"Proxy_4_\",\"value\":\"yes\"}]");
        assertThat(rest.get(MAPPINGS + "?limit=1").get("items").get(0).get("id"))
                .isEqualTo(added.body().get("id"));
        String id = added.body().get("id").asText();
        assertThat(rest.call("DELETE", MAPPINGS + "/" + id, "").status()).isEqualTo(204);
        assertThat(rest.status(MAPPINGS + "/" + id)).isEqualTo(404);
        assertThat(rest.get("/api/v1/audit?subject=" + id).get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("mapping.delete", "mapping.add");
    }

    @Test
    void a_line_that_says_nothing_and_a_caller_who_may_not_are_told_so() {
        Rest.Answer wrong = rest.call("POST", MAPPINGS, "{\"line\":\"Device.X GPP_A colour\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().get("detail").asText()).contains("'colour' is no type, conversion or mark");
        assertThat(rest.call("POST", MAPPINGS, "{}").status()).isEqualTo(400);
        String password = ServerProcess.ADMIN_PASSWORD;
        rest.call(
                "POST",
                "/api/v1/users",
                "{\"name\":\"olga\",\"password\":\"" + password + "-1\",\"role\":\"operator\"}");
        Rest olga = new Rest(server.port("web"), "olga", password + "-1");
        olga.call("POST", "/api/v1/users/me/password", "{\"old\":\"" + password + "-1\",\"new\":\"" + password + "\"}");
        Rest changed = new Rest(server.port("web"), "olga", password);
        assertThat(changed.status(MAPPINGS)).isEqualTo(200);
        assertThat(changed.call("POST", MAPPINGS, "{\"line\":\"Device.X GPP_A\"}")
                        .status())
                .isEqualTo(403);
    }

    private JsonNode translate(String more, String... values) {
        StringBuilder query = new StringBuilder();
        for (String value : values) {
            query.append(query.isEmpty() ? "?" : "&")
                    .append("value=")
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return rest.get(MAPPINGS + "/translation" + query + more);
    }
}
