package carillon.server.schedule;

import carillon.db.Database;
import carillon.server.config.RetentionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes history that is older than the settings say, in bounded steps. */
public final class Retention implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 2000;

    /** What a firmware was held to lack is asked anew after so long. */
    private static final Duration LEARNED = Duration.ofDays(90);

    private final Database database;
    private final RetentionConfig config;
    private final InstantSource clock;

    public Retention(Database database, RetentionConfig config, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Instant events = now.minus(config.events());
        Instant sessions = now.minus(config.sessions());
        Instant rpcs = now.minus(config.rpcs());
        prune("events", () -> database.write(stores -> stores.events().prune(events, STEP)));
        prune("sessions", () -> database.write(stores -> stores.sessions().prune(sessions, STEP)));
        prune("RPCs", () -> database.write(stores -> stores.rpcs().prune(rpcs, STEP)));
        database.write(stores -> stores.models().prune(now.minus(LEARNED)));
        database.write(stores -> stores.settings().pruneAnswers(now.minus(config.answers())));
    }

    private static void prune(String what, IntSupplier step) {
        int all = 0;
        int removed;
        do {
            removed = step.getAsInt();
            all += removed;
        } while (removed >= STEP);
        if (all > 0) {
            LOG.info("{} {} were older than their retention and are gone", all, what);
        }
    }
}
