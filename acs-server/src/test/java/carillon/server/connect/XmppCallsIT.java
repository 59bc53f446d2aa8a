package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.Page;
import carillon.db.QueuedRpc;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ConnectConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.Networks;
import carillon.server.config.StunConfig;
import carillon.server.config.XmppConfig;
import carillon.server.cwmp.KnownDevices;
import carillon.server.cwmp.OpenSessions;
import carillon.server.cwmp.SessionRecorder;
import carillon.server.lifecycle.Workers;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.TestHouse;
import carillon.server.stun.StunServer;
import carillon.server.xmpp.XmppLink;
import carillon.server.xmpp.XmppPhone;
import carillon.server.xmpp.XmppServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real XMPP server (prosody), our account on it, and a phone's. */
class XmppCallsIT {
    @TempDir
    Path directory;

    private TestHouse house;
    private SessionRecorder recorder;
    private Credentials credentials;
    private Workers workers;
    private XmppServer xmpp;
    private XmppLink link;
    private ConnectionRequests requests;
    private Device device;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse(directory);
        recorder = new SessionRecorder(house.database);
        credentials = new Credentials(house.database.seal().credentialKey());
        workers = new Workers("test", 1, 100);
        xmpp = new XmppServer(directory.resolve("xmpp"), "carillon", "phone");
        device = house.device("CP-8851-3PCC", "FCH1", DeviceState.APPROVED);
        house.commits(
                device,
                new Effect.ValuesReported(
                        List.of(ParameterValue.string(
                                "Device.ManagementServer.ConnReqJabberID", "phone@xmpp.test/desk")),
                        house.now()));
    }

    @AfterEach
    void close() throws Exception {
        if (requests != null) {
            requests.stop();
        }
        if (link != null) {
            link.stop();
        }
        workers.stop();
        xmpp.close();
        recorder.close();
        house.close();
    }

    private XmppConfig config(Optional<Path> authority) {
        return new XmppConfig(
                "127.0.0.1",
                xmpp.port(),
                "xmpp.test",
                "carillon",
                new Secret(XmppServer.PASSWORD),
                "acs",
                authority,
                true);
    }

    private void connect() throws Exception {
        link = new XmppLink(config(Optional.of(xmpp.certificate())), Duration.ofSeconds(10));
        link.start();
        until("the link is up", link::isUp);
        StunConfig off = new StunConfig(new Door("stun", "stun.port", "*", -1), 1, false, Duration.ofSeconds(30));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PhoneBindings nobody = new PhoneBindings(
                new KnownDevices(house.database, workers, 1), credentials, house.database, workers, house.clock);
        requests = ConnectionRequests.assemble(
                new ConnectConfig(
                        new Networks(List.of()),
                        Duration.ofSeconds(10),
                        4,
                        new ConnectConfig.Patience(Duration.ofSeconds(2), 0, Duration.ofSeconds(1)),
                        new ConnectConfig.Manners(false, false)),
                true,
                new ConnectionRequests.Around(
                        house.database,
                        new ConnectionRequests.Roads(new StunServer(off, nobody, registry), Optional.of(link)),
                        credentials,
                        new OpenSessions(10, recorder),
                        registry,
                        house.clock));
    }

    private static void until(String what, BooleanSupplier condition) {
        Instant latest = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private CallResult call() throws Exception {
        return requests.call(device, Optional.empty()).get(60, TimeUnit.SECONDS);
    }

    @Test
    @Tag("CWMP-216")
    @Tag("CWMP-217")
    @Tag("CWMP-219")
    void a_phone_that_is_connected_over_xmpp_is_called_over_it() throws Exception {
        connect();
        String user = credentials.connectionRequestUsername(device.id());
        Secret password = credentials.password(device.id(), 3, Credentials.Purpose.CONNECTION_REQUEST);
        CallResult offline = call();
        assertThat(offline.kind()).isEqualTo(Kind.XMPP);
        assertThat(offline.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(offline.sentence()).contains("service-unavailable");
        try (XmppPhone phone = new XmppPhone(xmpp, "phone", "desk", user, password.reveal())) {
            CallResult result = call();
            assertThat(result.kind()).isEqualTo(Kind.XMPP);
            assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.ACCEPTED);
            assertThat(phone.heard()).containsExactly("carillon@xmpp.test/acs");
        }
        try (XmppPhone foreign = new XmppPhone(xmpp, "phone", "desk", user, "another")) {
            CallResult result = call();
            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.sentence()).contains("does not take the connection-request password");
            assertThat(foreign.heard()).hasSize(1);
        }
    }

    @Test
    @Tag("CWMP-218")
    void without_a_certificate_that_is_trusted_there_is_no_connection() throws Exception {
        link = new XmppLink(config(Optional.empty()), Duration.ofSeconds(10));
        link.start();
        until("it has been tried", () -> xmpp.log().contains("Client disconnected"));
        assertThat(link.isUp()).isFalse();
        assertThat(xmpp.log()).doesNotContain("Authenticated as carillon");
        assertThat(link.request("phone@xmpp.test/desk", "u", new Secret("p"))).isEqualTo(XmppLink.Reply.SILENCE);
    }

    @Test
    @Tag("CWMP-218")
    void a_phone_with_a_jabber_id_is_told_ours() {
        new XmppPlan(
                        config(Optional.empty()),
                        new ReachPlan.Around(house.database, house.rpcs, credentials, Runnable::run))
                .begin();
        house.commits(device, new Effect.DeviceSeen(device));
        until("it was told", () -> queued().size() == 1);
        assertThat(queued().get(0).arguments())
                .contains("\"Device.ManagementServer.ConnReqAllowedJabberIDs\"", "\"carillon@xmpp.test\"");
    }

    private List<QueuedRpc> queued() {
        return house.database
                .<Page<QueuedRpc>>read(stores -> stores.rpcs().list(device.key(), 10, ""))
                .items();
    }
}
