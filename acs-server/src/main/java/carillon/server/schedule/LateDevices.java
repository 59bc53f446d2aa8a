package carillon.server.schedule;

import carillon.db.Database;
import carillon.db.Device;
import carillon.db.DeviceStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Finds devices that should have come and did not: by index, in bounded steps. */
public final class LateDevices implements Runnable {
    private static final int STEP = 500;

    private final Database database;
    private final InstantSource clock;
    private final Consumer<List<Device>> listener;

    /** The listener hears of those that have just become late. */
    public LateDevices(Database database, InstantSource clock, Consumer<List<Device>> listener) {
        this.database = database;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        DeviceStore.Marked marked;
        do {
            marked = database.write(stores -> stores.devices().markLate(now, STEP));
            if (!marked.late().isEmpty()) {
                listener.accept(marked.late());
            }
        } while (marked.looked() == STEP);
    }
}
