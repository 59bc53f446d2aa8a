package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server is killed ({@code kill -9}) at each of the five points of an RPC's life and started again. Nothing that was
 * accepted is lost, and nothing that interrupts a phone is done twice.
 */
class CrashIT {
    private static final CwmpTime NO_TIME = CwmpTime.UNKNOWN;

    @TempDir
    Path directory;

    /** Where the axe falls, as seen from the phone's end of the wire. */
    enum Point {
        /** The API has answered 201. */
        QUEUED,
        /** The claim is committed, the phone has not read the request. */
        CLAIMED_NOT_SENT,
        /** The phone has read and done it, and has not answered. */
        SENT_NOT_ANSWERED,
        /** The phone has answered, and the server died before it could store that. */
        ANSWERED_NOT_STORED,
        /** The phone's answer was stored, and the server answered in turn. */
        STORED
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    @Tag("CWMP-228")
    void every_rpc_reaches_an_end_and_nothing_is_done_twice(Point point) throws Exception {
        Map<AcsMethod, String> asked = new EnumMap<>(AcsMethod.class);
        Map<AcsMethod, TestedPhone> phones = new EnumMap<>(AcsMethod.class);
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"), "--cpe.auth=open")) {
            int number = 1;
            for (Map.Entry<AcsMethod, String> rpc : Rpcs.ARGUMENTS.entrySet()) {
                TestedPhone phone = new TestedPhone(ScriptedPhone.identity(number++));
                phones.put(rpc.getKey(), phone);
                phone.session(server, Event.of(EventCode.BOOTSTRAP), Event.of(EventCode.BOOT));
                phone.executions.clear(); // the server's own steps, such as the inform plan
            }
            List<ScriptedPhone> open = new ArrayList<>();
            for (Map.Entry<AcsMethod, String> rpc : Rpcs.ARGUMENTS.entrySet()) {
                TestedPhone phone = phones.get(rpc.getKey());
                asked.put(
                        rpc.getKey(),
                        server.rest().queue(phone.device.encoded(), rpc.getKey().rpcName(), rpc.getValue()));
                if (point != Point.QUEUED) {
                    open.add(phone.upTo(point, server, rpc.getKey()));
                }
            }
            if (point == Point.ANSWERED_NOT_STORED) {
                // what arrives now waits in the kernel: answered for the phone, never read by the server
                server.freeze();
                for (TestedPhone phone : phones.values()) {
                    phone.answersLate();
                }
            }
            server.kill();
            for (ScriptedPhone phone : open) {
                phone.close();
            }
            server.start();
            for (TestedPhone phone : phones.values()) {
                phone.comesBack(server);
            }
            for (Map.Entry<AcsMethod, String> rpc : asked.entrySet()) {
                AcsMethod method = rpc.getKey();
                JsonNode end = server.rest().rpc(rpc.getValue());
                String state = end.get("state").asText();
                int executions = phones.get(method).executions.getOrDefault(method, 0);
                assertThat(state).as("%s killed at %s: %s", method, point, end).isIn("succeeded", "unconfirmed");
                if (Rpcs.INTERRUPTING.contains(method)) {
                    assertThat(executions).as("%s killed at %s", method, point).isLessThanOrEqualTo(1);
                }
                if (method == AcsMethod.ADD_OBJECT || method == AcsMethod.DELETE_OBJECT) {
                    assertThat(executions).as("%s killed at %s", method, point).isEqualTo(1);
                }
                if (!Rpcs.INTERRUPTING.contains(method)) {
                    // what can be repeated or looked at is known in the end
                    assertThat(state)
                            .as("%s killed at %s: %s", method, point, end)
                            .isEqualTo("succeeded");
                }
                if (point == Point.QUEUED || point == Point.STORED) {
                    assertThat(state).as("%s killed at %s", method, point).isEqualTo("succeeded");
                    assertThat(executions).as("%s killed at %s", method, point).isEqualTo(1);
                }
            }
        }
    }

    @Test
    @Tag("CWMP-228")
    void two_hundred_queued_rpcs_survive_a_kill_in_the_middle_and_no_acknowledged_event_is_missing() throws Exception {
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"), "--cpe.auth=open")) {
            List<TestedPhone> phones = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TestedPhone phone = new TestedPhone(ScriptedPhone.identity(1000 + i));
                phone.session(server, Event.of(EventCode.BOOTSTRAP), Event.of(EventCode.BOOT));
                phones.add(phone);
            }
            List<String> rpcs = new ArrayList<>();
            for (TestedPhone phone : phones) {
                for (int i = 0; i < 10; i++) {
                    String arguments = "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}";
                    rpcs.add(
                            i == 9
                                    ? server.rest().queue(phone.device.encoded(), "Reboot", "{}")
                                    : server.rest().queue(phone.device.encoded(), "GetParameterValues", arguments));
                }
            }
            List<Thread> running = phones.stream()
                    .map(phone -> new Thread(() -> phone.tries(server, Event.of(EventCode.PERIODIC))))
                    .toList();
            running.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() ->
                            phones.stream().mapToInt(phone -> phone.answered).sum() >= 60);
            server.kill();
            for (Thread thread : running) {
                thread.join();
            }
            server.start();
            for (TestedPhone phone : phones) {
                phone.comesBack(server);
            }
            Map<String, Integer> states = new TreeMap<>();
            for (String id : rpcs) {
                states.merge(server.rest().rpc(id).get("state").asText(), 1, Integer::sum);
            }
            assertThat(states.keySet()).isSubsetOf("succeeded", "unconfirmed");
            assertThat(states.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(200);
            for (TestedPhone phone : phones) {
                assertThat(phone.executions.getOrDefault(AcsMethod.REBOOT, 0)).isLessThanOrEqualTo(1);
                JsonNode events = server.rest()
                        .get("/api/v1/devices/" + phone.device.encoded() + "/events?limit=200")
                        .get("items");
                Map<String, Integer> stored = new TreeMap<>();
                events.forEach(event -> stored.merge(
                        event.get("event").asText() + " "
                                + event.get("commandKey").asText(),
                        1,
                        Integer::sum));
                phone.acknowledged.forEach((event, times) -> assertThat(stored.getOrDefault(event, 0))
                        .as("%s of %s, of which %s are stored", event, phone.device, stored)
                        .isGreaterThanOrEqualTo(times));
            }
        }
    }

    /** A phone with a table of lines, which counts what it does. */
    private static final class TestedPhone {
        final DeviceId device;
        final Map<AcsMethod, Integer> executions = new EnumMap<>(AcsMethod.class);
        final TreeSet<Integer> lines = new TreeSet<>(List.of(1, 2));
        final List<Event> pending = new ArrayList<>();
        final List<CpeRequest> reports = new ArrayList<>();
        private Optional<ScriptedPhone> wireAtTheEnd = Optional.empty();
        private Optional<CwmpMessage> lateAnswer = Optional.empty();
        volatile int answered;
        final Map<String, Integer> acknowledged = new TreeMap<>();

        TestedPhone(DeviceId device) {
            this.device = device;
        }

        void session(ServerProcess server, Event... events) throws IOException {
            try (ScriptedPhone wire = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
                wire.informs(events);
                acknowledged(events);
                for (CpeRequest report : List.copyOf(reports)) {
                    wire.sends(report);
                    reports.remove(report);
                }
                CwmpMessage said = wire.hasNothingMore();
                while (said instanceof AcsRequest request) {
                    CwmpMessage answer = does(request);
                    said = wire.sends(answer);
                    answered++;
                }
                assertThat(said).isInstanceOf(Empty.class);
            }
        }

        /** The server has said InformResponse to these. */
        private void acknowledged(Event... events) {
            for (Event event : events) {
                acknowledged.merge(event.code() + " " + event.commandKey(), 1, Integer::sum);
            }
        }

        void tries(ServerProcess server, Event... events) {
            try {
                session(server, events);
            } catch (IOException | AssertionError theServerWent) {
                answered += 0;
            }
        }

        /** After the restart of the server: sessions until nothing is asked and nothing is to be reported. */
        void comesBack(ServerProcess server) throws IOException {
            for (int i = 0; i < 6; i++) {
                List<Event> events = new ArrayList<>(pending);
                pending.clear();
                if (events.isEmpty()) {
                    events.add(Event.of(EventCode.PERIODIC));
                }
                int before = answered;
                session(server, events.toArray(new Event[0]));
                if (answered == before && pending.isEmpty() && reports.isEmpty()) {
                    return;
                }
            }
        }

        /** Runs a session up to the point where the server is to be killed, and leaves the wire open. */
        ScriptedPhone upTo(Point point, ServerProcess server, AcsMethod method) throws IOException {
            ScriptedPhone wire = ScriptedPhone.connect(server.port("cwmp.http"), device);
            wire.informs(EventCode.PERIODIC);
            acknowledged(Event.of(EventCode.PERIODIC));
            CwmpMessage said = wire.hasNothingMore();
            while (said instanceof AcsRequest request && request.method() != method) {
                said = wire.sends(does(request)); // the look before an AddObject, the inform plan
            }
            assertThat(said).isInstanceOf(AcsRequest.class);
            if (point == Point.CLAIMED_NOT_SENT) {
                return wire; // what was read here never reached the phone
            }
            CwmpMessage answer = does((AcsRequest) said);
            if (point == Point.STORED) {
                wire.sends(answer);
            }
            wireAtTheEnd = Optional.of(wire);
            lateAnswer = Optional.of(answer);
            return wire;
        }

        void answersLate() throws IOException {
            wireAtTheEnd.orElseThrow().post(lateAnswer.orElseThrow());
        }

        private CwmpMessage does(AcsRequest request) {
            executions.merge(request.method(), 1, Integer::sum);
            if (request instanceof AcsRequest.GetRpcMethods) {
                return new CpeResponse.GetRpcMethodsResponse(List.of("Reboot", "GetParameterValues"));
            } else if (request instanceof AcsRequest.GetParameterNames names) {
                List<ParameterInfo> infos = new ArrayList<>();
                lines.forEach(line -> infos.add(new ParameterInfo(names.path() + line + ".", true)));
                return new CpeResponse.GetParameterNamesResponse(infos);
            } else if (request instanceof AcsRequest.GetParameterValues values) {
                return new CpeResponse.GetParameterValuesResponse(values.paths().stream()
                        .map(path -> ParameterValue.string(path.endsWith(".") ? path + "X" : path, "v"))
                        .toList());
            } else if (request instanceof AcsRequest.SetParameterValues) {
                return new CpeResponse.SetParameterValuesResponse(0);
            } else if (request instanceof AcsRequest.GetParameterAttributes) {
                return new CpeResponse.GetParameterAttributesResponse(List.of());
            } else if (request instanceof AcsRequest.SetParameterAttributes) {
                return new CpeResponse.SetParameterAttributesResponse();
            } else if (request instanceof AcsRequest.AddObject) {
                lines.add(lines.last() + 1);
                return new CpeResponse.AddObjectResponse(lines.last(), 0);
            } else if (request instanceof AcsRequest.DeleteObject) {
                lines.remove(2);
                return new CpeResponse.DeleteObjectResponse(0);
            } else if (request instanceof AcsRequest.Reboot reboot) {
                pending.add(Event.of(EventCode.BOOT));
                pending.add(Event.of(EventCode.M_REBOOT, reboot.commandKey()));
                return new CpeResponse.RebootResponse();
            } else if (request instanceof AcsRequest.FactoryReset) {
                pending.clear();
                pending.add(Event.of(EventCode.BOOTSTRAP));
                pending.add(Event.of(EventCode.BOOT));
                return new CpeResponse.FactoryResetResponse();
            } else if (request instanceof AcsRequest.Download download) {
                pending.add(Event.of(EventCode.TRANSFER_COMPLETE));
                pending.add(Event.of(EventCode.M_DOWNLOAD, download.commandKey()));
                reports.add(new CpeRequest.TransferComplete(
                        download.commandKey(), new Fault(0, "", List.of()), NO_TIME, NO_TIME));
                return new CpeResponse.DownloadResponse(1, NO_TIME, NO_TIME);
            }
            throw new AssertionError("asked " + request);
        }
    }
}
