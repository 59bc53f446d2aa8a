package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A phone with a table of lines that outlives its server: it counts what it does, retries a session that failed as the
 * standard says (TR-069, 3.2.1.1), and remembers which events the server took from it.
 */
final class CrashingPhone {
    private static final CwmpTime NO_TIME = CwmpTime.UNKNOWN;

    private final DeviceId device;
    private final List<AcsMethod> done = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final TreeSet<Integer> lines = new TreeSet<>(List.of(1, 2));
    private final List<Event> pending = new ArrayList<>();
    private final List<CpeRequest> reports = new ArrayList<>();
    private final List<Set<String>> acknowledged = new ArrayList<>();
    private Optional<AcsMethod> leavesUnanswered = Optional.empty();
    private int visits;
    private int failures;
    private volatile int answered;

    CrashingPhone(DeviceId device) {
        this.device = device;
    }

    DeviceId device() {
        return device;
    }

    /** What it was asked, in this order, each of which it did. */
    List<AcsMethod> done() {
        return List.copyOf(done);
    }

    /** How often it did this. */
    int executions(AcsMethod method) {
        return (int) done.stream().filter(method::equals).count();
    }

    /** The CommandKeys of the Reboots and Downloads that it did. */
    List<String> commandKeys() {
        return List.copyOf(keys);
    }

    /** Forgets what it did so far. */
    void forgets() {
        done.clear();
    }

    /** The numbers of its lines. */
    Set<Integer> lines() {
        return Set.copyOf(lines);
    }

    /** How many requests it answered so far. */
    int answered() {
        return answered;
    }

    /** It does what this asks, and says nothing. */
    void leavesUnanswered(AcsMethod method) {
        leavesUnanswered = Optional.of(method);
    }

    /**
     * The events of each Inform that the server answered; one of them is the phone's own and names the Inform, so that
     * each can be found again.
     */
    List<Set<String>> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** An event as {@link #acknowledged} has it. */
    static String text(String code, String commandKey) {
        return code + " [" + commandKey + "]";
    }

    /** A whole session, with these events beside those that wait. */
    void session(ServerProcess server, EventCode... codes) throws IOException {
        List<Event> events = new ArrayList<>(pending);
        for (EventCode code : codes) {
            events.add(Event.of(code));
        }
        if (events.isEmpty()) {
            events.add(Event.of(EventCode.PERIODIC));
        }
        events.add(new Event("X 00562B Visit " + ++visits, ""));
        failures++; // until it has ended well
        try (ScriptedPhone wire = ScriptedPhone.connect(server.port("cwmp.http"), device)) {
            wire.retrying(failures - 1).informs(events.toArray(new Event[0]));
            Set<String> taken = new HashSet<>();
            events.forEach(event -> taken.add(text(event.code(), event.commandKey())));
            acknowledged.add(taken);
            pending.removeAll(events);
            for (CpeRequest report : List.copyOf(reports)) {
                wire.sends(report);
                reports.remove(report);
            }
            CwmpMessage said = wire.hasNothingMore();
            while (said instanceof AcsRequest request) {
                CwmpMessage answer = does(request);
                if (leavesUnanswered.equals(Optional.of(request.method()))) {
                    wire.hears(); // nothing, until the connection ends
                }
                said = wire.sends(answer);
                answered++;
            }
            assertThat(said).isInstanceOf(Empty.class);
        }
        failures = 0;
    }

    /** A session that may end with the server. */
    void tries(ServerProcess server) {
        try {
            session(server);
        } catch (IOException theServerWent) {
            leavesUnanswered = Optional.empty();
        }
    }

    /** After the restart of the server: sessions until nothing is asked and nothing is to be reported. */
    void comesBack(ServerProcess server) throws IOException {
        for (int i = 0; i < 16; i++) { // each RPC that interrupts the phone ends a session
            int before = answered;
            session(server);
            if (answered == before && pending.isEmpty() && reports.isEmpty()) {
                return;
            }
        }
    }

    private CwmpMessage does(AcsRequest request) {
        done.add(request.method());
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
            keys.add(reboot.commandKey());
            pending.add(Event.of(EventCode.BOOT));
            pending.add(Event.of(EventCode.M_REBOOT, reboot.commandKey()));
            return new CpeResponse.RebootResponse();
        } else if (request instanceof AcsRequest.FactoryReset) {
            pending.clear();
            pending.add(Event.of(EventCode.BOOTSTRAP));
            pending.add(Event.of(EventCode.BOOT));
            return new CpeResponse.FactoryResetResponse();
        } else if (request instanceof AcsRequest.Download download) {
            keys.add(download.commandKey());
            pending.add(Event.of(EventCode.TRANSFER_COMPLETE));
            pending.add(Event.of(EventCode.M_DOWNLOAD, download.commandKey()));
            reports.add(new CpeRequest.TransferComplete(
                    download.commandKey(), new Fault(0, "", List.of()), NO_TIME, NO_TIME));
            return new CpeResponse.DownloadResponse(1, NO_TIME, NO_TIME);
        }
        throw new AssertionError("asked " + request);
    }
}
