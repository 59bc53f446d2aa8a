package carillon.server.connect;

import static carillon.server.connect.ConnectionRequestIT.OPERATOR;
import static carillon.server.connect.ConnectionRequestIT.until;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceQuery;
import carillon.db.DeviceState;
import carillon.db.QueuedRpc;
import carillon.db.ReportedParameter;
import carillon.db.RpcState;
import carillon.db.Scope;
import carillon.server.CarillonServer;
import carillon.server.access.Permission;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.RpcActions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone in a network of its own, behind a router of Linux's that masquerades it. */
class BehindNatIT {
    private static final String SERVER = "Device.ManagementServer.";
    private static final DeviceQuery EVERY =
            new DeviceQuery("", Optional.empty(), Optional.empty(), "", "", "", "", 10, "");

    @TempDir
    Path directory;

    private CarillonServer server(NatNetwork network) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", directory.resolve("data").toString(),
                "cwmp.http.port", "-1",
                "cwmp.https.port", "0",
                "web.port", "-1",
                "files.http.port", "-1",
                "files.https.port", "-1",
                "files.tftp.port", "-1",
                "public.host", network.serverAddress(),
                "inform.interval", "10s"));
        settings.putAll(Map.of(
                "stun.port", "0",
                "stun.host", network.serverAddress(),
                "stun.plan", "true",
                "stun.keep-alive", "1s",
                "connection-request.contact", "10s",
                "connection-request.timeout", "1s"));
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        return new CarillonServer(config, InstantSource.system());
    }

    private static Process phone(NatNetwork network, int port) throws Exception {
        return network.inside(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "carillon.server.cli.Main",
                "phones",
                "--acs-url=https://" + network.serverAddress() + ":" + port + "/",
                "--count=1",
                "--spread=0s",
                "--udp"));
    }

    private static Optional<Device> only(CarillonServer server) {
        return server
                .actions()
                .guard()
                .read(OPERATOR, Permission.READ, stores -> stores.devices().search(Scope.ALL, EVERY))
                .items()
                .stream()
                .findFirst()
                .map(row -> row.device());
    }

    private static Optional<String> reported(CarillonServer server, Device device, String name) {
        return server.actions()
                .guard()
                .read(OPERATOR, Permission.READ, stores -> stores.parameters().find(device.key(), SERVER + name))
                .flatMap(ReportedParameter::value);
    }

    private static CallResult call(CarillonServer server, Device device, String kind) {
        try {
            return server.actions()
                    .connections()
                    .send(OPERATOR, device.id().encoded(), kind)
                    .get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    @Tag("CWMP-212")
    @Tag("CWMP-214")
    @Tag("CWMP-219")
    void a_signed_datagram_wakes_a_phone_that_nothing_else_reaches() throws Exception {
        try (NatNetwork network = new NatNetwork();
                CarillonServer server = server(network)) {
            server.start();
            int port = server.doors().stream()
                    .filter(door -> door.name().equals("cwmp.https"))
                    .map(Door::port)
                    .findFirst()
                    .orElseThrow();
            Process phone = phone(network, port);
            try {
                Device device = until("the phone waits for approval", () -> only(server));
                DeviceActions devices = server.actions().devices();
                devices.patch(OPERATOR, device.id().encoded(), DeviceActions.Patch.toState("approved"));
                until("its own credentials are in use", () -> only(server)
                        .filter(now -> now.state() == DeviceState.APPROVED
                                && now.trust().credentials() == CredentialState.SEEN));
                // from now on it comes once a day
                devices.patch(
                        OPERATOR,
                        device.id().encoded(),
                        new DeviceActions.Patch(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Duration.ofDays(1))));
                until("it has told that it is behind NAT, and where", () -> reported(server, device, "NATDetected")
                        .filter("1"::equals)
                        .flatMap(nat -> reported(server, device, "UDPConnectionRequestAddress"))
                        .filter(address -> address.startsWith(network.routerAddress() + ":")));
                until("it was told to come once a day", () -> only(server)
                        .filter(now -> now.presence().informPlan().startsWith("86400@")));

                until("its ConnectionRequestURL leads nowhere", () -> Optional.of(call(server, device, "http"))
                        .filter(called -> called.outcome() != Outcome.ACCEPTED));
                CallResult result = until("a datagram wakes it", () -> Optional.of(call(server, device, ""))
                        .filter(called -> called.outcome() == Outcome.ACCEPTED
                                && called.sentence().equals("the phone came")));
                assertThat(result.kind()).isEqualTo(Kind.UDP);

                QueuedRpc rpc = server.actions()
                        .rpcs()
                        .queue(OPERATOR, device.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", true))
                        .rpc();
                until("it was woken for an RPC", () -> Optional.of(
                                server.actions().rpcs().find(OPERATOR, rpc.id()).rpc())
                        .filter(now -> now.state() == RpcState.SUCCEEDED));
            } finally {
                phone.destroy();
                if (!phone.waitFor(20, TimeUnit.SECONDS)) {
                    phone.destroyForcibly();
                }
            }
        }
    }
}
