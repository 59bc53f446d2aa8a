package carillon.server.stun;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Secret;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.StunConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debian's stun-client, written long ago by somebody else, asks the STUN server. */
class StunClientIT {
    private static final StunClients NOBODY = new StunClients() {
        @Override
        public CompletableFuture<List<Secret>> passwords(String username) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void bound(String username, InetSocketAddress seen, boolean changed) {
            throw new AssertionError(username);
        }
    };

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }

    @Test
    @Tag("CWMP-213")
    void a_standard_client_learns_its_address() throws Exception {
        StunServer server = new StunServer(
                new StunConfig(new Door("stun", "stun.port", "127.0.0.1", 0), 100, false, Duration.ofSeconds(30)),
                NOBODY,
                new SimpleMeterRegistry());
        server.start();
        try {
            String address = "127.0.0.1:" + server.door().orElseThrow().port();
            String said = run("stun", address, "1", "-v", "-p", "47813");
            assertThat(said).contains("mappedAddr=127.0.0.1:47813").doesNotContain("ErrorCode");
        } finally {
            server.stop();
        }
    }
}
