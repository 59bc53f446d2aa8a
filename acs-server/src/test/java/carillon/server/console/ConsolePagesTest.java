package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.db.Claim;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.FirstContact;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.Scope;
import carillon.db.SessionRecord;
import carillon.db.User;
import carillon.server.console.view.Phone;
import carillon.server.operator.CallResult;
import carillon.server.operator.RecentCall;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TestHouse;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pages show, and to whom. */
class ConsolePagesTest extends ConsoleOverHttp {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&";

    @Test
    void strangers_are_sent_to_the_login_and_on_to_where_they_wanted() throws Exception {
        house.user("ann", Role.VIEWER);
        HttpResponse<String> turnedAway = get("/phones?q=%3C");
        assertThat(turnedAway.statusCode()).isEqualTo(303);
        assertThat(location(turnedAway)).isEqualTo("/login?back=%2Fphones%3Fq%3D%253C");
        assertThat(post("/login", "name", "ann", "password", "wrong").body()).contains("do not belong together");
        HttpResponse<String> in =
                post("/login", "name", "ann", "password", TestHouse.PASSWORD, "back", "/phones?q=%3C");
        assertThat(location(in)).isEqualTo("/phones?q=%3C");
        assertThat(in.headers().firstValue("set-cookie").orElseThrow()).contains("HttpOnly", "SameSite=Lax");
        assertThat(location(post("/login", "name", "ann", "password", TestHouse.PASSWORD, "back", "//evil.test/")))
                .isEqualTo("/");
        assertThat(get("/live").statusCode()).isEqualTo(401);
    }

    @Test
    void a_password_of_somebody_elses_choice_is_changed_before_anything_else() throws Exception {
        User user = house.user("new", Role.OPERATOR);
        house.database.write(stores -> {
            stores.users()
                    .update(new User(
                            user.key(),
                            "new",
                            user.passwordHash(),
                            user.role(),
                            user.scope(),
                            true,
                            false,
                            user.createdAt()));
            return true;
        });
        login("new");
        assertThat(location(get("/phones"))).isEqualTo("/password");
        assertThat(get("/live").statusCode()).isEqualTo(401);
        String old = TestHouse.PASSWORD;
        assertThat(write("/password", "old", old, "new", "better horse", "again", "other horse")
                        .body())
                .contains("differ");
        HttpResponse<String> changed = write("/password", "old", old, "new", "better horse", "again", "better horse");
        assertThat(location(changed)).isEqualTo("/?done=password");
        take(changed);
        assertThat(get("/?done=password").body()).contains("Password changed.", "No phones yet");
        assertThat(location(write("/logout"))).isEqualTo("/login");
        assertThat(location(get("/"))).isEqualTo("/login");
    }

    @Test
    void pages_say_what_is_unsafe_and_allow_no_foreign_code() throws Exception {
        house.user("ann", Role.VIEWER);
        login("ann");
        HttpResponse<String> page = get("/");
        assertThat(page.body()).contains("cpe.auth is open", "cpe.cleartext-secrets is on", "http://acs.test:7547/");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", " style=", "onclick");
        String css = page.body().replaceAll("(?s).*?href=\"(/assets/[^\"]*console.css)\".*", "$1");
        HttpResponse<String> asset = get(css);
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    }

    @Test
    @Tag("CWMP-250")
    void nothing_that_phones_say_becomes_part_of_a_page() throws Exception {
        Device phone = house.device(HOSTILE, HOSTILE, DeviceState.APPROVED);
        house.database.write(stores -> stores.devices()
                .update(phone.withLabels(HOSTILE, HOSTILE, Set.of(HOSTILE))
                        .withReported(new Device.Reported(
                                HOSTILE, "<i>\"'&</i>", HOSTILE, HOSTILE, HOSTILE, HOSTILE, "", "Device.", ""))));
        house.commits(
                phone,
                new Effect.ValuesReported(
                        List.of(new ParameterValue("Device." + HOSTILE, HOSTILE, ParameterType.STRING)), house.now()),
                new Effect.EventsSeen("S", List.of(new carillon.cwmp.Event(HOSTILE, HOSTILE)), house.now()));
        archive(phone, HOSTILE);
        Claim claim = house.claim(phone, false, new carillon.cwmp.Event(HOSTILE, HOSTILE));
        assertThat(claim.id()).hasSize(26);
        house.user("ann", Role.ADMINISTRATOR);
        login("ann");
        String link = new Phone(phone, 0).link();
        for (String path : List.of(
                "/",
                "/phones",
                link,
                link + "/parameters?path=Device.",
                link + "/parameters?q=script",
                link + "/events",
                link + "/sessions",
                link + "/sessions/SESSION",
                link + "/rpcs/new?method=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8),
                "/phones?q=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8),
                "/audit")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).doesNotContain("<script>alert");
        }
        assertThat(get(link).body()).contains("&lt;script");
    }

    @Test
    void viewers_look_and_nobody_sees_beyond_their_scope() throws Exception {
        Device north = house.device("CP-8851", "NORTH", DeviceState.APPROVED, "north");
        Device south = house.device("CP-8851", "SOUTH", DeviceState.APPROVED, "south");
        house.user("ann", Role.VIEWER, new Scope("default", "north", ""));
        login("ann");
        assertThat(get("/phones").body()).contains("NORTH").doesNotContain("SOUTH");
        assertThat(get(new Phone(south, 0).link()).statusCode()).isEqualTo(404);
        String link = new Phone(north, 0).link();
        assertThat(get(link).body()).doesNotContain("/wake", "Delete this phone");
        assertThat(write(link + "/state", "state", "refused").statusCode()).isEqualTo(403);
        assertThat(get("/users").statusCode()).isEqualTo(403);
        assertThat(get("/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void what_is_not_there_is_said_in_ones_own_language() throws Exception {
        house.user("ann", Role.VIEWER);
        login("ann");
        HttpResponse<String> lost = get("/nothing/here");
        assertThat(lost.statusCode()).isEqualTo(404);
        assertThat(lost.body()).contains("This server has no page at this address.");
        HttpResponse<String> chosen = get("/preferences?language=fr&theme=dark&back=/nothing");
        assertThat(chosen.headers().allValues("set-cookie")).hasSize(2);
        assertThat(get("/preferences?back=//evil.test").headers().firstValue("location"))
                .contains("/");
        HttpRequest french = request("/nothing")
                .setHeader("Cookie", "carillon=" + cookie + "; carillon-language=fr; carillon-theme=dark")
                .build();
        assertThat(CLIENT.send(french, HttpResponse.BodyHandlers.ofString()).body())
                .contains("Ce serveur n’a pas de page à cette adresse.", "lang=\"fr\"", "data-theme=\"dark\"");
        HttpRequest put = request("/").PUT(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(CLIENT.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private void archive(Device phone, String text) {
        house.database.writeBehind(stores -> {
            stores.sessions()
                    .append(List.of(new SessionRecord(
                            "SESSION",
                            phone.key(),
                            phone.tenant(),
                            phone.site(),
                            house.now(),
                            house.now(),
                            "192.0.2.1",
                            List.of(text),
                            List.of(text),
                            text,
                            List.of(new SessionRecord.Message(house.now(), true, text, "<a>" + text + "</a>")))));
            return true;
        });
    }

    @Test
    @Tag("CWMP-202")
    void an_rpcs_page_tells_which_way_its_phone_was_called_and_what_it_answered() throws Exception {
        house.user("bea", Role.OPERATOR);
        login("bea");
        Device called = house.device("CP-8851-3PCC", "FCH77", DeviceState.APPROVED);
        QueuedRpc rpc = house.rpcs
                .queue(
                        TestHouse.actor(Role.OPERATOR),
                        called.id().encoded(),
                        RpcActions.Request.now("Reboot", "{}", true))
                .rpc();
        recentCalls = List.of(new RecentCall(
                house.now(),
                new CallResult(
                        CallResult.Kind.UDP,
                        CallResult.Outcome.REFUSED,
                        OptionalInt.of(503),
                        Duration.ofMillis(12),
                        "the phone is busy"),
                RecentCall.Contact.NONE));
        String page = get(new Phone(called, 0).link() + "/rpcs/" + rpc.id()).body();
        assertThat(page).contains("Connection requests", ">UDP<", "the phone is busy", "<code>503</code>");
    }

    @Test
    void only_what_can_be_set_has_a_link_to_set_it() throws Exception {
        Device phone = house.device("CP-8851", "SET1", DeviceState.APPROVED);
        house.commits(
                phone,
                new Effect.ValuesReported(
                        List.of(
                                ParameterValue.string("Device.X.Settable", "1"),
                                ParameterValue.string("Device.X.Fixed", "2"),
                                ParameterValue.string("Device.X.Unknown", "3")),
                        house.now()),
                new Effect.NamesReported(
                        List.of(
                                new ParameterInfo("Device.X.Settable", true),
                                new ParameterInfo("Device.X.Fixed", false)),
                        house.now()));
        house.user("ann", Role.OPERATOR);
        login("ann");
        String page =
                get(new Phone(phone, 0).link() + "/parameters?path=Device.X.").body();
        assertThat(page)
                .contains("method=SetParameterValues&path=Device.X.Settable")
                .doesNotContain("method=SetParameterValues&path=Device.X.Fixed")
                .doesNotContain("method=SetParameterValues&path=Device.X.Unknown")
                .contains("Ask whether Device.X.Unknown can be set");
    }

    @Test
    void a_page_behind_an_invented_cursor_is_refused_with_a_sentence() throws Exception {
        Device phone = house.device("CP-8851", "CUR1", DeviceState.APPROVED);
        house.user("ann", Role.OPERATOR);
        login("ann");
        for (String page : List.of("/phones?", new Phone(phone, 0).link() + "/events?")) {
            HttpResponse<String> answer = get(page + "cursor=bogus");
            assertThat(answer.statusCode()).as(page).isEqualTo(422);
            assertThat(answer.body()).contains("Begin at the list’s first page");
        }
    }

    @Test
    void a_phone_that_comes_back_from_a_factory_reset_is_shown_with_the_way_to_decide() throws Exception {
        Device phone = house.device("CP-8851", "RESET1", DeviceState.APPROVED);
        QueuedRpc rpc = house.rpcs
                .queue(
                        TestHouse.actor(Role.OPERATOR),
                        phone.id().encoded(),
                        RpcActions.Request.now("FactoryReset", "{}", false))
                .rpc();
        house.user("ann", Role.OPERATOR);
        login("ann");
        String link = new Phone(phone, 0).link();
        String page = link + "/rpcs/" + rpc.id();
        assertThat(get(page).body()).doesNotContain("#claims");
        assertThat(house.claim(phone, true).expected()).isTrue();
        assertThat(get(page).body())
                .contains("A phone came as this server’s factory reset leaves it", "href=\"" + link + "#claims\"");
        assertThat(get(link).body()).contains("id=\"claims\"", "Expected: this server had sent a factory reset.");
    }

    @Test
    void phones_that_asked_for_a_profile_are_on_the_dashboard_until_they_call() throws Exception {
        house.user("ann", Role.VIEWER);
        house.database.write(stores -> stores.contacts()
                .visited(
                        Scope.DEFAULT_TENANT,
                        new FirstContact.Said(
                                "00562b0000f1", "", "CP-8841-3PCC" + HOSTILE, "12.0", "10.0.0.7", "tftp", "/x", ""),
                        house.clock.instant(),
                        new FirstContact.Limits(10, 10)));
        login("ann");
        assertThat(get("/").body())
                .contains("Asked for their first profile")
                .contains("CP-8841-3PCC&lt;script&gt;")
                .contains("<code>00:56:2B:00:00:F1</code> · 10.0.0.7 · tftp")
                .doesNotContain(HOSTILE);
    }

    @Test
    void who_approves_from_the_dashboard_sees_serial_number_and_mac() throws Exception {
        house.device("CP-8851", "WAIT77", DeviceState.WAITING);
        house.user("ann", Role.OPERATOR);
        login("ann");
        assertThat(get("/").body())
                .contains("<code>WAIT77</code>", "<code>00:56:2B:12:34:56</code>")
                .contains("aria-label=\"Approve the phone with the serial number WAIT77\"");
    }
}
