package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.Claim;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.RpcState;
import carillon.server.access.Csrf;
import carillon.server.console.view.Phone;
import carillon.server.operator.TestHouse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with forms. */
class ConsoleFormsTest extends ConsoleOverHttp {
    @Test
    void a_form_needs_the_sessions_token_and_comes_from_here() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String path = new Phone(phone, 0).link() + "/labels";
        assertThat(post(path, "label", "x").statusCode()).isEqualTo(403);
        assertThat(post(path, "label", "x", "csrf", "wrong").statusCode()).isEqualTo(403);
        HttpRequest foreign = request(path)
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString("label=x&csrf=" + Csrf.token(cookie)))
                .build();
        assertThat(CLIENT.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(house.fresh(phone).label()).isEmpty();
        assertThat(write(path, "label", "Lobby", "site", "", "tags", "a, b", "interval", "600")
                        .statusCode())
                .isEqualTo(303);
        assertThat(house.fresh(phone).label()).isEqualTo("Lobby");
        assertThat(house.fresh(phone).tags()).containsExactlyInAnyOrder("a", "b");
        assertThat(house.fresh(phone).presence().informInterval()).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://evil.example", "Origin,null", "Sec-Fetch-Site,same-site", "Sec-Fetch-Site,cross-site"})
    void a_page_of_another_site_logs_nobody_in(String header, String value) throws Exception {
        house.user("ann", Role.VIEWER);
        HttpRequest foreign = request("/login")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("name=ann&password=" + TestHouse.PASSWORD.replace(' ', '+')))
                .build();
        HttpResponse<String> refused = CLIENT.send(foreign, HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("set-cookie")).isEmpty();
        String own = foreign.uri().resolve("/").toString().replaceFirst("/$", "");
        HttpResponse<String> entered = CLIENT.send(
                request("/login")
                        .header("Origin", own)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "name=ann&password=" + TestHouse.PASSWORD.replace(' ', '+')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(entered.statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A/B", "50%", "A%2FB", "A+B", "A B", "Gerät", "A\\B"})
    void a_phone_with_an_odd_serial_number_has_its_pages(String serial) throws Exception {
        Device phone = house.device("CP-8851", serial, DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String link = new Phone(phone, 0).link();
        assertThat(get(link).statusCode()).isEqualTo(200);
        assertThat(get(link + "/rpcs").statusCode()).isEqualTo(200);
        assertThat(location(write(link + "/labels", "label", "Odd", "site", "", "tags", "", "interval", "")))
                .startsWith(link);
        assertThat(house.fresh(phone).label()).isEqualTo("Odd");
    }

    @Test
    void every_method_has_a_form_that_queues_it_once() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String rpcs = new Phone(phone, 0).link() + "/rpcs";
        queue(rpcs, "GetRPCMethods");
        queue(rpcs, "GetParameterNames", "path", "Device.", "nextLevel", "true");
        queue(rpcs, "GetParameterValues", "paths", "Device.A\r\n\r\n Device.B. ");
        queue(rpcs, "SetParameterValues", "path", "Device.A", "value", "1", "type", "xsd:int", "path", "", "value", "");
        queue(rpcs, "GetParameterAttributes", "paths", "Device.");
        queue(rpcs, "SetParameterAttributes", "path", "Device.A", "notification", "2", "access", "subscriber");
        queue(rpcs, "AddObject", "object", "Device.T.", "parameterKey", "k");
        queue(rpcs, "DeleteObject", "object", "Device.T.1.");
        queue(rpcs, "Reboot");
        queue(rpcs, "FactoryReset", "sure", "on");
        queue(
                rpcs,
                "Download",
                "fileType",
                "1 Firmware Upgrade Image",
                "url",
                "http://files.test/a",
                "password",
                "hush",
                "size",
                "7",
                "delay",
                "60");
        List<QueuedRpc> queued = house.database
                .<carillon.db.Page<QueuedRpc>>read(stores -> stores.rpcs().list(phone.key(), 50, ""))
                .items();
        assertThat(queued).hasSize(11);
        assertThat(queued.stream().map(QueuedRpc::arguments))
                .contains(
                        "{\"paths\":[\"Device.A\",\"Device.B.\"]}",
                        "{\"values\":[{\"path\":\"Device.A\",\"value\":\"1\",\"type\":\"xsd:int\"}]}",
                        "{\"attributes\":[{\"path\":\"Device.A\",\"notification\":2,\"accessList\":[\"Subscriber\"]}]}",
                        "{\"object\":\"Device.T.\",\"parameterKey\":\"k\"}",
                        "{\"fileType\":\"1 Firmware Upgrade"
                                + " Image\",\"url\":\"http://files.test/a\",\"password\":\"hush\","
                                + "\"size\":7,\"delay\":\"60s\"}");
        String download = get(rpcs + "/" + queued.get(0).id()).body();
        assertThat(download).contains("http://files.test/a").doesNotContain("hush");
    }

    @Test
    void the_less_common_methods_have_forms_too() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String rpcs = new Phone(phone, 0).link() + "/rpcs";
        queue(rpcs, "ScheduleInform", "delay", "600");
        queue(rpcs, "Upload", "fileType", "2 Vendor Log File", "url", "http://files.test/a", "password", "hush");
        queue(rpcs, "CancelTransfer", "commandKey", "k");
        queue(rpcs, "GetQueuedTransfers");
        queue(rpcs, "GetAllQueuedTransfers");
        queue(rpcs, "GetOptions", "option", "");
        queue(rpcs, "SetVouchers", "vouchers", "YQ==\nYg==");
        queue(
                rpcs,
                "ScheduleDownload",
                "fileType",
                "2 Web Content",
                "url",
                "http://files.test/a",
                "start",
                "",
                "end",
                "60",
                "mode",
                "3 When Idle");
        queue(rpcs, "ChangeDUState", "operation", "install", "url", "http://files.test/m", "password", "hush");
        List<QueuedRpc> queued = house.database
                .<carillon.db.Page<QueuedRpc>>read(stores -> stores.rpcs().list(phone.key(), 50, ""))
                .items();
        assertThat(queued.stream().map(QueuedRpc::arguments))
                .containsExactly(
                        "{\"operations\":[{\"operation\":\"install\",\"url\":\"http://files.test/m\",\"password\":\"hush\"}]}",
                        "{\"fileType\":\"2 Web"
                                + " Content\",\"url\":\"http://files.test/a\",\"windows\":[{\"start\":\"0s\",\"end\":\"60s\",\"mode\":\"3"
                                + " When Idle\"}]}",
                        "{\"vouchers\":[\"YQ==\",\"Yg==\"]}",
                        "{}",
                        "{}",
                        "{}",
                        "{\"commandKey\":\"k\"}",
                        "{\"fileType\":\"2 Vendor Log File\",\"url\":\"http://files.test/a\",\"password\":\"hush\"}",
                        "{\"delay\":\"600s\"}");
        assertThat(get(rpcs + "/" + queued.get(0).id()).body())
                .contains("http://files.test/m")
                .doesNotContain("hush");
    }

    @Test
    void a_form_that_makes_no_sense_comes_back_as_it_was_typed() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String rpcs = new Phone(phone, 0).link() + "/rpcs";
        HttpResponse<String> back = write(
                rpcs,
                "method",
                "SetParameterValues",
                "once",
                once(rpcs, "SetParameterValues"),
                "path",
                "Device.A",
                "value",
                "maybe",
                "type",
                "xsd:boolean");
        assertThat(back.statusCode()).isEqualTo(422);
        assertThat(back.body()).contains("value=\"maybe\"", "role=\"alert\"");
        assertThat(write(rpcs, "method", "FactoryReset", "once", once(rpcs, "FactoryReset"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(house.rung).isEmpty();
    }

    @Test
    @Tag("CWMP-254")
    void a_phone_is_sent_to_another_server_in_a_second_step_alone() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        String rpcs = new Phone(phone, 0).link() + "/rpcs";
        assertThat(get(rpcs + "/new?method=SetParameterValues").body()).doesNotContain("name=\"confirmed\"");
        List<String> typed = new java.util.ArrayList<>(List.of(
                "method",
                "SetParameterValues",
                "once",
                once(rpcs, "SetParameterValues"),
                "path",
                "Device.ManagementServer.URL",
                "value",
                "http://192.0.2.9/",
                "type",
                "xsd:string"));
        HttpResponse<String> back = write(rpcs, typed.toArray(String[]::new));
        assertThat(back.statusCode()).isEqualTo(422);
        assertThat(back.body()).contains("never comes to this one again", "name=\"confirmed\"");
        assertThat(house.rung).isEmpty();
        typed.addAll(List.of("confirmed", "true"));
        assertThat(location(write(rpcs, typed.toArray(String[]::new)))).contains("done=queued");
        assertThat(house.rung).containsExactly("SetParameterValues");
    }

    @Test
    void waiting_phones_claims_and_lost_answers_are_decided_on_pages() throws Exception {
        Device waiting = house.device("CP-8851", "FCH1", DeviceState.WAITING);
        Device claimed = house.device("CP-8851", "FCH2", DeviceState.APPROVED);
        Claim claim = house.claim(claimed, true);
        house.user("ann", Role.OPERATOR);
        login("ann");
        assertThat(get("/").body()).contains("Waiting for approval", "Claims to decide", "It was this phone");
        assertThat(location(write(new Phone(waiting, 0).link() + "/state", "state", "approved", "back", "/")))
                .isEqualTo("/?done=approved");
        assertThat(house.fresh(waiting).state()).isEqualTo(DeviceState.APPROVED);
        String link = new Phone(claimed, 0).link();
        write(link + "/claims/" + claim.id(), "decision", "confirm");
        assertThat(house.fresh(claimed).trust().readmit()).isTrue();
        queue(link + "/rpcs", "Reboot");
        QueuedRpc rpc = house.database
                .<carillon.db.Page<QueuedRpc>>read(stores -> stores.rpcs().list(claimed.key(), 1, ""))
                .items()
                .get(0);
        house.commits(claimed, new Effect.ClaimNext("S", house.now()));
        house.commits(
                claimed,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.UNCONFIRMED,
                        Optional.empty(),
                        Optional.empty(),
                        "lost",
                        house.now()));
        assertThat(get(link + "/rpcs/" + rpc.id()).body()).contains("It was done", "queue it again");
        write(link + "/rpcs/" + rpc.id(), "do", "succeeded");
        assertThat(house.fresh(rpc).state()).isEqualTo(RpcState.SUCCEEDED);
        assertThat(write(link + "/wake").body()).contains("did not answer within 12 ms", "nobody home");
    }

    @Test
    void people_and_tokens_are_managed_and_secrets_shown_once() throws Exception {
        house.user("boss", Role.ADMINISTRATOR);
        login("boss");
        write("/users", "name", "ann", "password", "long enough", "role", "OPERATOR", "site", "", "tag", "");
        assertThat(get("/users").body()).contains("ann", "must change password");
        assertThat(write("/users", "name", "ann", "password", "long enough", "role", "OPERATOR")
                        .body())
                .contains("exists already");
        write("/users/ann", "role", "VIEWER", "password", "", "disabled", "true");
        assertThat(get("/users").body()).contains("disabled");
        String made = write("/tokens", "label", "Monitoring", "role", "viewer", "days", "7")
                .body();
        assertThat(made).containsPattern("carillon_[A-Za-z0-9_-]{43}");
        assertThat(get("/tokens").body()).contains("Monitoring").doesNotContain("carillon_");
        assertThat(get("/audit").body()).contains("token.create", "user.create").doesNotContain("long enough");
    }

    private void queue(String rpcs, String method, String... fields) throws Exception {
        String[] all = new String[fields.length + 4];
        System.arraycopy(fields, 0, all, 4, fields.length);
        all[0] = "method";
        all[1] = method;
        all[2] = "once";
        all[3] = once(rpcs, method);
        HttpResponse<String> first = write(rpcs, all);
        assertThat(first.statusCode()).as(method + " " + first.body()).isEqualTo(303);
        assertThat(location(write(rpcs, all))).as("sent twice").isEqualTo(location(first));
    }

    private String once(String rpcs, String method) throws Exception {
        String form = get(rpcs + "/new?method=" + method).body();
        assertThat(form).contains("name=\"method\" value=\"" + method + "\"");
        return form.replaceAll("(?s).*name=\"once\" value=\"([0-9A-Z]{26})\".*", "$1");
    }
}
