package carillon.server.connect;

import static carillon.server.connect.ConnectionRequestIT.OPERATOR;
import static carillon.server.connect.ConnectionRequestIT.device;
import static carillon.server.connect.ConnectionRequestIT.until;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.CredentialState;
import carillon.db.QueuedRpc;
import carillon.db.ReportedParameter;
import carillon.db.RpcState;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import carillon.server.CarillonServer;
import carillon.server.access.Permission;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.RpcActions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with the STUN plan, and a simulated phone that follows it. */
class UdpCallIT {
    private static final String SERVER = "Device.ManagementServer.";

    @TempDir
    Path directory;

    private CarillonServer server() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", directory.resolve("data").toString(),
                "cwmp.http.port", "-1",
                "cwmp.https.port", "0",
                "cwmp.https.host", "127.0.0.1",
                "web.port", "-1",
                "files.http.port", "-1",
                "files.https.port", "-1",
                "public.host", "127.0.0.1",
                "inform.interval", "1d",
                "lab", "true"));
        settings.put("files.tftp.port", "-1");
        settings.putAll(Map.of(
                "stun.port", "0",
                "stun.host", "127.0.0.1",
                "stun.plan", "true",
                "stun.keep-alive", "1s",
                "connection-request.contact", "10s"));
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        return new CarillonServer(config, InstantSource.system());
    }

    private static int port(CarillonServer server, String name) {
        return server.doors().stream()
                .filter(door -> door.name().equals(name))
                .map(Door::port)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> reported(CarillonServer server, Phone phone, String name) {
        long key = device(server, phone).orElseThrow().key();
        return server.actions()
                .guard()
                .read(OPERATOR, Permission.READ, stores -> stores.parameters().find(key, SERVER + name))
                .flatMap(ReportedParameter::value);
    }

    @Test
    @Tag("CWMP-209")
    @Tag("CWMP-212")
    @Tag("CWMP-213")
    @Tag("CWMP-214")
    void a_phone_is_told_of_the_stun_server_shows_itself_there_and_comes_when_a_datagram_calls_it() throws Exception {
        try (CarillonServer server = server()) {
            server.start();
            URI acs = URI.create("https://127.0.0.1:" + port(server, "cwmp.https") + "/");
            try (Fleet fleet = new Fleet(PhonesOptions.of(acs, 1))) {
                fleet.hearsUdp();
                fleet.start();
                Phone phone = fleet.phones().get(0);
                ConnectionRequestIT.enrol(server, phone);
                until("its own credentials are in use", () -> {
                    ConnectionRequestIT.called(server, phone, Outcome.ACCEPTED);
                    return device(server, phone).filter(found -> found.trust().credentials() == CredentialState.SEEN);
                });
                until("it was given credentials for STUN", () -> Optional.of(phone.value(SERVER + "STUNPassword"))
                        .filter(password -> password.length() == 26));
                assertThat(phone.value(SERVER + "STUNServerPort")).isEqualTo(Integer.toString(port(server, "stun")));

                String address = until(
                        "it has told where it hears UDP", () -> reported(server, phone, "UDPConnectionRequestAddress")
                                .filter(text -> text.startsWith("127.0.0.1:")));
                assertThat(phone.value(SERVER + "UDPConnectionRequestAddress")).isEqualTo(address);
                assertThat(phone.value(SERVER + "NATDetected"))
                        .as("there is none")
                        .isEqualTo("0");

                CallResult result = until("a datagram calls it", () -> udp(server, phone)
                        .filter(called -> called.outcome() == Outcome.ACCEPTED));
                assertThat(result.kind()).isEqualTo(Kind.UDP);

                QueuedRpc rpc = server.actions()
                        .rpcs()
                        .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", false))
                        .rpc();
                until("it comes again for an RPC", () -> {
                    udp(server, phone);
                    return Optional.of(server.actions()
                                    .rpcs()
                                    .find(OPERATOR, rpc.id())
                                    .rpc())
                            .filter(now -> now.state() == RpcState.SUCCEEDED);
                });
            }
        }
    }

    private static Optional<CallResult> udp(CarillonServer server, Phone phone) {
        try {
            return Optional.of(server.actions()
                    .connections()
                    .send(OPERATOR, phone.id().encoded(), "udp")
                    .get(60, TimeUnit.SECONDS));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
