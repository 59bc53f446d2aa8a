package carillon.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.tls.CertificateAuthority;
import carillon.server.tls.KeyStores;
import carillon.server.tls.OwnAuthorities;
import carillon.server.tls.TestKeyStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    private static final Manners PEOPLE = Manners.forPeople(new ListenersConfig.Limits(100, 100, 100, 8));
    private static final Manners PHONES = Manners.forPhones(new ListenersConfig.Limits(100, 100, 100, 8));

    @TempDir
    Path directory;

    private HttpServer server = new HttpServer("web", PEOPLE).serving(new Echo());

    /** Answers with the path it was asked for. */
    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = request.getHttpURI().getPath();
            if (path.equals("/nothing")) {
                return false;
            }
            Content.Sink.write(response, true, path, callback);
            return true;
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    @Tag("CWMP-036")
    void a_free_port_is_found_and_told() throws Exception {
        server.with(door("web", 0)).with(door("web.https", -1));
        server.start();
        assertThat(server.doors()).extracting(Door::name).containsExactly("web");
        assertThat(server.doors().get(0).port()).isPositive();
        assertThat(server.listening()).isTrue();
        new PortsFile(directory, server::doors).start();
        assertThat(Files.readString(directory.resolve("ports.json")))
                .isEqualTo("{\"web\":" + server.doors().get(0).port() + "}\n");
        server.stop();
        assertThat(server.listening()).isFalse();
    }

    @Test
    void a_taken_port_is_told_with_its_setting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.with(door("web", taken.getLocalPort()));
            assertThatThrownBy(server::start)
                    .isInstanceOf(StartFailedException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " is taken; set web.port to another (0 for any free one, -1 for none)");
        }
    }

    @Test
    void an_address_that_is_not_ours_is_told_with_its_setting() {
        server.with(new Door("web", "web.port", "192.0.2.1", 0));
        assertThatThrownBy(server::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("port 0 cannot be opened at 192.0.2.1 (")
                .hasMessageEndingWith("); check web.port and web.host");
    }

    @Test
    void people_may_ask_for_names_with_percent_and_slash_and_phones_may_not() throws Exception {
        server.with(door("web", 0));
        server.start();
        assertThat(get("/a%252Db").body()).isEqualTo("/a%252Db");
        assertThat(get("/a%2Fb").body()).isEqualTo("/a%2Fb");
        assertThat(get("/a/%2e%2e/b").statusCode()).isEqualTo(400);
        server.stop();
        server = new HttpServer("cwmp", PHONES).serving(new Echo()).with(door("cwmp.http", 0));
        server.start();
        assertThat(get("/a%252Db").statusCode()).isEqualTo(400);
        assertThat(get("/a%2Fb").statusCode()).isEqualTo(400);
    }

    @Test
    void answers_give_nothing_away() throws Exception {
        server.with(door("web", 0));
        server.start();
        HttpResponse<String> answer = get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("404 Not Found\n");
        assertThat(answer.headers().firstValue("server")).isEmpty();
    }

    @Test
    void headers_that_are_too_large_are_refused() throws Exception {
        server.with(door("web", 0));
        server.start();
        HttpRequest request = HttpRequest.newBuilder(uri("http", "/"))
                .header("X-Large", "x".repeat(20_000))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(431);
    }

    @Test
    void tls_is_trusted_by_who_trusts_the_authority() throws Exception {
        CertificateAuthority authority =
                OwnAuthorities.open(directory, InstantSource.system()).state().signing();
        KeyStores keyStores = TestKeyStores.of(directory, localNames(), InstantSource.system());
        server.with(door("web.https", 0), keyStores.forPeople());
        server.start();
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(trusting(authority))
                .build()
                .send(HttpRequest.newBuilder(uri("https", "/over/tls")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("/over/tls");
        keyStores.renew();
    }

    @Test
    @Tag("CWMP-038")
    void tls_1_1_is_refused() throws Exception {
        CertificateAuthority authority =
                OwnAuthorities.open(directory, InstantSource.system()).state().signing();
        server.with(
                door("web.https", 0),
                TestKeyStores.of(directory, localNames(), InstantSource.system())
                        .forPeople());
        server.start();
        try (Socket plain = new Socket("127.0.0.1", server.doors().get(0).port());
                SSLSocket socket = (SSLSocket) trusting(authority)
                        .getSocketFactory()
                        .createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_is_not_http_is_answered_with_400() throws Exception {
        server.with(door("web", 0));
        server.start();
        try (Socket socket = new Socket("127.0.0.1", server.doors().get(0).port())) {
            socket.getOutputStream().write("hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    @Tag("CWMP-031")
    void a_connection_on_which_no_request_comes_to_an_end_is_cut_off() throws Exception {
        Manners impatient = new Manners(
                100, 8, Duration.ofMinutes(1), Duration.ofMillis(600), 8192, 64, false, Duration.ofSeconds(1), false);
        server = new HttpServer("web", impatient).serving(new Echo());
        server.with(door("web", 0));
        server.start();
        for (String before : List.of("", "GET /first HTTP/1.1\r\nHost: a\r\n\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", server.doors().get(0).port())) {
                socket.setSoTimeout(50);
                socket.getOutputStream().write(before.getBytes(StandardCharsets.US_ASCII));
                assertThat(isCutOffWhileItDrips(socket)).isTrue();
            }
        }
    }

    private static boolean isCutOffWhileItDrips(Socket socket) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try {
                socket.getOutputStream().write('G');
                while (socket.getInputStream().read() >= 0) {
                    // the answer to what came before
                }
                return true;
            } catch (SocketTimeoutException nothingYet) {
                // it drips on
            } catch (SocketException reset) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_connection_that_is_idle_between_requests_is_left_alone() throws Exception {
        Manners impatient = new Manners(
                100, 8, Duration.ofMinutes(1), Duration.ofMillis(300), 8192, 64, false, Duration.ofSeconds(1), false);
        server = new HttpServer("web", impatient).serving(new Echo());
        server.with(door("web", 0));
        server.start();
        try (Socket socket = new Socket("127.0.0.1", server.doors().get(0).port())) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(1500);
            assertThatThrownBy(() -> {
                        while (socket.getInputStream().read() >= 0) {
                            // the answer, then nothing
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static List<String> localNames() {
        return carillon.server.tls.LocalNames.of("localhost");
    }

    private static SSLContext trusting(CertificateAuthority authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Door door(String name, int port) {
        return new Door(name, name + ".port", "127.0.0.1", port);
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.doors().get(0).port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri("http", path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
