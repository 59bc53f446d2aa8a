package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.ServerConfig;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.RpcActions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server, a simulated phone with credentials of its own, and nobody who waits for the next periodic Inform. */
class ConnectionRequestIT {
    static final Actor OPERATOR = Actor.server("command line");
    private static final String PASSWORD = "Device.ManagementServer.ConnectionRequestPassword";

    @TempDir
    Path directory;

    private CarillonServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", directory.resolve("data").toString(),
                "cwmp.http.port", "-1",
                "cwmp.https.port", "0",
                "cwmp.https.host", "127.0.0.1",
                "inform.interval", "1d",
                "web.port", "-1",
                "stun.port", "-1",
                "files.http.port", "-1",
                "files.https.port", "-1",
                "lab", "true"));
        settings.put("files.tftp.port", "-1");
        settings.putAll(more);
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        return new CarillonServer(config, InstantSource.system());
    }

    private static Fleet fleet(CarillonServer server) throws Exception {
        Door door = server.doors().get(0);
        return new Fleet(PhonesOptions.of(URI.create("https://127.0.0.1:" + door.port() + "/"), 1));
    }

    static <T> T until(String what, Supplier<Optional<T>> look) {
        Instant latest = Instant.now().plusSeconds(90);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(Instant.now()).as(what).isBefore(latest);
            LockSupport.parkNanos(20_000_000);
        }
    }

    static Optional<Device> device(CarillonServer server, Phone phone) {
        try {
            return Optional.of(
                    server.actions().devices().find(OPERATOR, phone.id().encoded()));
        } catch (ActionRefused notYet) {
            return Optional.empty();
        }
    }

    /** Approved, with the credentials that were set on it in use. */
    static void enrol(CarillonServer server, Phone phone) {
        until("the phone waits for approval", () -> device(server, phone));
        server.actions().devices().patch(OPERATOR, phone.id().encoded(), DeviceActions.Patch.toState("approved"));
    }

    private static CallResult call(CarillonServer server, Phone phone) throws Exception {
        return server.actions()
                .connections()
                .send(OPERATOR, phone.id().encoded(), "http")
                .get(90, TimeUnit.SECONDS);
    }

    private static QueuedRpc queue(CarillonServer server, Phone phone) {
        return server.actions()
                .rpcs()
                .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", true))
                .rpc();
    }

    private static QueuedRpc find(CarillonServer server, QueuedRpc rpc) {
        return server.actions().rpcs().find(OPERATOR, rpc.id()).rpc();
    }

    @Test
    @Tag("CWMP-197")
    @Tag("CWMP-206")
    void an_approved_phone_comes_when_it_is_called_and_proves_that_it_was_this_server() throws Exception {
        try (CarillonServer server = server(Map.of())) {
            server.start();
            try (Fleet fleet = fleet(server)) {
                fleet.start();
                Phone phone = fleet.phones().get(0);
                enrol(server, phone);
                // a waiting phone is not called; approved without a password of ours, it needs none to come once more
                until("the phone has not been called yet", () -> called(server, phone, Outcome.ACCEPTED));
                until("its own credentials are in use", () -> {
                    called(server, phone, Outcome.ACCEPTED);
                    return device(server, phone).filter(found -> found.trust().credentials() == CredentialState.SEEN);
                });
                assertThat(phone.value(PASSWORD)).hasSize(26);

                QueuedRpc rpc = queue(server, phone);
                until("the RPC was done", () -> Optional.of(find(server, rpc))
                        .filter(now -> now.state() == RpcState.SUCCEEDED));
                phone.changes(PASSWORD, "somebody else's");
                CallResult refused = until("the phone is free", () -> called(server, phone, Outcome.REFUSED)
                        .filter(result -> result.status().equals(OptionalInt.of(401))));
                assertThat(refused.sentence()).contains("does not take the connection-request password");
                QueuedRpc waits = queue(server, phone);
                QueuedRpc noted = until("the failure became a note", () -> Optional.of(find(server, waits))
                        .filter(now -> !now.note().isEmpty()));
                assertThat(noted.state()).isEqualTo(RpcState.QUEUED);
                assertThat(noted.note()).contains("connection-request password");
            }
        }
    }

    static Optional<CallResult> called(CarillonServer server, Phone phone, Outcome wanted) {
        try {
            LockSupport.parkNanos(100_000_000);
            return Optional.of(call(server, phone)).filter(result -> result.outcome() == wanted);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void outside_the_lab_a_phone_on_this_machine_is_not_called() throws Exception {
        try (CarillonServer server = server(Map.of("lab", "false", "cpe.auth", "open"))) {
            server.start();
            try (Fleet fleet = fleet(server)) {
                fleet.start();
                Phone phone = fleet.phones().get(0);
                until("the phone was here", () -> device(server, phone));
                CallResult result = until("its session is over", () -> called(server, phone, Outcome.FORBIDDEN));
                assertThat(result.sentence()).contains("lab=true");
            }
        }
    }
}
