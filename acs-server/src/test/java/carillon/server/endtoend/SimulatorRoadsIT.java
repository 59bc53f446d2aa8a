package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import carillon.phones.Fleet;
import carillon.phones.Phone;
import carillon.phones.PhonesOptions;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which roads simulated phones come: sent on by another server, and with a certificate of their own. */
class SimulatorRoadsIT {
    @TempDir
    private Path directory;

    private static PhonesOptions one(String url) {
        return PhonesOptions.of(URI.create(url), 1).withBootDelay(Duration.ofMillis(10));
    }

    private static void comes(LocalServer server, Phone phone) {
        String path = "/api/v1/devices/" + phone.id().encoded();
        await().atMost(Duration.ofSeconds(30)).until(() -> server.rest().status(path) == 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307})
    void a_phone_that_is_sent_on_holds_its_session_there(int status) throws Exception {
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        try (LocalServer server = new LocalServer(directory.resolve("data"), "cpe.auth", "open");
                Fleet fleet =
                        new Fleet(one("http://127.0.0.1:" + front.getAddress().getPort() + "/acs"))) {
            front.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders()
                        .add("Location", "http://127.0.0.1:" + server.port("cwmp.http") + "/moved");
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            front.start();
            fleet.start();
            comes(server, fleet.phones().get(0));
            await().atMost(Duration.ofSeconds(30)).until(() -> fleet.report().sessions() >= 1);
            assertThat(fleet.report().errors()).isZero();
        } finally {
            front.stop(0);
        }
    }

    @Test
    void a_phone_that_is_sent_in_circles_gives_up() throws Exception {
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        front.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", "/again");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        front.start();
        try (Fleet fleet =
                new Fleet(one("http://127.0.0.1:" + front.getAddress().getPort() + "/"))) {
            fleet.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> fleet.report().errors() >= 1);
        } finally {
            front.stop(0);
        }
    }

    @Test
    void a_phone_with_a_certificate_that_names_it_is_approved_at_once() throws Exception {
        TestAuthority maker = TestAuthority.make(directory, "maker");
        try (LocalServer server = new LocalServer(directory.resolve("data"));
                Fleet fleet = new Fleet(one("https://127.0.0.1:" + server.port("cwmp.https") + "/"))) {
            String root = JsonNodeFactory.instance
                    .objectNode()
                    .put("pem", maker.pem())
                    .toString();
            assertThat(server.rest()
                            .call("POST", "/api/v1/tls/client-roots", root)
                            .status())
                    .isEqualTo(201);
            Phone phone = fleet.phones().get(0);
            maker.sign("phone", "/CN=" + phone.id().encoded());
            fleet.showsCertificate(directory.resolve("phone.pem"), directory.resolve("phone.key"));
            fleet.start();
            comes(server, phone);
            assertThat(server.rest()
                            .get("/api/v1/devices/" + phone.id().encoded())
                            .get("state")
                            .asText())
                    .isEqualTo("approved");
            Path other = Files.writeString(directory.resolve("other.key"), "nothing");
            assertThatThrownBy(() -> fleet.showsCertificate(directory.resolve("phone.pem"), other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PKCS#8");
        }
    }
}
