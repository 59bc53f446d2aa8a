package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.SessionLog;
import carillon.server.endtoend.RawPhone.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a phone that nobody knows becomes one of ours, and what is done about those who come in its name. */
class EnrolmentIT {
    private static final String MANAGEMENT = "Device.ManagementServer.";
    private static final AtomicInteger NUMBERS = new AtomicInteger(7000);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "enroll");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Phone factoryPhone(int number, String scheme) {
        URI url = URI.create(scheme + "://127.0.0.1:" + server.port("cwmp." + scheme) + "/");
        return new Phone(PhoneModel.of("CP-8851-3PCC"), number, url, "", "");
    }

    /** Somebody who calls himself the same, without what the server gave to the phone. */
    private static Phone impostor(Phone phone, String scheme, EventCode event) {
        Phone impostor = factoryPhone(phone.number(), scheme);
        impostor.startsWith(List.of(Event.of(event)));
        return impostor;
    }

    private static String device(Phone phone) {
        return "/api/v1/devices/" + phone.id().encoded();
    }

    private static String state(Phone phone) {
        return server.rest().get(device(phone)).get("state").asText();
    }

    private static void set(Phone phone, String state) {
        assertThat(server.rest()
                        .call("PATCH", device(phone), "{\"state\":\"" + state + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode claims(Phone phone) {
        return server.rest().get(device(phone) + "/claims").get("items");
    }

    private static void decide(Phone phone, JsonNode claim, String state) {
        String path = device(phone) + "/claims/" + claim.get("id").asText();
        assertThat(server.rest()
                        .call("PATCH", path, "{\"state\":\"" + state + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static SessionLog completed(SessionLog log) {
        assertThat(log.completed()).as(log.reason()).isTrue();
        return log;
    }

    /** What a session was asked to set, by the end of its paths. */
    private static List<String> isAskedToSet(SessionLog log) {
        return completed(log).requests().stream()
                .filter(AcsRequest.SetParameterValues.class::isInstance)
                .flatMap(request -> ((AcsRequest.SetParameterValues) request).values().stream())
                .map(ParameterValue::path)
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .toList();
    }

    /** A phone that was approved and has used credentials of its own. */
    private static Phone ownPhone() {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "https");
        completed(phone.session());
        set(phone, "approved");
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        assertThat(phone.value(MANAGEMENT + "Username")).isEqualTo(phone.id().encoded());
        return phone;
    }

    @Test
    @Tag("CWMP-251")
    @Tag("CWMP-252")
    void an_unknown_phone_waits_and_is_told_nothing_but_when_to_come() {
        for (String scheme : List.of("http", "https")) {
            Phone phone = factoryPhone(NUMBERS.incrementAndGet(), scheme);
            SessionLog first = phone.session();
            assertThat(first.requests()).hasSize(1);
            assertThat(isAskedToSet(first))
                    .containsExactly("PeriodicInformEnable", "PeriodicInformInterval", "PeriodicInformTime");
            assertThat(state(phone)).isEqualTo("waiting");
            SessionLog second = phone.session(Event.of(EventCode.PERIODIC));
            assertThat(completed(second).requests()).isEmpty();
            assertThat(state(phone)).isEqualTo("waiting");
        }
    }

    @Test
    @Tag("CWMP-252")
    void over_http_an_approved_phone_is_managed_and_gets_no_credentials() {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "http");
        completed(phone.session());
        set(phone, "approved");
        String rpc = server.rest()
                .queue(
                        phone.id().encoded(),
                        "GetParameterValues",
                        "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}");
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        assertThat(phone.value(MANAGEMENT + "Password")).isEmpty();
    }

    @Test
    @Tag("CWMP-057")
    @Tag("CWMP-206")
    void over_https_an_approved_phone_gets_credentials_and_from_their_use_on_only_they_open_a_session() {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "https");
        assertThat(isAskedToSet(phone.session())).doesNotContain("Password");
        set(phone, "approved");
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC))))
                .containsExactly("Username", "Password", "ConnectionRequestUsername", "ConnectionRequestPassword");
        assertThat(phone.value(MANAGEMENT + "Password")).hasSize(26);
        assertThat(phone.value(MANAGEMENT + "ConnectionRequestPassword"))
                .hasSize(26)
                .isNotEqualTo(phone.value(MANAGEMENT + "Password"));
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(claims(phone)).isEmpty();

        server.rest().queue(phone.id().encoded(), "Reboot", "{}");
        SessionLog somebody = impostor(phone, "https", EventCode.PERIODIC).session();
        assertThat(completed(somebody).requests()).isEmpty();
        assertThat(claims(phone)).hasSize(1);
        assertThat(completed(phone.session(Event.of(EventCode.PERIODIC))).requests())
                .singleElement()
                .isInstanceOf(AcsRequest.Reboot.class);
    }

    @Test
    void a_session_that_began_behind_tls_does_not_go_on_without_it() throws IOException {
        Phone phone = ownPhone();
        String secret = "HopS3cret";
        server.rest()
                .queue(
                        phone.id().encoded(),
                        "SetParameterValues",
                        "{\"values\":[{\"path\":\"Device.ManagementServer.ConnectionRequestPassword\",\"value\":\""
                                + secret + "\",\"type\":\"xsd:string\"}]}");
        String basic = "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (phone.value(MANAGEMENT + "Username") + ":" + phone.value(MANAGEMENT + "Password"))
                                        .getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        try (RawPhone tls = RawPhone.overTls(server.port("cwmp.https"));
                RawPhone plain = RawPhone.connect(server.port("cwmp.http"))) {
            Answer opened = tls.post(basic, Soap.inform(phone.id(), "2 PERIODIC"));
            assertThat(opened.status()).isEqualTo(200);
            String cookie = opened.header("set-cookie");
            String header = "Cookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n";
            Answer elsewhere = plain.nothing(header);
            assertThat(elsewhere.body()).doesNotContain(secret);
            assertThat(elsewhere.status()).isNotEqualTo(200);
            assertThat(tls.nothing(header).body()).contains(secret);
        }
    }

    @Test
    @Tag("CWMP-044")
    void basic_is_good_over_tls_only_and_digest_on_both() throws IOException {
        Phone phone = ownPhone();
        String inform = Soap.inform(phone.id(), "2 PERIODIC");
        String basic = "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (phone.value(MANAGEMENT + "Username") + ":" + phone.value(MANAGEMENT + "Password"))
                                        .getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        try (RawPhone tls = RawPhone.overTls(server.port("cwmp.https"));
                RawPhone plain = RawPhone.connect(server.port("cwmp.http"))) {
            Answer challenge = tls.post("", inform);
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.closes()).isFalse();
            Answer good = tls.post(basic, inform);
            assertThat(good.status()).isEqualTo(200);
            assertThat(good.header("set-cookie")).contains("; Secure");
            assertThat(plain.post(basic, inform).status()).isEqualTo(401);
        }
        Phone overHttp = impostor(phone, "http", EventCode.PERIODIC);
        overHttp.changes(MANAGEMENT + "Username", phone.value(MANAGEMENT + "Username"));
        overHttp.changes(MANAGEMENT + "Password", phone.value(MANAGEMENT + "Password"));
        int before = claims(phone).size();
        completed(overHttp.session());
        assertThat(claims(phone)).hasSize(before);
    }

    @Test
    void a_login_that_is_cut_off_is_challenged_again_and_told_once() throws IOException {
        Phone phone = ownPhone();
        try (LogLines log = new LogLines();
                RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
            String header = "Authorization: Digest username=\"" + phone.id().encoded() + "\", realm=\"Cari\r\n";
            Answer answer = raw.post(header, Soap.inform(phone.id(), "2 PERIODIC"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate")).startsWith("Digest realm=\"Carillon\", qop=\"auth\"");
            log.holdOne("refused with 401", phone.id().toString(), "127.0.0.1");
        }
    }

    @Test
    @Tag("CWMP-059")
    void who_guesses_passwords_is_put_off_and_the_phone_itself_is_not() throws IOException {
        Phone phone = ownPhone();
        try (LogLines log = new LogLines();
                RawPhone guesser = RawPhone.connect(server.port("cwmp.http"), "127.0.0.3")) {
            String inform = Soap.inform(phone.id(), "2 PERIODIC");
            Answer answer = guesser.post("", inform);
            for (int i = 0; i < 60 && answer.status() != 503; i++) {
                String guess = "Authorization: Digest username=\"" + phone.id().encoded()
                        + "\", realm=\"Carillon\", uri=\"/\", nonce=\""
                        + answer.header("www-authenticate").replaceAll(".*nonce=\"([^\"]*)\".*", "$1")
                        + "\", response=\"00\"\r\n";
                answer = guesser.post(guess, inform);
            }
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isNotEmpty();
            log.clear();
            for (int i = 0; i < 10; i++) {
                assertThat(guesser.post("Authorization: Basic eDp5\r\n", inform).status())
                        .isEqualTo(503);
            }
            assertThat(log.lines()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
    }

    @Test
    @Tag("CWMP-055")
    @Tag("CWMP-252")
    void a_claim_changes_nothing_gets_nothing_and_does_not_disturb_the_phones_own_session() throws IOException {
        Phone phone = ownPhone();
        server.rest().queue(phone.id().encoded(), "FactoryReset", "{}");
        JsonNode before = server.rest().get(device(phone));
        SessionLog log = impostor(phone, "https", EventCode.BOOTSTRAP).session();
        assertThat(completed(log).requests()).isEmpty();
        assertThat(server.rest().get(device(phone))).isEqualTo(before);
        assertThat(server.rest().get(device(phone) + "/events").get("items"))
                .allSatisfy(
                        event -> assertThat(event.get("event").asText()).isIn("0 BOOTSTRAP", "1 BOOT", "2 PERIODIC"));
        JsonNode claim = claims(phone).get(0);
        assertThat(claim.get("state").asText()).isEqualTo("pending");
        assertThat(claim.get("expected").asBoolean()).isFalse();
        assertThat(claim.get("events").asText()).isEqualTo("0 BOOTSTRAP");
        assertThat(claim.get("told")).singleElement().satisfies(told -> {
            assertThat(told.get("event").asText()).isEqualTo("0 BOOTSTRAP");
            assertThat(told.get("session").asText()).isNotEmpty();
        });

        decide(phone, claim, "refused");
        completed(impostor(phone, "https", EventCode.BOOTSTRAP).session());
        assertThat(claims(phone)).extracting(each -> each.get("state").asText()).contains("refused", "pending");
    }

    @Test
    @Tag("CWMP-055")
    void what_a_claim_told_was_acknowledged_and_joins_the_phones_events_once_it_is_confirmed() throws IOException {
        Phone phone = ownPhone();
        String reboot = server.rest().queue(phone.id().encoded(), "Reboot", "{}");
        JsonNode before = server.rest().get(device(phone) + "/events").get("items");
        int port = server.port("cwmp.http");
        try (RawPhone raw = RawPhone.connect(port)) {
            assertThat(raw.post("", Soap.inform(phone.id(), "1 BOOT")).status()).isEqualTo(401);
            Answer opened = raw.post("Authorization: Basic eDp5\r\n", Soap.inform(phone.id(), "1 BOOT"));
            assertThat(opened.status()).isEqualTo(200);
            String cookie = "Cookie: " + opened.cookie() + "\r\n";
            assertThat(raw.post(cookie, Soap.transferComplete(reboot)).body()).contains("TransferCompleteResponse");
            assertThat(raw.nothing(cookie).status()).isEqualTo(204);
        }
        assertThat(server.rest().get(device(phone) + "/events").get("items")).isEqualTo(before);
        JsonNode claim = claims(phone).get(0);
        assertThat(claim.get("told"))
                .extracting(told -> told.get("event").asText() + " "
                        + told.get("commandKey").asText())
                .containsExactly("1 BOOT ", "TransferComplete " + reboot);

        decide(phone, claim, "confirmed");
        JsonNode after = server.rest().get(device(phone) + "/events").get("items");
        assertThat(after).hasSize(before.size() + 2);
        assertThat(after.get(0).get("commandKey").asText()).isEqualTo(reboot);
        assertThat(after.get(1).get("event").asText()).isEqualTo("1 BOOT");
        assertThat(server.rest().rpc(reboot).get("state").asText()).isEqualTo("queued");
    }

    @Test
    void somebody_without_a_proof_does_not_end_the_phones_own_session() throws IOException {
        Phone phone = ownPhone();
        String inform = Soap.inform(phone.id(), "2 PERIODIC");
        String basic = "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString((phone.id().encoded() + ":" + phone.value(MANAGEMENT + "Password"))
                                .getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        try (RawPhone own = RawPhone.overTls(server.port("cwmp.https"))) {
            Answer opened = own.post(basic, inform);
            assertThat(opened.status()).isEqualTo(200);
            completed(impostor(phone, "http", EventCode.PERIODIC).session());
            assertThat(own.post("Cookie: " + opened.cookie() + "\r\n", Soap.getRpcMethods())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Tag("CWMP-161")
    void a_factory_reset_of_ours_makes_an_expected_claim_that_is_confirmed_and_ends_well() {
        Phone phone = ownPhone();
        String old = phone.value(MANAGEMENT + "Password");
        String rpc = server.rest().queue(phone.id().encoded(), "FactoryReset", "{}");
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        assertThat(phone.value(MANAGEMENT + "Password")).isEmpty();
        assertThat(completed(phone.session()).requests()).isEmpty();
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("sent");
        JsonNode claim = claims(phone).get(0);
        assertThat(claim.get("expected").asBoolean()).isTrue();
        assertThat(server.rest().rpc(rpc).get("note").asText())
                .contains("the claim " + claim.get("id").asText() + " awaits confirmation");

        decide(phone, claim, "confirmed");
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        // its bootstrap was acknowledged, so it does not come again
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC))))
                .contains("PeriodicInformInterval", "Password");
        assertThat(phone.value(MANAGEMENT + "Password")).hasSize(26).isNotEqualTo(old);
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(phone.executions(carillon.cwmp.message.AcsMethod.FACTORY_RESET))
                .isEqualTo(1);
    }

    @Test
    @Tag("CWMP-058")
    void old_and_new_credentials_are_good_until_the_new_were_used() {
        Phone phone = ownPhone();
        Phone withOld = impostor(phone, "https", EventCode.PERIODIC);
        withOld.changes(MANAGEMENT + "Username", phone.value(MANAGEMENT + "Username"));
        withOld.changes(MANAGEMENT + "Password", phone.value(MANAGEMENT + "Password"));
        // the phone is replaced on the bench: a claim, confirmed, gets the next generation
        Phone bench = impostor(phone, "https", EventCode.BOOTSTRAP);
        completed(bench.session());
        decide(phone, claims(phone).get(0), "confirmed");
        assertThat(isAskedToSet(bench.session(Event.of(EventCode.BOOTSTRAP)))).contains("Password");
        assertThat(bench.value(MANAGEMENT + "Password")).isNotEqualTo(phone.value(MANAGEMENT + "Password"));
        int decided = claims(phone).size();

        // the old ones: good, and the new ones are offered
        Phone stillOld = impostor(phone, "https", EventCode.PERIODIC);
        stillOld.changes(MANAGEMENT + "Username", withOld.value(MANAGEMENT + "Username"));
        stillOld.changes(MANAGEMENT + "Password", withOld.value(MANAGEMENT + "Password"));
        assertThat(isAskedToSet(stillOld.session(Event.of(EventCode.PERIODIC)))).contains("Password");
        assertThat(stillOld.value(MANAGEMENT + "Password")).isEqualTo(bench.value(MANAGEMENT + "Password"));
        assertThat(claims(phone)).hasSize(decided);

        // the new ones are used: the old ones are good no more
        assertThat(isAskedToSet(bench.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(completed(withOld.session(Event.of(EventCode.PERIODIC))).requests())
                .isEmpty();
        assertThat(claims(phone)).hasSize(decided + 1);
    }

    @Test
    @Tag("CWMP-058")
    void a_phone_whose_answer_to_its_first_credentials_was_lost_gets_them_again() throws IOException {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "https");
        completed(phone.session());
        set(phone, "approved");
        phone.misbehaves(carillon.phones.CourseOddity.DROP_ON_REQUEST);
        assertThat(phone.session(Event.of(EventCode.PERIODIC)).requests()).hasSize(1);
        assertThat(phone.value(MANAGEMENT + "Password")).isEmpty();
        phone.misbehaves(carillon.phones.CourseOddity.DROP_BEFORE_ANSWER);
        assertThat(phone.session(Event.of(EventCode.PERIODIC)).requests()).hasSize(1);
        String applied = phone.value(MANAGEMENT + "Password");
        assertThat(applied).hasSize(26);
        phone.misbehaves();
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).contains("Password");
        assertThat(phone.value(MANAGEMENT + "Password")).isEqualTo(applied);
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(claims(phone)).isEmpty();
    }

    @Test
    void a_phone_that_acknowledged_its_first_credentials_and_has_not_applied_them_is_not_stranded() {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "https");
        completed(phone.session());
        set(phone, "approved");
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        String issued = phone.value(MANAGEMENT + "Password");
        phone.changes(MANAGEMENT + "Username", "");
        phone.changes(MANAGEMENT + "Password", "");
        String rpc = server.rest()
                .queue(
                        phone.id().encoded(),
                        "GetParameterValues",
                        "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}");
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(server.rest().rpc(rpc).get("state").asText()).isEqualTo("succeeded");
        assertThat(claims(phone)).isEmpty();
        // it restarts, and they are applied
        phone.changes(MANAGEMENT + "Username", phone.id().encoded());
        phone.changes(MANAGEMENT + "Password", issued);
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.BOOT)))).isEmpty();
        assertThat(completed(impostor(phone, "https", EventCode.PERIODIC).session())
                        .requests())
                .isEmpty();
        assertThat(claims(phone)).hasSize(1);
    }

    @Test
    void a_refused_phone_gets_answers_and_nothing_else() {
        Phone phone = factoryPhone(NUMBERS.incrementAndGet(), "https");
        completed(phone.session());
        set(phone, "refused");
        assertThat(completed(phone.session(Event.of(EventCode.PERIODIC))).requests())
                .isEmpty();
        assertThat(state(phone)).isEqualTo("refused");
    }

    @Test
    @Tag("CWMP-045")
    void where_devices_must_be_known_an_unknown_one_gets_401_and_leaves_no_trace() throws IOException {
        try (LocalServer strict = new LocalServer(directory.resolve("strict"), "cpe.auth", "required");
                LogLines log = new LogLines();
                RawPhone raw = RawPhone.connect(strict.port("cwmp.http"))) {
            Answer answer = raw.post("", Soap.inform(ScriptedPhone.identity(1), "1 BOOT"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate")).startsWith("Digest ").doesNotContain("Basic");
            log.holdOne("refused with 401", ScriptedPhone.identity(1).toString(), "cpe.auth=required");
            assertThat(strict.rest().get("/api/v1/devices").get("items")).isEmpty();
        }
    }

    @Test
    @Tag("CWMP-227")
    void the_waiting_list_is_bounded_for_each_source_and_in_all() throws IOException {
        try (LocalServer small =
                new LocalServer(directory.resolve("small"), "waiting.limit", "3", "waiting.per-source", "2")) {
            assertThat(informs(small, 1, "127.0.0.1").status()).isEqualTo(200);
            assertThat(informs(small, 2, "127.0.0.1").status()).isEqualTo(200);
            try (LogLines log = new LogLines()) {
                Answer third = informs(small, 3, "127.0.0.1");
                assertThat(third.status()).isEqualTo(503);
                assertThat(Integer.parseInt(third.header("retry-after"))).isPositive();
                log.holdOne(ScriptedPhone.identity(3).toString(), "the waiting list is full");
            }
            assertThat(informs(small, 4, "127.0.0.2").status()).isEqualTo(200);
            assertThat(informs(small, 5, "127.0.0.3").status()).isEqualTo(503);
            assertThat(informs(small, 1, "127.0.0.1").status()).isEqualTo(200);
            small.later(Duration.ofMinutes(61));
            assertThat(informs(small, 6, "127.0.0.1").status()).isEqualTo(503);
            assertThat(small.rest().get("/api/v1/devices").get("items")).hasSize(3);
        }
    }

    private static Answer informs(LocalServer server, int number, String from) throws IOException {
        try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"), from)) {
            return raw.post("", Soap.inform(ScriptedPhone.identity(number), "1 BOOT"));
        }
    }
}
