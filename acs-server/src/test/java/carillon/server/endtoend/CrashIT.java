package carillon.server.endtoend;

import static carillon.server.endtoend.HoldingServer.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.EventCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeMethod;
import carillon.server.cwmp.TurnGate.Moment;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed ({@code kill -9}) at each of the five points of an RPC's life and started again. Nothing that was
 * accepted is lost, and nothing that interrupts a phone is done twice.
 */
class CrashIT {
    /** What each of the twenty phones is asked, in an order of its own. */
    private static final List<AcsMethod> TEN = List.of(
            AcsMethod.GET_PARAMETER_VALUES,
            AcsMethod.REBOOT,
            AcsMethod.SET_PARAMETER_VALUES,
            AcsMethod.ADD_OBJECT,
            AcsMethod.DOWNLOAD,
            AcsMethod.FACTORY_RESET,
            AcsMethod.REBOOT,
            AcsMethod.GET_PARAMETER_VALUES,
            AcsMethod.ADD_OBJECT,
            AcsMethod.DOWNLOAD);

    @TempDir
    static Path shared;

    private static ServerProcess holding;

    /** Where the axe falls. */
    enum Point {
        /** The API has answered 201, and the phone has not called. */
        QUEUED,
        /** The claim is durable, no octet of the request has left. */
        CLAIMED_NOT_SENT,
        /** The phone has read and done it, and has not answered. */
        SENT_NOT_ANSWERED,
        /** The server has read the phone's answer, and nothing of that is written. */
        ANSWERED_NOT_STORED,
        /** What the phone's answer says is durable, and the phone was told nothing. */
        STORED
    }

    @BeforeAll
    static void start() throws IOException {
        holding = ServerProcess.holding(shared.resolve("data"), "--cpe.auth=open");
    }

    @AfterAll
    static void stop() throws IOException {
        holding.close();
    }

    /** Each of the eleven RPCs has a phone of its own; all stand at the point when the server is killed. */
    @ParameterizedTest
    @EnumSource(Point.class)
    void every_rpc_reaches_an_end_and_nothing_is_done_twice(Point point) throws Exception {
        Map<AcsMethod, CrashingPhone> phones = new EnumMap<>(AcsMethod.class);
        for (AcsMethod method : Rpcs.ARGUMENTS.keySet()) {
            CrashingPhone phone =
                    new CrashingPhone(ScriptedPhone.identity(100 * (point.ordinal() + 1) + method.ordinal()));
            phone.session(holding, EventCode.BOOTSTRAP, EventCode.BOOT);
            phone.forgets(); // the server's own steps, such as the inform plan
            phones.put(method, phone);
        }
        assertThat(phones).hasSize(11);
        Map<AcsMethod, String> asked = new EnumMap<>(AcsMethod.class);
        for (AcsMethod method : phones.keySet()) {
            asked.put(
                    method,
                    holding.rest()
                            .queue(
                                    phones.get(method).device().encoded(),
                                    method.rpcName(),
                                    Rpcs.ARGUMENTS.get(method)));
        }
        List<Thread> calling = new ArrayList<>();
        if (point != Point.QUEUED) {
            for (AcsMethod method : phones.keySet()) {
                calling.add(callsUpTo(point, method, phones.get(method)));
            }
        }
        holding.kill();
        for (Thread call : calling) {
            call.join();
        }
        Map<AcsMethod, Integer> before = new EnumMap<>(AcsMethod.class);
        phones.forEach((method, phone) -> before.put(method, phone.executions(method)));
        phones.values().forEach(CrashingPhone::forgets);
        holding.start();
        for (AcsMethod method : phones.keySet()) {
            CrashingPhone phone = phones.get(method);
            assertThat(holding.rest().rpc(asked.get(method)).get("state").asText())
                    .as("%s after the restart, killed at %s", method, point)
                    .isEqualTo(expectedAtOnce(point, method));
            phone.comesBack(holding);
            JsonNode end = holding.rest().rpc(asked.get(method));
            String what = method + " killed at " + point + ", then " + phone.done() + ": " + end;
            assertThat(end.get("state").asText()).as(what).isEqualTo(expectedEnd(point, method));
            assertThat(before.get(method)).as(what).isEqualTo(point.compareTo(Point.SENT_NOT_ANSWERED) < 0 ? 0 : 1);
            assertThat(phone.executions(method)).as(what).isEqualTo(expectedAgain(point, method));
            if (looksFirst(method)) {
                assertThat(phone.lines())
                        .as(what)
                        .isEqualTo(method == AcsMethod.ADD_OBJECT ? Set.of(1, 2, 3) : Set.of(1));
                boolean unsure = point != Point.QUEUED && point != Point.STORED;
                assertThat(phone.done().stream().findFirst().filter(AcsMethod.GET_PARAMETER_NAMES::equals))
                        .as("looked at the instances first: %s", what)
                        .satisfies(looked ->
                                assertThat(looked.isPresent() || !unsure).isTrue());
            }
            assertAcknowledgedIsStored(holding, phone);
        }
    }

    /** The phone calls; returns once the server is at the point, where it stays. */
    private static Thread callsUpTo(Point point, AcsMethod method, CrashingPhone phone) throws Exception {
        String request = method.rpcName();
        String hold =
                switch (point) {
                    case QUEUED -> throw new AssertionError("nobody calls");
                    case CLAIMED_NOT_SENT -> line(Moment.DECIDED, request, phone.device());
                    case SENT_NOT_ANSWERED -> line(Moment.SENT, request, phone.device());
                    case ANSWERED_NOT_STORED -> line(Moment.HEARD, request + "Response", phone.device());
                    case STORED -> line(Moment.STORED, request + "Response", phone.device());
                };
        holding.say(hold);
        holding.awaitSaid("set " + hold);
        if (point == Point.SENT_NOT_ANSWERED) {
            phone.leavesUnanswered(method);
        }
        Thread call = new Thread(() -> phone.tries(holding), "phone-of-" + request);
        call.start();
        holding.awaitSaid("held " + hold);
        return call;
    }

    /** What the database holds at the point, which is how the test knows that the axe fell there. */
    private static String expectedAtOnce(Point point, AcsMethod method) {
        return switch (point) {
            case QUEUED -> "queued";
            case CLAIMED_NOT_SENT, SENT_NOT_ANSWERED, ANSWERED_NOT_STORED -> "sent";
            case STORED -> Rpcs.INTERRUPTING.contains(method) ? "sent" : "succeeded"; // sent until it is reported
        };
    }

    /** What interrupts a phone is known in the end where it reports; where it never got it, nobody can know. */
    private static String expectedEnd(Point point, AcsMethod method) {
        boolean unknown = point == Point.CLAIMED_NOT_SENT && Rpcs.INTERRUPTING.contains(method);
        return unknown ? "unconfirmed" : "succeeded";
    }

    /** How often the phone does it after the restart. */
    private static int expectedAgain(Point point, AcsMethod method) {
        return switch (point) {
            case QUEUED -> 1;
            case CLAIMED_NOT_SENT -> Rpcs.INTERRUPTING.contains(method) ? 0 : 1;
            case SENT_NOT_ANSWERED, ANSWERED_NOT_STORED ->
                Rpcs.INTERRUPTING.contains(method) || looksFirst(method) ? 0 : 1;
            case STORED -> 0;
        };
    }

    private static boolean looksFirst(AcsMethod method) {
        return method == AcsMethod.ADD_OBJECT || method == AcsMethod.DELETE_OBJECT;
    }

    @Test
    void two_hundred_queued_rpcs_survive_a_kill_in_the_middle_and_no_acknowledged_event_is_missing(
            @TempDir Path directory) throws Exception {
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"), "--cpe.auth=open")) {
            List<CrashingPhone> phones = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                CrashingPhone phone = new CrashingPhone(ScriptedPhone.identity(1000 + i));
                phone.session(server, EventCode.BOOTSTRAP, EventCode.BOOT);
                phones.add(phone);
            }
            Map<String, AcsMethod> rpcs = new LinkedHashMap<>();
            for (CrashingPhone phone : phones) {
                List<AcsMethod> order = new ArrayList<>(TEN);
                Collections.rotate(order, phones.indexOf(phone)); // the axe finds each method at each place of a queue
                for (AcsMethod method : order) {
                    rpcs.put(
                            server.rest().queue(phone.device().encoded(), method.rpcName(), Rpcs.ARGUMENTS.get(method)),
                            method);
                }
            }
            assertThat(rpcs).hasSize(200);
            List<Thread> running = phones.stream()
                    .map(phone -> new Thread(() -> phone.tries(server)))
                    .toList();
            running.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() ->
                            phones.stream().mapToInt(CrashingPhone::answered).sum() >= 60);
            server.kill();
            for (Thread thread : running) {
                thread.join();
            }
            server.start();
            for (CrashingPhone phone : phones) {
                phone.comesBack(server);
            }
            Map<AcsMethod, Map<String, Integer>> ends = new EnumMap<>(AcsMethod.class);
            for (Map.Entry<String, AcsMethod> rpc : rpcs.entrySet()) {
                JsonNode end = server.rest().rpc(rpc.getKey());
                ends.computeIfAbsent(rpc.getValue(), any -> new TreeMap<>())
                        .merge(end.get("state").asText(), 1, Integer::sum);
                boolean repeatable = !Rpcs.INTERRUPTING.contains(rpc.getValue()) && !looksFirst(rpc.getValue());
                assertThat(end.get("state").asText())
                        .as("%s", end)
                        .isIn(repeatable ? List.of("succeeded") : List.of("succeeded", "unconfirmed"));
            }
            for (CrashingPhone phone : phones) {
                String what = phone.device() + " did " + phone.done() + "; " + ends;
                assertThat(phone.commandKeys()).as(what).doesNotHaveDuplicates();
                assertThat(phone.executions(AcsMethod.REBOOT)).as(what).isLessThanOrEqualTo(2);
                assertThat(phone.executions(AcsMethod.DOWNLOAD)).as(what).isLessThanOrEqualTo(2);
                assertThat(phone.executions(AcsMethod.FACTORY_RESET)).as(what).isLessThanOrEqualTo(1);
                assertThat(phone.executions(AcsMethod.ADD_OBJECT)).as(what).isLessThanOrEqualTo(2);
                assertAcknowledgedIsStored(server, phone);
            }
        }
    }

    /** Each Inform that was answered is found again, with every one of its events. */
    private static void assertAcknowledgedIsStored(ServerProcess server, CrashingPhone phone) throws Exception {
        JsonNode events = server.rest()
                .get("/api/v1/devices/" + phone.device().encoded() + "/events?limit=200")
                .get("items");
        Map<String, Set<String>> stored = new HashMap<>();
        for (JsonNode event : events) {
            // what the phone called in the session stands among its events; the Inform had it not
            if (CpeMethod.of(event.get("event").asText()).isEmpty()) {
                stored.computeIfAbsent(event.get("session").asText(), session -> new HashSet<>())
                        .add(CrashingPhone.text(
                                event.get("event").asText(),
                                event.get("commandKey").asText()));
            }
        }
        assertThat(phone.acknowledged()).isNotEmpty();
        assertThat(stored.values()).as("events of %s", phone.device()).containsAll(phone.acknowledged());
    }
}
