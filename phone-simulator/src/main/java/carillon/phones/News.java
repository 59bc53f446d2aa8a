package carillon.phones;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.message.CpeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a phone still has to report: events, changed values, and calls of its own. Under the lock of its phone. */
final class News {
    private final Map<String, Integer> notifications = new TreeMap<>();
    private final Set<String> changedValues = new LinkedHashSet<>();
    private final List<Event> pending = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();

    /** A call that it has to make, and the events that only the answer to it confirms. */
    private record Report(CpeRequest call, List<Event> events) {}

    /** Nothing, as in a phone out of the box. */
    void clear() {
        notifications.clear();
        changedValues.clear();
        pending.clear();
        reports.clear();
    }

    /** Of which parameters a change is told: 1 when the phone comes, 2 at once. */
    Map<String, Integer> notifications() {
        return notifications;
    }

    boolean isEmpty() {
        return pending.isEmpty() && reports.isEmpty();
    }

    List<Event> events() {
        return List.copyOf(pending);
    }

    Set<String> changedValues() {
        return changedValues;
    }

    /** It reports this event at its next visit; each but an M event once. */
    void happens(Event event) {
        if (!pending.contains(event)) {
            pending.add(event);
        }
    }

    /** Instead of what waits it reports these. */
    void startsWith(List<Event> events) {
        pending.clear();
        pending.addAll(events);
    }

    void valueChanged(String path) {
        int notification = notifications.getOrDefault(path, 0);
        if (notification > 0) {
            changedValues.add(path);
        }
        if (notification == 2) {
            happens(Event.of(EventCode.VALUE_CHANGE));
        }
    }

    /** A restart forgets what has changed. */
    void restarts() {
        pending.removeIf(event -> event.is(EventCode.VALUE_CHANGE));
        changedValues.clear();
        happens(Event.of(EventCode.BOOT));
    }

    /** Nothing that happened before is of interest to another server. */
    void movesToAnotherServer() {
        pending.clear();
        changedValues.clear();
        happens(Event.of(EventCode.BOOTSTRAP));
    }

    /** A connection request is never told again. */
    void sessionFailed() {
        pending.removeIf(event -> event.is(EventCode.CONNECTION_REQUEST));
    }

    /** The server has acknowledged this Inform; events that another call confirms stay until that call was answered. */
    void acknowledged(CpeRequest.Inform inform) {
        pending.removeAll(inform.events());
        changedValues.clear();
        for (Report report : reports) {
            report.events().stream().filter(inform.events()::contains).forEach(this::happens);
        }
    }

    /** It makes this call in its next session, which it opens with these events. */
    void tells(CpeRequest call, List<Event> events) {
        reports.add(new Report(call, events));
        events.forEach(this::happens);
    }

    List<CpeRequest> calls() {
        return reports.stream().map(Report::call).toList();
    }

    /** The server has answered this call. */
    void delivered(CpeRequest call) {
        List<Event> confirmed = new ArrayList<>();
        reports.stream()
                .filter(report -> report.call().equals(call))
                .forEach(report -> confirmed.addAll(report.events()));
        reports.removeIf(report -> report.call().equals(call));
        reports.forEach(report -> confirmed.removeAll(report.events()));
        pending.removeAll(confirmed);
    }
}
