package carillon.server.console;

import carillon.db.Device;
import carillon.rpc.session.TrustMode;
import carillon.server.access.Csrf;
import carillon.server.access.Logins;
import carillon.server.access.WebSessions;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.FilesConfig;
import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.TlsConfig;
import carillon.server.config.TrustConfig;
import carillon.server.events.EventStream;
import carillon.server.events.EventStreamHandler;
import carillon.server.events.VisitRate;
import carillon.server.files.FileBytes;
import carillon.server.lifecycle.DataDirectory;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.CallResult;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.FileActions;
import carillon.server.operator.PhoneCaller;
import carillon.server.operator.RecentCall;
import carillon.server.operator.TestHouse;
import carillon.server.operator.TlsActions;
import carillon.server.tls.ClientTrust;
import carillon.server.tls.KeyStores;
import carillon.server.tls.OwnAuthorities;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A console on a port, and a browser without JavaScript. */
abstract class ConsoleOverHttp {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    TestHouse house;
    List<RecentCall> recentCalls = List.of();
    private HttpServer server;
    String cookie = "";

    @BeforeEach
    void start() throws Exception {
        house = new TestHouse(directory);
        EventStream stream = new EventStream(id -> Optional.empty());
        ConnectionActions calls = new ConnectionActions(house.guard, new NobodyHome());
        Path tls = DataDirectory.create(directory.resolve("tls"));
        OwnAuthorities authorities = OwnAuthorities.open(tls, house.clock);
        ClientTrust clients = new ClientTrust(tls.resolve("clients"), false, house.clock);
        KeyStores keyStores = new KeyStores(
                tls,
                authorities,
                List.of("acs.test"),
                new TlsConfig("TLSv1.2", 10, TlsConfig.Files.NONE, new TlsConfig.Clients(TlsConfig.Demand.OFF, false)),
                clients,
                house.clock);
        keyStores.forPhones().start();
        keyStores.forPeople().start();
        Console console = new Console(
                new Console.Doors(
                        house.guard,
                        house.devices,
                        house.rpcs,
                        house.claims,
                        calls,
                        house.users,
                        house.tokens,
                        new TlsActions(house.guard, clients, keyStores),
                        new AuthorityActions(house.guard, authorities, keyStores),
                        new FileActions(
                                house.guard,
                                FileBytes.open(
                                        FilesConfig.from(new ConfigReader(
                                                ConfigSources.of(Map.of("files.limit", "1"), Map.of()))),
                                        directory),
                                house.clock)),
                new Console.Entrance(
                        new Logins(house.database, TestHouse.HASHES, house.clock),
                        new WebSessions(house.database, house.clock)),
                new Console.Live(new EventStreamHandler(stream), new VisitRate()),
                new TrustConfig(TrustMode.OPEN, true, 10, 10, carillon.db.Limits.DEFAULT, false, List.of()),
                new Console.Addresses(() -> "http://acs.test:7547/", () -> "https://acs.test:7548/"),
                house.clock);
        server = new HttpServer("web", Manners.forPeople(new ListenersConfig.Limits(10, 100, 10, 8)))
                .serving(console.handler())
                .with(new Door("web", "web.port", "127.0.0.1", 0));
        server.start();
    }

    /** Calls no phone; what came of it before is as the test says. */
    private final class NobodyHome implements PhoneCaller {
        @Override
        public CompletableFuture<CallResult> call(Device device, Optional<CallResult.Kind> kind) {
            return CompletableFuture.completedFuture(new CallResult(
                    CallResult.Kind.HTTP,
                    CallResult.Outcome.UNREACHABLE,
                    OptionalInt.empty(),
                    Duration.ofMillis(12),
                    "nobody home"));
        }

        @Override
        public List<RecentCall> recent(Device device) {
            return recentCalls;
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        house.close();
    }

    void login(String name) throws Exception {
        take(post("/login", "name", name, "password", TestHouse.PASSWORD));
    }

    void take(HttpResponse<String> response) {
        cookie = response.headers().firstValue("set-cookie").orElseThrow().replaceAll("carillon=([^;]*);.*", "$1");
    }

    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElse("none, but " + response.statusCode());
    }

    HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A form of somebody who is logged in. */
    HttpResponse<String> write(String path, String... fields) throws Exception {
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "csrf";
        all[fields.length + 1] = Csrf.token(cookie);
        return post(path, all);
    }

    HttpResponse<String> post(String path, String... fields) throws Exception {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return CLIENT.send(
                request(path)
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.doors().get(0).port() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept-Language", "en")
                .header("Cookie", "carillon=" + cookie);
    }
}
