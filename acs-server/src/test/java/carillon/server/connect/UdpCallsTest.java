package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ConnectConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.Networks;
import carillon.server.config.StunConfig;
import carillon.server.cwmp.KnownDevices;
import carillon.server.cwmp.OpenSessions;
import carillon.server.cwmp.SessionRecorder;
import carillon.server.lifecycle.Workers;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.TestHouse;
import carillon.server.stun.StunServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a socket that hears what a phone would hear. */
class UdpCallsTest {
    private static final String SERVER = "Device.ManagementServer.";

    @TempDir
    Path directory;

    private TestHouse house;
    private SessionRecorder recorder;
    private Workers workers;
    private StunServer stun;
    private ConnectionRequests requests;
    private DatagramSocket phone;
    private Device device;

    @BeforeEach
    void open() throws Exception {
        house = new TestHouse(directory);
        recorder = new SessionRecorder(house.database);
        workers = new Workers("test", 1, 100);
        Credentials credentials = new Credentials(house.database.seal().credentialKey());
        PhoneBindings bindings = new PhoneBindings(
                new KnownDevices(house.database, workers, 10), credentials, house.database, workers, house.clock);
        StunConfig config =
                new StunConfig(new Door("stun", "stun.port", "127.0.0.1", 0), 100, false, Duration.ofSeconds(30));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        stun = new StunServer(config, bindings, registry);
        stun.start();
        requests = ConnectionRequests.assemble(
                new ConnectConfig(
                        new Networks(List.of()),
                        Duration.ofSeconds(20),
                        4,
                        new ConnectConfig.Patience(Duration.ofSeconds(2), 0, Duration.ofSeconds(1)),
                        new ConnectConfig.Manners(false, false)),
                true,
                new ConnectionRequests.Around(
                        house.database,
                        new ConnectionRequests.Roads(stun, Optional.empty()),
                        credentials,
                        new OpenSessions(10, recorder),
                        registry,
                        house.clock));
        phone = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        phone.setSoTimeout(20_000);
        device = device("127.0.0.1", "127.0.0.1:" + phone.getLocalPort());
    }

    @AfterEach
    void close() throws Exception {
        phone.close();
        requests.stop();
        stun.stop();
        workers.stop();
        recorder.close();
        house.close();
    }

    private Device device(String source, String udp) {
        Device stored = house.device("CP-8851-3PCC", "FCH" + udp.hashCode(), DeviceState.APPROVED);
        Device.Presence was = stored.presence();
        Device changed = stored.withPresence(new Device.Presence(
                was.createdAt(), was.lastInform(), was.informInterval(), "", was.expectedBy(), false, source));
        house.database.<Boolean>write(stores -> stores.devices().update(changed));
        house.commits(
                stored,
                new Effect.ValuesReported(
                        List.of(
                                ParameterValue.string(SERVER + "UDPConnectionRequestAddress", udp),
                                ParameterValue.string(SERVER + "NATDetected", "1")),
                        house.now()));
        return house.fresh(stored);
    }

    private String hear() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        phone.receive(packet);
        assertThat(packet.getPort())
                .as("a NAT lets only the STUN server's port in")
                .isEqualTo(stun.door().orElseThrow().port());
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static long stamp(String request) {
        Matcher matcher = Pattern.compile("\\?ts=([0-9]+)&id=[0-9]+&un=([^&]+)&cn=[0-9A-F]{16}&sig=[0-9A-F]{40} ")
                .matcher(request);
        assertThat(matcher.find()).as(request).isTrue();
        assertThat(matcher.group(2)).as("needs no escapes").matches("[A-Za-z0-9_~-]+");
        return Long.parseLong(matcher.group(1));
    }

    private CallResult end(CompletableFuture<CallResult> call) throws Exception {
        return call.get(60, TimeUnit.SECONDS);
    }

    @Test
    @Tag("CWMP-209")
    @Tag("CWMP-211")
    @Tag("CWMP-212")
    @Tag("CWMP-214")
    @Tag("CWMP-215")
    void a_phone_behind_nat_hears_three_copies_from_the_stun_servers_port_and_coming_is_its_answer() throws Exception {
        CompletableFuture<CallResult> call = requests.call(device, Optional.empty());
        String first = hear();
        assertThat(first).startsWith("GET http://127.0.0.1:" + phone.getLocalPort() + "?ts=");
        assertThat(stamp(first)).isEqualTo(house.now().getEpochSecond());
        assertThat(List.of(hear(), hear())).containsOnly(first);
        assertThat(call).isNotDone();
        house.commits(device, new Effect.EventsSeen("S", List.of(Event.of(EventCode.CONNECTION_REQUEST)), house.now()));
        CallResult result = end(call);
        assertThat(result.kind()).isEqualTo(Kind.UDP);
        assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(result.status()).isEmpty();
    }

    @Test
    @Tag("CWMP-215")
    void a_phone_that_does_not_come_is_unreachable() throws Exception {
        CallResult result = end(requests.call(device, Optional.of(Kind.UDP)));
        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.sentence()).contains("did not come within 2000 ms");
    }

    @Test
    @Tag("CWMP-210")
    void the_timestamp_grows_although_the_clock_was_set_back() throws Exception {
        List<Long> stamps = new ArrayList<>();
        for (Duration later : List.of(Duration.ZERO, Duration.ZERO, Duration.ofHours(-1), Duration.ofHours(2))) {
            house.later(later);
            CompletableFuture<CallResult> call = requests.call(device, Optional.of(Kind.UDP));
            stamps.add(stamp(hear()));
            hear();
            hear();
            house.commits(
                    device, new Effect.EventsSeen("S", List.of(Event.of(EventCode.CONNECTION_REQUEST)), house.now()));
            end(call);
        }
        long start = stamps.get(0);
        assertThat(stamps).containsExactly(start, start + 1, start + 2, start + 3600);
    }

    @Test
    @Tag("CWMP-214")
    void a_place_that_is_neither_proven_nor_the_source_is_not_called() throws Exception {
        Device elsewhere = device("192.0.2.17", "203.0.113.5:7999");
        CallResult result = end(requests.call(elsewhere, Optional.of(Kind.UDP)));
        assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(result.sentence()).contains("203.0.113.5 is neither where its last Inform came from");
        // the STUN server sees it, and it is proven to be there
        house.database.<Boolean>write(stores -> {
            stores.reach()
                    .bind(
                            elsewhere.key(),
                            "127.0.0.1",
                            phone.getLocalPort(),
                            house.now().plusSeconds(1));
            return true;
        });
        CompletableFuture<CallResult> call = requests.call(elsewhere, Optional.of(Kind.UDP));
        assertThat(hear()).startsWith("GET http://127.0.0.1:" + phone.getLocalPort());
        assertThat(end(call).outcome()).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void without_an_address_or_a_socket_nothing_is_sent() throws Exception {
        Device unknown = house.device("CP-8851-3PCC", "FCH9", DeviceState.APPROVED);
        assertThat(end(requests.call(unknown, Optional.of(Kind.UDP))).sentence())
                .contains("no UDPConnectionRequestAddress");
        stun.stop();
        CallResult result = end(requests.call(device, Optional.of(Kind.UDP)));
        assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(result.sentence()).contains("stun.port");
    }
}
