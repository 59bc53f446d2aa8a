package carillon.server.console.view;

import carillon.db.SessionRecord;
import carillon.db.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a phone did: its events, or its sessions; one of the lists is empty. */
public record HistoryView(List<StoredEvent> events, List<SessionRecord> sessions, Trail trail) {
    public HistoryView {
        events = List.copyOf(events);
        sessions = List.copyOf(sessions);
    }

    /** How long a session took. */
    public static Duration length(SessionRecord session) {
        return Duration.between(session.startedAt(), session.endedAt());
    }

    /** Whether a session ended as it should. */
    public static boolean well(SessionRecord session) {
        return session.outcome().startsWith("ended well");
    }

    /**
     * One message of a session.
     *
     * @param lines its XML, indented
     */
    public record Message(int number, Instant at, boolean fromPhone, String name, List<XmlLine> lines) {
        public Message {
            lines = List.copyOf(lines);
        }
    }

    /** One session with its messages. */
    public record Session(SessionRecord record, List<Message> messages) {
        public Session {
            messages = List.copyOf(messages);
        }
    }
}
