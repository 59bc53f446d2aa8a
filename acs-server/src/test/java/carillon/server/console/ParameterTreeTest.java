package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.RpcState;
import carillon.server.console.view.Phone;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TestHouse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the console says of a phone's parameters, and of RPCs that the phone refused. */
class ParameterTreeTest extends ConsoleOverHttp {
    @Test
    @Tag("CWMP-141")
    @Tag("CWMP-145")
    void the_tree_offers_to_add_and_delete_rows_where_the_phone_allows_it_and_shows_hidden_values_as_such()
            throws Exception {
        house.user("bea", Role.OPERATOR);
        login("bea");
        Device phone = house.device("CP-8851-3PCC", "FCH78", DeviceState.APPROVED);
        house.commits(
                phone,
                new Effect.NamesReported(
                        List.of(
                                new ParameterInfo("Device.A.", false),
                                new ParameterInfo("Device.B.", true),
                                new ParameterInfo("Device.B.1.", true),
                                new ParameterInfo("Device.B.2.", false),
                                new ParameterInfo("Device.Password", true)),
                        house.now()),
                new Effect.ValuesReported(List.of(ParameterValue.string("Device.Password", "")), house.now()));
        String link = new Phone(phone, 0).link();
        String level = get(link + "/parameters?path=Device.").body();
        assertThat(level)
                .contains("method=AddObject&object=Device.B.", "<span class=\"none\">hidden</span>")
                .doesNotContain("object=Device.A.", "method=DeleteObject");
        assertThat(get(link + "/parameters?path=Device.B.").body())
                .contains("method=DeleteObject&object=Device.B.1.")
                .doesNotContain("object=Device.B.2.", "method=AddObject");
    }

    @Test
    @Tag("CWMP-194")
    void a_form_that_a_data_model_is_against_says_so_and_is_sent_when_it_is_meant() throws Exception {
        house.user("bea", Role.OPERATOR);
        login("bea");
        Device phone = house.device("CP-8851-3PCC", "FCH80", DeviceState.APPROVED);
        String link = new Phone(phone, 0).link();
        String form = get(link + "/rpcs/new?method=SetParameterValues").body();
        assertThat(form).doesNotContain("id=\"warnings\"", "name=\"anyway\"");
        HttpResponse<String> warned = set(link, form);
        assertThat(warned.statusCode()).isEqualTo(422);
        assertThat(warned.body())
                .contains("id=\"warnings\"", "name=\"anyway\"", "1 and more", "value=\"0\"")
                .contains("Device.ManagementServer.PeriodicInformInterval");
        HttpResponse<String> sent = set(link, warned.body(), "anyway", "true");
        assertThat(location(sent)).contains("/rpcs/").endsWith("?done=queued");
    }

    private HttpResponse<String> set(String link, String form, String... more) throws Exception {
        String once = form.replaceAll("(?s).*name=\"once\" value=\"([^\"]*)\".*", "$1");
        List<String> fields = new ArrayList<>(List.of(
                "method",
                "SetParameterValues",
                "once",
                once,
                "path",
                "Device.ManagementServer.PeriodicInformInterval",
                "value",
                "0",
                "type",
                "xsd:unsignedInt"));
        fields.addAll(List.of(more));
        return write(link + "/rpcs", fields.toArray(String[]::new));
    }

    @Test
    @Tag("CWMP-184")
    void the_page_of_an_rpc_tells_when_it_is_sent_again_and_asks_for_the_login_that_a_file_server_wants()
            throws Exception {
        house.user("bea", Role.OPERATOR);
        login("bea");
        Device phone = house.device("CP-8851-3PCC", "FCH79", DeviceState.APPROVED);
        QueuedRpc rpc = house.rpcs
                .queue(
                        TestHouse.actor(Role.OPERATOR),
                        phone.id().encoded(),
                        RpcActions.Request.now(
                                "Download",
                                "{\"fileType\":\"2 Web Content\",\"url\":\"http://192.0.2.1/f\",\"username\":\"u\","
                                        + "\"password\":\"wrong-one\",\"delay\":\"5s\"}",
                                false))
                .rpc();
        String page = new Phone(phone, 0).link() + "/rpcs/" + rpc.id();
        house.commits(phone, new Effect.ClaimNext("s", house.now()));
        Fault busy = Fault.of(FaultCode.RESOURCES_EXCEEDED);
        house.commits(phone, new Effect.RpcPutOff(rpc.id(), busy, house.now().plusSeconds(60), "told"));
        assertThat(get(page).body()).contains("id=\"again\"", "sent again after", "<b>9004</b>");

        house.later(Duration.ofMinutes(2));
        house.commits(phone, new Effect.ClaimNext("s2", house.now()));
        Fault login = Fault.of(FaultCode.FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE);
        house.commits(
                phone,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.FAILED,
                        Optional.empty(),
                        Optional.of(login),
                        "",
                        house.now()));
        String failed = get(page).body();
        assertThat(failed).contains("id=\"again-login\"").doesNotContain("wrong-one");
        String form = failed.replaceAll("(?s).*id=\"again-login\" href=\"([^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(get(form).body())
                .contains("value=\"http://192.0.2.1/f\"", "value=\"u\"", "selected>2 Web Content", "value=\"5\"");
    }
}
