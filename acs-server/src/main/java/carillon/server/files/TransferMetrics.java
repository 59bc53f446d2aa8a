package carillon.server.files;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How many files went to and came from phones. */
public final class TransferMetrics {
    private final Counter sent;
    private final Counter unsent;
    private final Counter received;
    private final Counter unreceived;
    private final Counter lost;
    private final Counter challenged;

    public TransferMetrics(MeterRegistry registry) {
        sent = files(registry, "to_phone", "done");
        unsent = files(registry, "to_phone", "broken");
        received = files(registry, "from_phone", "done");
        unreceived = files(registry, "from_phone", "broken");
        lost = Counter.builder("carillon_files_not_found")
                .description("Visits to addresses at which there is no file (any more).")
                .register(registry);
        challenged = Counter.builder("carillon_files_challenged")
                .description("Requests for files without the login that they need, first ones among them.")
                .register(registry);
    }

    private static Counter files(MeterRegistry registry, String direction, String outcome) {
        return Counter.builder("carillon_file_transfers")
                .description("Files that phones fetched and left, and pieces of them.")
                .tag("direction", direction)
                .tag("outcome", outcome)
                .register(registry);
    }

    void sent(boolean whole) {
        (whole ? sent : unsent).increment();
    }

    void received(boolean whole) {
        (whole ? received : unreceived).increment();
    }

    void challenged() {
        challenged.increment();
    }

    void lost() {
        lost.increment();
    }
}
