package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.QueuedRpc;
import carillon.db.Role;
import carillon.db.RpcState;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.arguments.TransferHabits;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.enrol.TransferTokens;
import carillon.server.config.ConnectConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.Networks;
import carillon.server.config.StunConfig;
import carillon.server.cwmp.KnownDevices;
import carillon.server.cwmp.OpenSessions;
import carillon.server.cwmp.SessionRecorder;
import carillon.server.lifecycle.Workers;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.RecentCall;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TestHouse;
import carillon.server.operator.TransferPlans;
import carillon.server.stun.StunServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionRequestsTest {
    private static final Actor OPERATOR = TestHouse.actor(Role.OPERATOR);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private TestHouse house;
    private OpenSessions sessions;
    private Credentials credentials;

    @BeforeEach
    void open() {
        house = new TestHouse(directory);
        SessionRecorder recorder = new SessionRecorder(house.database);
        opened.add(recorder);
        sessions = new OpenSessions(10, recorder);
        credentials = new Credentials(house.database.seal().credentialKey());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        house.close();
    }

    private ConnectionRequests requests(boolean lab, int concurrency, Duration timeout) {
        return requests(lab, concurrency, timeout, Duration.ofSeconds(30));
    }

    private ConnectionRequests requests(boolean lab, int concurrency, Duration timeout, Duration contact) {
        ConnectionRequests requests = ConnectionRequests.assemble(
                new ConnectConfig(
                        new Networks(List.of()),
                        timeout,
                        concurrency,
                        new ConnectConfig.Patience(contact, 1, Duration.ofMillis(200)),
                        new ConnectConfig.Manners(false, false)),
                lab,
                new ConnectionRequests.Around(
                        house.database,
                        new ConnectionRequests.Roads(noStun(), Optional.empty()),
                        credentials,
                        sessions,
                        registry,
                        house.clock));
        opened.add(0, requests::stop);
        return requests;
    }

    /** It is never started, so no datagram can leave. */
    private StunServer noStun() {
        StunConfig off = new StunConfig(new Door("stun", "stun.port", "*", -1), 1, false, Duration.ofSeconds(30));
        return new StunServer(
                off,
                new PhoneBindings(
                        new KnownDevices(house.database, Runnable::run, 1),
                        credentials,
                        house.database,
                        new Workers("test", 1, 1),
                        house.clock),
                registry);
    }

    private static CompletableFuture<CallResult> call(ConnectionRequests requests, Device device) {
        return requests.call(device, Optional.empty());
    }

    private RpcActions actions(ConnectionRequests requests) {
        Recalls recalls = new Recalls(new ConnectConfig.Patience(Duration.ofSeconds(30), 1, Duration.ofMillis(200)));
        opened.add(0, recalls::stop);
        return new RpcActions(
                house.guard,
                new RpcJson(),
                new TransferPlans(new TransferTokens(new byte[32]), new RpcJson(), TransferHabits.USUAL),
                new PhoneDoorbell(sessions, requests, recalls, house.database));
    }

    /** The phone informs because it was called. */
    private void comes(Device device) {
        house.commits(device, new Effect.EventsSeen("S", List.of(Event.of(EventCode.CONNECTION_REQUEST)), house.now()));
    }

    private ConnectionRequests requests() {
        return requests(true, 4, Duration.ofSeconds(20));
    }

    private Device device(String serial, String url, DeviceState state) {
        Device device = house.device("CP-8851-3PCC", serial, state);
        Device.Presence was = device.presence();
        Device changed = device.withReported(new Device.Reported("", "", "", "", "", url, "", "Device.", ""))
                .withPresence(new Device.Presence(
                        was.createdAt(),
                        was.lastInform(),
                        was.informInterval(),
                        "",
                        was.expectedBy(),
                        false,
                        "127.0.0.1"));
        assertThat(house.database.<Boolean>write(stores -> stores.devices().update(changed)))
                .isTrue();
        return house.fresh(device);
    }

    private Device device(String url) {
        return device("FCH1", url, DeviceState.APPROVED);
    }

    private static CallResult end(CompletableFuture<CallResult> call) throws Exception {
        return call.get(60, TimeUnit.SECONDS);
    }

    private double counted(Outcome outcome) {
        return registry
                .find("carillon.connection.requests")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    @Tag("CWMP-197")
    void a_phone_is_called_with_the_credentials_that_were_set_on_it() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(
                ScriptedListener.challenges("Digest realm=\"r\", nonce=\"n\""), ScriptedListener.accepts())) {
            Device device = device(phone.url());
            CallResult result = end(call(requests(), device));
            assertThat(result.kind()).isEqualTo(Kind.HTTP);
            assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(result.status()).isEqualTo(OptionalInt.of(200));
            assertThat(result.took()).isPositive();
            String expected = DigestChallenge.choose(List.of("Digest realm=\"r\", nonce=\"n\""))
                    .orElseThrow()
                    .answer(
                            credentials.connectionRequestUsername(device.id()),
                            credentials.password(device.id(), 3, Credentials.Purpose.CONNECTION_REQUEST),
                            "/bell?a=%20b",
                            "");
            assertThat(phone.requests.get(1)).contains("Authorization: " + expected);
            comes(device);
            until("it is counted when the phone has come", () -> counted(Outcome.ACCEPTED) == 1);
        }
    }

    @Test
    void until_new_credentials_were_used_the_old_ones_are_tried_as_well() {
        Instant now = house.now();
        assertThat(Credentials.goodGenerations(new Device.Trust(CredentialState.NONE, 3, Optional.empty(), false), now))
                .isEmpty();
        assertThat(Credentials.goodGenerations(
                        new Device.Trust(CredentialState.ISSUED, 3, Optional.of(now.minusSeconds(9)), false), now))
                .containsExactly(3, 2);
        assertThat(Credentials.goodGenerations(
                        new Device.Trust(CredentialState.ISSUED, 3, Optional.of(now.minusSeconds(86_401)), false), now))
                .containsExactly(3);
        assertThat(Credentials.goodGenerations(
                        new Device.Trust(CredentialState.ISSUED, 1, Optional.of(now), false), now))
                .containsExactly(1);
        assertThat(Credentials.goodGenerations(new Device.Trust(CredentialState.SEEN, 3, Optional.of(now), false), now))
                .containsExactly(3);
    }

    @Test
    @Tag("CWMP-207")
    void outside_the_lab_no_loopback_address_is_called() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(ScriptedListener.accepts())) {
            CallResult result = end(call(requests(false, 4, Duration.ofSeconds(20)), device(phone.url())));
            assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
            assertThat(result.status()).isEmpty();
            assertThat(result.sentence()).contains("lab=true");
            assertThat(phone.connections).hasValue(0);
            assertThat(counted(Outcome.FORBIDDEN)).isEqualTo(1);
        }
    }

    @Test
    @Tag("CWMP-207")
    void only_approved_devices_with_a_usable_url_are_called() throws Exception {
        ConnectionRequests requests = requests();
        CallResult waiting = end(call(requests, device("FCH2", "http://127.0.0.1:1/", DeviceState.WAITING)));
        assertThat(waiting.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(waiting.sentence()).contains("approve it first");
        CallResult nowhere = end(call(requests, device("FCH3", "", DeviceState.APPROVED)));
        assertThat(nowhere.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(nowhere.sentence()).contains("no ConnectionRequestURL");
        CallResult unknown = end(call(requests, device("FCH4", "http://nowhere.invalid/", DeviceState.APPROVED)));
        assertThat(unknown.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(unknown.sentence()).contains("nowhere.invalid");
    }

    @Test
    @Tag("CWMP-205")
    void five_wishes_are_one_request() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        try (ScriptedListener phone = new ScriptedListener((request, out) -> waits(free, out))) {
            ConnectionRequests requests = requests();
            Device device = device(phone.url());
            List<CompletableFuture<CallResult>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(call(requests, device));
            }
            free.countDown();
            for (CompletableFuture<CallResult> call : calls) {
                assertThat(end(call).outcome()).isEqualTo(Outcome.ACCEPTED);
            }
            assertThat(phone.requests).hasSize(1);
            assertThat(end(call(requests, device)).outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(phone.requests).as("a later wish is another request").hasSize(2);
        }
    }

    private static boolean waits(CountDownLatch free, OutputStream out) throws IOException {
        try {
            free.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            return false;
        }
        return ScriptedListener.accepts().answers("", out);
    }

    @Test
    void a_phone_is_not_called_without_end() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(ScriptedListener.accepts())) {
            ConnectionRequests requests = requests();
            Device device = device(phone.url());
            for (int i = 0; i < CallLimit.BURST; i++) {
                assertThat(end(call(requests, device)).outcome()).isEqualTo(Outcome.ACCEPTED);
            }
            CallResult tooOften = end(call(requests, device));
            assertThat(tooOften.outcome()).isEqualTo(Outcome.FORBIDDEN);
            assertThat(tooOften.sentence()).contains("30 times");
            house.later(CallLimit.PACE);
            assertThat(end(call(requests, device)).outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(end(call(requests, device)).outcome()).isEqualTo(Outcome.FORBIDDEN);
            house.later(Duration.ofDays(-1));
            assertThat(end(call(requests, device)).outcome())
                    .as("a clock that was set back")
                    .isEqualTo(Outcome.ACCEPTED);
        }
    }

    @Test
    void a_call_that_waits_too_long_for_its_turn_ends_all_the_same() throws Exception {
        try (ScriptedListener silent = new ScriptedListener((request, out) -> true)) {
            ConnectionRequests requests = requests(true, 1, Duration.ofMillis(500));
            List<CompletableFuture<CallResult>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                calls.add(call(requests, device("FCH" + i, silent.url(), DeviceState.APPROVED)));
            }
            assertThat(end(calls.get(0)).outcome()).isEqualTo(Outcome.UNREACHABLE);
            CallResult last = end(calls.get(11));
            assertThat(last.outcome()).isEqualTo(Outcome.FORBIDDEN);
            assertThat(last.sentence()).contains("connection-request.concurrency");
        }
    }

    private QueuedRpc queue(RpcActions rpcs, Device device, boolean call) {
        return rpcs.queue(OPERATOR, device.id().encoded(), RpcActions.Request.now("Reboot", "{}", call))
                .rpc();
    }

    @Test
    void a_call_in_vain_becomes_a_note_on_the_rpc_that_waits() throws Exception {
        ConnectionRequests requests = requests(false, 4, Duration.ofSeconds(20));
        RpcActions rpcs = actions(requests);
        Device device = device("http://127.0.0.1:1/");
        QueuedRpc unasked = queue(rpcs, device, false);
        QueuedRpc asked = queue(rpcs, device, true);
        QueuedRpc noted = until(asked, "lab=true");
        assertThat(noted.state()).isEqualTo(RpcState.QUEUED);
        assertThat(noted.note()).startsWith("connection request in vain: ");
        assertThat(house.fresh(unasked).note()).isEmpty();
    }

    private QueuedRpc until(QueuedRpc rpc, String note) {
        until("the note says " + note, () -> house.fresh(rpc).note().contains(note));
        return house.fresh(rpc);
    }

    private static void until(String what, BooleanSupplier condition) {
        Instant latest = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    @Tag("CWMP-203")
    void a_phone_that_consents_and_does_not_come_is_no_contact() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(ScriptedListener.accepts())) {
            ConnectionRequests requests = requests(true, 4, Duration.ofSeconds(20), Duration.ofMillis(300));
            Device device = device(phone.url());
            RpcActions rpcs = actions(requests);
            QueuedRpc rpc = queue(rpcs, device, true);
            QueuedRpc noted = until(rpc, "waits for the phone to come by itself");
            assertThat(noted.note()).contains("did not within 300 ms (no contact)");
            assertThat(noted.state()).isEqualTo(RpcState.QUEUED);
            assertThat(phone.requests).as("called again once, as it is set").hasSize(2);
            assertThat(requests.recent(device)).allSatisfy(call -> {
                assertThat(call.result().outcome()).isEqualTo(Outcome.ACCEPTED);
                assertThat(call.contact()).isEqualTo(RecentCall.Contact.NONE);
            });
        }
    }

    @Test
    @Tag("CWMP-204")
    void a_phone_may_come_before_it_answers() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        try (ScriptedListener phone = new ScriptedListener((request, out) -> waits(free, out))) {
            ConnectionRequests requests = requests(true, 4, Duration.ofSeconds(20), Duration.ofMillis(300));
            Device device = device(phone.url());
            CompletableFuture<CallResult> call = call(requests, device);
            until("the phone was asked", () -> phone.requests.size() == 1);
            comes(device);
            free.countDown();
            assertThat(end(call).outcome()).isEqualTo(Outcome.ACCEPTED);
            until("that it came is known", () -> requests.recent(device).get(0).contact() == RecentCall.Contact.CAME);
        }
    }

    @Test
    @Tag("CWMP-202")
    void a_busy_phone_is_called_again_and_one_that_refuses_is_not() throws Exception {
        try (ScriptedListener busy = new ScriptedListener(
                        ScriptedListener.says("HTTP/1.1 503 Busy", "Content-Length: 0"), ScriptedListener.accepts());
                ScriptedListener foreign =
                        new ScriptedListener(ScriptedListener.challenges("Digest realm=\"r\", nonce=\"n\""))) {
            RpcActions rpcs = actions(requests());
            Device first = device("FCH1", busy.url(), DeviceState.APPROVED);
            QueuedRpc rpc = queue(rpcs, first, true);
            assertThat(until(rpc, "called again").note()).contains("busy (503)");
            until("it is called again", () -> busy.requests.size() == 2);
            QueuedRpc other = queue(rpcs, device("FCH2", foreign.url(), DeviceState.APPROVED), true);
            assertThat(until(other, "by itself").note()).contains("does not take the connection-request password");
            assertThat(foreign.requests).hasSize(2);
        }
    }

    @Test
    @Tag("CWMP-205")
    void an_rpc_that_comes_while_a_phone_is_awaited_needs_no_further_call() throws Exception {
        try (ScriptedListener phone = new ScriptedListener(ScriptedListener.accepts())) {
            ConnectionRequests requests = requests();
            RpcActions rpcs = actions(requests);
            Device device = device(phone.url());
            queue(rpcs, device, true);
            until("it has consented", () -> !requests.recent(device).isEmpty());
            for (int i = 0; i < 4; i++) {
                queue(rpcs, device, true);
            }
            comes(device);
            until("it came", () -> requests.recent(device).get(0).contact() == RecentCall.Contact.CAME);
            assertThat(phone.requests).hasSize(1);
        }
    }

    @Test
    @Tag("CWMP-207")
    void https_is_dialled_only_where_it_is_set() throws Exception {
        CallResult result = end(call(requests(), device("https://127.0.0.1:1/")));
        assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(result.sentence()).contains("connection-request.https=true");
    }

    @Test
    void a_note_does_not_reach_an_rpc_that_has_gone_on() {
        Device device = device("");
        QueuedRpc rpc = queue(house.rpcs, device, false);
        house.rpcs.cancel(OPERATOR, rpc.id());
        String note = house.fresh(rpc).note();
        assertThat(house.database.<Boolean>write(stores -> stores.rpcs().noteQueued(rpc.id(), "late")))
                .isFalse();
        assertThat(house.fresh(rpc).note()).isEqualTo(note);
    }

    @Test
    void people_call_phones_by_permission_and_on_the_record() throws Exception {
        List<Device> called = new ArrayList<>();
        ConnectionActions actions = new ConnectionActions(house.guard, (device, kind) -> {
            called.add(device);
            return CompletableFuture.completedFuture(
                    new CallResult(Kind.HTTP, Outcome.ACCEPTED, OptionalInt.of(200), Duration.ZERO, ""));
        });
        Device device = device("http://127.0.0.1:1/");
        assertThat(end(actions.send(OPERATOR, device.id().decoded(), "http")).outcome())
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(end(actions.send(OPERATOR, device.id().encoded(), "")).outcome())
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(called).extracting(Device::id).containsExactly(device.id(), device.id());
        assertThat(house.audit()).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("device.connection-request");
            assertThat(entry.actor()).isEqualTo(OPERATOR.name());
        });
        assertThatThrownBy(() -> actions.send(OPERATOR, device.id().encoded(), "pigeon"))
                .hasMessageContaining("allowed: http, udp, xmpp");
        assertThatThrownBy(() -> actions.send(OPERATOR, "nobody", ""))
                .isInstanceOfSatisfying(ActionRefused.class, refused -> assertThat(refused.reason())
                        .isInstanceOf(ActionRefused.NotFound.class));
        assertThatThrownBy(() ->
                        actions.send(TestHouse.actor(Role.VIEWER), device.id().encoded(), ""))
                .isInstanceOfSatisfying(ActionRefused.class, refused -> assertThat(refused.reason())
                        .isInstanceOf(ActionRefused.NotPermitted.class));
        assertThat(called).hasSize(2);
        assertThat(house.audit()).hasSize(2);
    }
}
