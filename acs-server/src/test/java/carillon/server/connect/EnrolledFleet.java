package carillon.server.connect;

import static org.awaitility.Awaitility.await;

import carillon.db.CredentialState;
import carillon.db.QueuedRpc;
import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.RpcActions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A server over TLS and phones that are approved and use their own credentials; they come when they are called. */
final class EnrolledFleet implements AutoCloseable {
    private static final Actor OPERATOR = Actor.server("command line");

    private final CarillonServer server;
    private final Fleet fleet;

    EnrolledFleet(Path data, int phones) throws IOException {
        ConfigReader reader = new ConfigReader(ConfigSources.of(
                Map.of(
                        "data.dir", data.toString(),
                        "cwmp.http.port", "-1",
                        "cwmp.https.port", "0",
                        "cwmp.https.host", "127.0.0.1",
                        "inform.interval", "1d",
                        "files.http.port", "-1",
                        "files.https.port", "-1",
                        "stun.port", "-1",
                        "web.port", "-1",
                        "lab", "true"),
                Map.of("CARILLON_FILES_TFTP_PORT", "-1")));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        server = new CarillonServer(config, InstantSource.system());
        server.start();
        URI acs = URI.create("https://127.0.0.1:" + server.doors().get(0).port() + "/");
        fleet = new Fleet(PhonesOptions.of(acs, phones));
        fleet.start();
        fleet.phones().forEach(this::enrol);
    }

    private void enrol(Phone phone) {
        String device = phone.id().encoded();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(ActionRefused.class)
                .until(() -> {
                    server.actions().devices().patch(OPERATOR, device, DeviceActions.Patch.toState("approved"));
                    return true;
                });
        // it comes for its credentials, and once more with them
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            server.actions().connections().send(OPERATOR, device, "http");
            return server.actions().devices().find(OPERATOR, device).trust().credentials() == CredentialState.SEEN;
        });
    }

    Phone phone(int index) {
        return fleet.phones().get(index);
    }

    QueuedRpc queue(Phone phone, boolean call) {
        return server.actions()
                .rpcs()
                .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", call))
                .rpc();
    }

    /** As it is now. */
    QueuedRpc find(QueuedRpc rpc) {
        return server.actions().rpcs().find(OPERATOR, rpc.id()).rpc();
    }

    @Override
    public void close() {
        fleet.close();
        server.close();
    }
}
