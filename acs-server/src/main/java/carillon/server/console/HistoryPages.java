package carillon.server.console;

import carillon.db.Page;
import carillon.db.SessionRecord;
import carillon.db.StoredEvent;
import carillon.server.access.Permission;
import carillon.server.console.view.HistoryView;
import carillon.server.console.view.Phone;
import carillon.server.console.view.Query;
import carillon.server.console.view.Trail;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a phone did: its events, and its sessions with what was said in them. */
final class HistoryPages {
    private static final int PAGE = 50;

    private final Guard guard;
    private final PhonePages phones;

    HistoryPages(Guard guard, PhonePages phones) {
        this.guard = guard;
        this.phones = phones;
    }

    Answer events(Visit visit) {
        Phone phone = phones.phone(visit);
        String cursor = visit.asked("cursor");
        Page<StoredEvent> page = guard.read(visit.actor(), Permission.READ, stores -> stores.events()
                .list(phone.device().key(), PAGE, cursor));
        return page(
                visit,
                phone,
                "events",
                new HistoryView(page.items(), List.of(), trail(phone.link() + "/events", cursor, page.next())));
    }

    Answer sessions(Visit visit) {
        Phone phone = phones.phone(visit);
        String cursor = visit.asked("cursor");
        Page<SessionRecord> page = guard.read(visit.actor(), Permission.READ, stores -> stores.sessions()
                .list(phone.device().key(), PAGE, cursor));
        return page(
                visit,
                phone,
                "sessions",
                new HistoryView(List.of(), page.items(), trail(phone.link() + "/sessions", cursor, page.next())));
    }

    Answer session(Visit visit) {
        Phone phone = phones.phone(visit);
        SessionRecord record = guard.read(visit.actor(), Permission.READ, stores -> stores.sessions()
                        .find(visit.actor().scope(), visit.segment(3)))
                .filter(found -> found.deviceKey() == phone.device().key())
                .orElseThrow(() -> ActionRefused.notFound(visit.words().say("session.gone")));
        List<HistoryView.Message> messages = new ArrayList<>();
        for (SessionRecord.Message message : record.exchange()) {
            messages.add(new HistoryView.Message(
                    messages.size() + 1,
                    message.at(),
                    message.fromPhone(),
                    message.name(),
                    PrettyXml.lines(message.body())));
        }
        return page(visit, phone, "session", new HistoryView.Session(record, messages));
    }

    private Answer page(Visit visit, Phone phone, String template, Object view) {
        String tab = template.equals("session") ? "sessions" : template;
        return Answer.Page.of(
                "phone/" + template,
                phones.frame(visit, phone),
                new Answer.Part("p", phones.head(visit, phone, tab)),
                new Answer.Part("v", view));
    }

    /** Where a list that is paged by a cursor goes on. */
    static Trail trail(String link, String cursor, Optional<String> next) {
        return new Trail(
                cursor.isEmpty() ? Optional.empty() : Optional.of(link),
                next.map(after -> link + (link.contains("?") ? "&" : "?") + "cursor=" + Query.of(after)));
    }
}
