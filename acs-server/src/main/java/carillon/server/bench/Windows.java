package carillon.server.bench;

import carillon.server.bench.ProcessorTime.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Windows of equally many idle sessions against one server, and the processor time that each of them cost. A window counts
 * once the server is warm: its compiler rests, and its last windows agree.
 */
final class Windows {
    private static final int ALIKE = 3;
    private static final double AGREEMENT = 1.10;
    private static final double COMPILER_RESTS = 0.05;

    private final ChildServer server;
    private final SessionLoad load;
    private final int sessions;
    private final List<ProcessorTime> windows = new ArrayList<>();

    Windows(ChildServer server, List<SessionLoad.Caller> callers, int sessions) {
        this.server = server;
        this.load = new SessionLoad(server.port(), callers);
        this.sessions = sessions;
    }

    /** Runs one more window; throws if a session failed. */
    ProcessorTime next() throws IOException, InterruptedException {
        ProcessorTime before = server.processorTime();
        SessionLoad.Outcome outcome = load.run(sessions);
        if (!outcome.errors().isEmpty()) {
            throw new IOException("sessions failed: " + outcome.errors());
        }
        ProcessorTime used = server.processorTime().since(before);
        windows.add(used);
        return used;
    }

    /** Whether the last windows cost nearly the same, with a compiler at rest. */
    boolean isSteady() {
        if (windows.size() < ALIKE) {
            return false;
        }
        List<ProcessorTime> last = windows.subList(windows.size() - ALIKE, windows.size());
        double least = last.stream().mapToLong(ProcessorTime::total).min().orElse(0);
        double most = last.stream().mapToLong(ProcessorTime::total).max().orElse(0);
        return most <= least * AGREEMENT && last.stream().allMatch(one -> one.share(Group.COMPILER) < COMPILER_RESTS);
    }

    /** Forgets the windows so far: they were for warming up. */
    void forget() {
        windows.clear();
    }

    /** The window in the middle, by processor time. */
    ProcessorTime median() {
        List<ProcessorTime> sorted = windows.stream()
                .sorted(Comparator.comparingLong(ProcessorTime::total))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    int sessions() {
        return sessions;
    }
}
