package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.db.Database;
import carillon.db.Device;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The rows of devices that were here lately, with their versions; bounded. A row that is behind costs a turn taken twice,
 * never a wrong write: every turn's guard checks the version. A miss is read on the executor, not on the caller's thread.
 */
public final class KnownDevices {
    private final Cache<DeviceId, Device> cache;
    private final Database database;
    private final Executor executor;

    public KnownDevices(Database database, Executor executor, int limit) {
        this.database = database;
        this.executor = executor;
        this.cache =
                Caffeine.newBuilder().maximumSize(limit).executor(Runnable::run).build();
    }

    /** The device, from the cache or by one read; empty if nobody knows it. */
    public CompletableFuture<Optional<Device>> find(DeviceId id) {
        Device known = cache.getIfPresent(id);
        return known != null
                ? CompletableFuture.completedFuture(Optional.of(known))
                : CompletableFuture.supplyAsync(() -> load(id), executor);
    }

    private Optional<Device> load(DeviceId id) {
        Optional<Device> found = database.read(stores -> stores.devices().find(id));
        found.ifPresent(this::remember);
        return found;
    }

    /** The row as a commit left it. */
    void remember(Device device) {
        cache.asMap().merge(device.id(), device, (old, young) -> young.version() >= old.version() ? young : old);
    }

    /** Somebody else changed the device. */
    public void forget(DeviceId id) {
        cache.invalidate(id);
    }
}
