package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.message.AcsMethod;
import carillon.db.CredentialState;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.phones.CallOddity;
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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Phones that answer connection requests in odd ways do what they are asked all the same, once they come. */
class OddCallsIT {
    private static final Actor OPERATOR = Actor.server("command line");

    @TempDir
    static Path directory;

    private static CarillonServer server;
    private static Fleet fleet;

    @BeforeAll
    static void enrol() throws Exception {
        ConfigReader reader = new ConfigReader(ConfigSources.of(
                Map.of(
                        "data.dir", directory.resolve("data").toString(),
                        "cwmp.http.port", "-1",
                        "cwmp.https.port", "0",
                        "cwmp.https.host", "127.0.0.1",
                        "inform.interval", "1d",
                        "web.port", "-1",
                        "lab", "true"),
                Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        server = new CarillonServer(config, InstantSource.system());
        server.start();
        URI acs = URI.create("https://127.0.0.1:" + server.doors().get(0).port() + "/");
        fleet = new Fleet(PhonesOptions.of(acs, CallOddity.values().length));
        fleet.start();
        for (Phone phone : fleet.phones()) {
            String device = phone.id().encoded();
            await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(ActionRefused.class).until(() -> {
                server.actions().devices().patch(OPERATOR, device, DeviceActions.Patch.toState("approved"));
                return true;
            });
            // it comes for its credentials, and once more with them
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                server.actions().connections().send(OPERATOR, device, "http");
                return server.actions().devices().find(OPERATOR, device).trust().credentials()
                        == CredentialState.SEEN;
            });
        }
    }

    @AfterAll
    static void stop() {
        fleet.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = CallOddity.class, names = "CALL_NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
    @Tag("CWMP-199")
    void a_phone_that_answers_a_call_oddly_comes_and_does_what_it_is_asked(CallOddity odd) {
        Phone phone = fleet.phones().get(odd.ordinal());
        phone.misbehaves(odd);
        int before = phone.executions(AcsMethod.GET_RPC_METHODS);
        QueuedRpc rpc = server.actions()
                .rpcs()
                .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", true))
                .rpc();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.actions().rpcs().find(OPERATOR, rpc.id()).rpc().state() == RpcState.SUCCEEDED);
        assertThat(phone.executions(AcsMethod.GET_RPC_METHODS)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource(value = CallOddity.class, names = "CALL_NOT_FOUND")
    void a_phone_that_is_not_found_keeps_its_work_and_the_work_says_why(CallOddity odd) {
        Phone phone = fleet.phones().get(odd.ordinal());
        phone.misbehaves(odd);
        QueuedRpc rpc = server.actions()
                .rpcs()
                .queue(OPERATOR, phone.id().encoded(), RpcActions.Request.now("GetRPCMethods", "{}", true))
                .rpc();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.actions().rpcs().find(OPERATOR, rpc.id()).rpc().note().contains("404"));
        assertThat(server.actions().rpcs().find(OPERATOR, rpc.id()).rpc().state()).isEqualTo(RpcState.QUEUED);
    }
}
