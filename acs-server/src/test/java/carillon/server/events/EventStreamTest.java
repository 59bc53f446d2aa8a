package carillon.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.Event;
import carillon.cwmp.message.AcsMethod;
import carillon.db.Claim;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.NewRpc;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.db.Scope;
import carillon.db.SessionRecord;
import carillon.server.config.ListenersConfig;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.events.LiveEvent.Kind;
import carillon.server.lifecycle.HttpServer;
import carillon.server.lifecycle.HttpServer.Manners;
import carillon.server.operator.TestHouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path directory;

    private TestHouse house;
    private EventStream stream;
    private PhoneFeed feed;
    private final VisitRate rate = new VisitRate();
    private HttpServer server;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        house = new TestHouse(directory);
        stream = new EventStream(
                id -> house.database.read(stores -> stores.devices().find(id)), Duration.ofMillis(300));
        feed = new PhoneFeed(house.database, stream, new Webhooks(house.database, house.clock), rate, house.clock);
        house.database.groupCommit().onCommitted(feed::committed);
        house.rpcs.onChange(feed::rpc);
        EventStreamHandler handler = new EventStreamHandler(stream);
        server = new HttpServer("web", Manners.forPeople(new ListenersConfig.Limits(10, 1000, 10, 8)))
                .serving(new Handler.Wrapper(handler) {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) throws Exception {
                        String site = request.getHeaders().get("X-Site");
                        if (site != null) {
                            request.setAttribute(EventStreamHandler.SCOPE, new Scope("default", site, ""));
                        }
                        return super.handle(request, response, callback);
                    }
                })
                .with(new Door("web", "web.port", "127.0.0.1", 0));
        server.start();
        stream.start();
    }

    @AfterEach
    void stop() throws Exception {
        stream.stop();
        server.stop();
        for (Socket socket : sockets) {
            socket.close();
        }
        house.close();
    }

    @Test
    @Tag("CWMP-120")
    void who_watches_hears_which_values_have_changed_and_what_a_phone_called() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        BufferedReader watcher = watch("");
        house.commits(
                phone,
                new Effect.EventsSeen("S1", List.of(new Event("4 VALUE CHANGE", "")), List.of("Device.A"), NOON));
        house.commits(phone, new Effect.CallSeen("S1", new Event("Kicked", ""), "{}", NOON));
        assertThat(next(watcher, "inform")).contains("4 VALUE CHANGE");
        assertThat(next(watcher, "change")).contains("\"parameters\":[\"Device.A\"]");
        assertThat(next(watcher, "call")).contains("\"method\":\"Kicked\"");
    }

    @Test
    void who_watches_hears_what_a_phone_did() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        BufferedReader watcher = watch("");
        QueuedRpc rpc = queued(phone);
        house.commits(phone, new Effect.EventsSeen("S1", List.of(new Event("2 PERIODIC", "")), NOON));
        house.commits(phone, new Effect.ClaimNext("S1", NOON));
        house.commits(
                phone,
                new Effect.RpcMoved(
                        rpc.id(),
                        Set.of(RpcState.SENT),
                        RpcState.SUCCEEDED,
                        Optional.of("{}"),
                        Optional.empty(),
                        "",
                        NOON));
        assertThat(next(watcher, "inform"))
                .contains("\"device\":\"00562B-CP%2D8851-FCH1\"", "\"events\":[\"2 PERIODIC\"]");
        assertThat(next(watcher, "rpc")).contains("\"state\":\"sent\"", rpc.id(), "\"method\":\"Reboot\"");
        assertThat(next(watcher, "rpc")).contains("\"state\":\"succeeded\"", rpc.id());
    }

    @Test
    void claims_late_phones_and_archived_sessions_are_told() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        BufferedReader watcher = watch("");
        Claim claim = house.claim(phone, false);
        assertThat(claim.deviceKey()).isEqualTo(phone.key());
        assertThat(next(watcher, "device")).contains("\"change\":\"claim\"");
        feed.late(List.of(phone));
        assertThat(next(watcher, "late")).contains("FCH1");
        feed.archived(List.of(new SessionRecord(
                "S1", phone.key(), "default", "", NOON, NOON, "", List.of(), List.of(), "ended well", List.of())));
        assertThat(next(watcher, "session")).contains("\"outcome\":\"ended well\"");
        feed.expired(List.of(queued(phone).id()));
        assertThat(next(watcher, "rpc")).contains("\"method\":\"Reboot\"");
    }

    @Test
    void nobody_hears_of_phones_outside_of_their_scope() throws Exception {
        Device south = house.device("CP-8851", "SOUTH", DeviceState.APPROVED, "south");
        Device north = house.device("CP-8851", "NORTH", DeviceState.APPROVED, "north");
        BufferedReader watcher = watch("north");
        house.commits(south, new Effect.EventsSeen("S1", List.of(new Event("1 BOOT", "")), NOON));
        house.commits(north, new Effect.EventsSeen("S2", List.of(new Event("1 BOOT", "")), NOON));
        assertThat(next(watcher, "inform")).contains("NORTH");
    }

    @Test
    void a_client_that_was_here_before_is_told_to_reload() throws Exception {
        assertThat(next(open("X-Site: \r\nLast-Event-ID: 7\r\n"), "reload")).isEqualTo("{}");
    }

    @Test
    void a_quiet_stream_beats() throws Exception {
        BufferedReader watcher = watch("");
        String line = watcher.readLine();
        while (!line.equals(":")) {
            line = watcher.readLine();
        }
        assertThat(stream.subscribers()).isEqualTo(1);
    }

    @Test
    void who_goes_is_forgotten() throws Exception {
        watch("");
        sockets.get(0).close();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.subscribers() == 0);
        assertThat(stream.isWatched()).isFalse();
    }

    @Test
    void who_does_not_read_is_sent_away_and_the_others_hear_all() throws Exception {
        Device phone = house.device("CP-8851", "FCH1", DeviceState.APPROVED);
        watch("");
        String filler = "x".repeat(4000);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    for (int i = 0; i < 200; i++) {
                        stream.publish(new LiveEvent(
                                Kind.FAULT, phone.id(), Optional.of(phone), NOON, Map.of("text", filler)));
                    }
                    return stream.subscribers() == 0;
                });
        assertThat(stream.dropped()).isPositive();
        BufferedReader other = watch("");
        feed.late(List.of(phone));
        String line = other.readLine();
        while (!line.equals("event: late")) { // what was still on its way comes first
            line = other.readLine();
        }
        assertThat(other.readLine()).contains("FCH1");
    }

    @Test
    void strangers_and_too_many_are_refused() throws Exception {
        assertThat(open("").readLine()).contains("401");
        for (int i = 0; i < EventStream.MOST_SUBSCRIBERS; i++) {
            watch("");
        }
        assertThat(open("X-Site: \r\n").readLine()).contains("503");
    }

    @Test
    void a_server_that_stops_ends_the_streams() throws Exception {
        BufferedReader watcher = watch("");
        stream.stop();
        String line = watcher.readLine();
        while (!line.equals("0")) { // the last chunk
            line = watcher.readLine();
        }
        assertThat(open("X-Site: \r\n").readLine()).contains("503");
    }

    @Test
    void visits_are_counted_by_the_minute() {
        for (int i = 0; i < 3; i++) {
            rate.count(NOON);
        }
        rate.count(NOON.minusSeconds(60));
        rate.count(NOON.minusSeconds(59 * 60));
        assertThat(rate.lastHour(NOON)).hasSize(60).endsWith(1, 3).startsWith(1, 0);
        assertThat(rate.lastHour(NOON.plusSeconds(61 * 60))).containsOnly(0);
    }

    private QueuedRpc queued(Device phone) {
        return house.database.write(stores -> stores.rpcs()
                .enqueue(new NewRpc(
                        phone.key(),
                        phone.tenant(),
                        phone.site(),
                        AcsMethod.REBOOT,
                        "{}",
                        NOON.minusSeconds(1),
                        Optional.empty(),
                        Optional.empty(),
                        "user:admin",
                        false)));
    }

    /** A subscriber that is listening by now. */
    private BufferedReader watch(String site) throws IOException {
        BufferedReader reader = open("X-Site: " + site + "\r\n");
        String line = reader.readLine();
        while (!line.equals(": welcome")) {
            line = reader.readLine();
        }
        return reader;
    }

    private BufferedReader open(String headers) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.doors().get(0).port());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET /live HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader watcher, String event) throws IOException {
        for (String line = watcher.readLine(); line != null; line = watcher.readLine()) {
            if (line.startsWith("event: ")) {
                assertThat(line).isEqualTo("event: " + event);
                return watcher.readLine().substring("data: ".length());
            }
        }
        throw new AssertionError("the stream ended before " + event);
    }
}
