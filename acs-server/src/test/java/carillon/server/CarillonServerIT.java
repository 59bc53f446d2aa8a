package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import carillon.server.lifecycle.StartFailedException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarillonServerIT {
    @TempDir
    Path directory;

    private CarillonServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "data.dir", directory.resolve("data").toString(),
                "cwmp.http.port", "0",
                "cwmp.http.host", "127.0.0.1",
                "cwmp.https.port", "0",
                "stun.port", "-1",
                "cwmp.https.host", "127.0.0.1",
                "web.port", "0",
                "web.https.port", "0",
                "web.https.host", "127.0.0.1",
                "files.http.port", "0"));
        settings.putAll(Map.of("files.http.host", "127.0.0.1", "files.https.port", "-1", "files.tftp.port", "-1"));
        settings.putAll(more);
        ConfigReader reader = new ConfigReader(ConfigSources.of(settings, Map.of()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        return new CarillonServer(config, InstantSource.system());
    }

    private JsonNode ports() throws Exception {
        return new ObjectMapper().readTree(directory.resolve("data/ports.json").toFile());
    }

    @Test
    void a_first_start_makes_all_it_needs_and_is_ready() throws Exception {
        try (CarillonServer server = server(Map.of())) {
            server.start();
            Path data = directory.resolve("data");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(data.resolve("tls/ca.pem")).exists();
            assertThat(ports().size()).isEqualTo(server.doors().size());
            assertThat(get("/healthz").body()).contains("alive");
            assertThat(get("/readyz").body())
                    .isEqualTo("{\"checks\":{\"database\":\"ok\",\"listeners\":\"ok\"},\"status\":\"ready\"}");
            assertThat(get("/metrics").body()).contains("carillon_group_commit_waiting 0.0");
        }
        assertThat(directory.resolve("data/ports.json")).doesNotExist();
    }

    @Test
    void what_was_made_once_is_found_again() throws Exception {
        byte[] root;
        try (CarillonServer server = server(Map.of())) {
            server.start();
            root = Files.readAllBytes(directory.resolve("data/tls/ca.pem"));
        }
        try (CarillonServer server = server(Map.of())) {
            server.start();
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
        }
        assertThat(directory.resolve("data/tls/ca.pem")).hasBinaryContent(root);
    }

    @Test
    void a_taken_port_stops_the_start_with_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CarillonServer server = server(Map.of("web.port", Integer.toString(taken.getLocalPort())))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " is taken; set web.port to another (0 for any free one, -1 for none)");
        }
        try (CarillonServer again = server(Map.of())) {
            again.start();
            assertThat(get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Tag("CWMP-037")
    @Tag("CWMP-039")
    void https_is_trusted_by_who_trusts_the_downloaded_authority() throws Exception {
        try (CarillonServer server = server(Map.of())) {
            server.start();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(trusting(directory.resolve("data/tls/ca.pem")))
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("https://localhost:"
                                            + ports().get("web.https").asInt() + "/healthz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + ports().get("web").asInt() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
