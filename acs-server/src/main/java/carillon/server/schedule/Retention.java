package carillon.server.schedule;

import carillon.db.Database;
import carillon.db.Scope;
import carillon.db.Stores;
import carillon.server.config.RetentionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes history that is older or more than the settings say, in bounded steps; then counts what there is. */
public final class Retention implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 2000;

    /** A device may be between two documents of the same names. */
    private static final Duration NAMES_UNUSED = Duration.ofDays(1);

    private final Database database;
    private final RetentionConfig config;
    private final InstantSource clock;
    private volatile Map<String, Long> rows = Map.of();

    public Retention(Database database, RetentionConfig config, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** How many rows a table had when this last ran; not a number before that. */
    public double rows(String table) {
        Long count = rows.get(table);
        return count == null ? Double.NaN : count.doubleValue();
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        Instant events = now.minus(config.events());
        Instant sessions = now.minus(config.sessions());
        Instant rpcs = now.minus(config.rpcs());
        Instant audit = now.minus(config.audit());
        Instant claims = now.minus(config.claims());
        Instant waiting = now.minus(config.waiting());
        Instant tokens = now.minus(config.tokens());
        older("events", stores -> stores.events().prune(events, STEP));
        older("sessions", stores -> stores.sessions().prune(sessions, STEP));
        older("RPCs", stores -> stores.rpcs().prune(rpcs, STEP));
        older("audit entries", stores -> stores.audit().prune(audit, STEP));
        older("claims", stores -> stores.claims().prune(claims, STEP));
        older("waiting devices", stores -> stores.devices().pruneWaiting(Scope.DEFAULT_TENANT, waiting, STEP));
        older("tokens", stores -> stores.users().pruneTokens(tokens, STEP));
        tooMany("events", stores -> stores.events().trim(config.mostEvents(), STEP));
        tooMany("sessions", stores -> stores.sessions().trim(config.mostSessions(), STEP));
        database.write(stores -> stores.users().pruneLogins(now)
                + stores.models().prune(now.minus(config.learned()))
                + stores.parameters().pruneShapes(now, NAMES_UNUSED)
                + stores.settings().pruneAnswers(now.minus(config.answers())));
        rows = database.read(stores -> stores.stock().rows());
    }

    private void older(String what, ToIntFunction<Stores> step) {
        told(what, "were older than their retention and are gone", step);
    }

    private void tooMany(String what, ToIntFunction<Stores> step) {
        told(what, "were the oldest of too many and are gone: see docs/limits.md", step);
    }

    private void told(String what, String why, ToIntFunction<Stores> step) {
        int all = 0;
        int removed;
        do {
            removed = database.write(step::applyAsInt);
            all += removed;
        } while (removed >= STEP);
        if (all > 0) {
            LOG.info("{} {} {}", all, what, why);
        }
    }
}
