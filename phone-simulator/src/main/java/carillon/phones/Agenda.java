package carillon.phones;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a phone has to do later, in the order in which it is due. Used under the phone's lock. */
final class Agenda {
    private final List<Due> entries = new ArrayList<>();

    private record Due(Instant at, Runnable work) {}

    void in(Duration wait, Runnable work) {
        entries.add(new Due(Instant.now().plus(wait), work));
        entries.sort(Comparator.comparing(Due::at));
    }

    /** Does what is due by now, and what becomes due by that. */
    void work(Instant now) {
        while (!entries.isEmpty() && !entries.get(0).at().isAfter(now)) {
            entries.remove(0).work().run();
        }
    }

    /** How long until the next is due; nothing where there is none. */
    Optional<Duration> next(Instant now) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(now, entries.get(0).at()))
                        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    void clear() {
        entries.clear();
    }
}
