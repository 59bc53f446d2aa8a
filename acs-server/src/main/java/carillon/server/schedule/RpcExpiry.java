package carillon.server.schedule;

import carillon.db.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Ends RPCs whose deadline has passed. */
public final class RpcExpiry implements Runnable {
    private static final int STEP = 500;

    private final Database database;
    private final InstantSource clock;
    private final Consumer<List<String>> listener;

    /** The listener hears the ids of those that have just expired. */
    public RpcExpiry(Database database, InstantSource clock, Consumer<List<String>> listener) {
        this.database = database;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        List<String> expired;
        do {
            expired = database.write(stores -> stores.rpcs().expire(now, STEP));
            if (!expired.isEmpty()) {
                listener.accept(expired);
            }
        } while (expired.size() == STEP);
    }
}
