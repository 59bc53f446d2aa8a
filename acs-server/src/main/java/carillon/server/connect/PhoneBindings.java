package carillon.server.connect;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Secret;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.rpc.enrol.Credentials;
import carillon.server.cwmp.KnownDevices;
import carillon.server.lifecycle.Workers;
import carillon.server.stun.StunClients;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phones that use the STUN server, and where it sees them. Where a phone is seen at another place than before, that is
 * written; a phone that shows itself again and again costs nothing.
 */
public final class PhoneBindings implements StunClients {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneBindings.class);
    private static final int REMEMBERED = 100_000;

    private final KnownDevices devices;
    private final Credentials credentials;
    private final Database database;
    private final Workers workers;
    private final InstantSource clock;
    private final Cache<DeviceId, InetSocketAddress> seen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public PhoneBindings(
            KnownDevices devices, Credentials credentials, Database database, Workers workers, InstantSource clock) {
        this.devices = devices;
        this.credentials = credentials;
        this.database = database;
        this.workers = workers;
        this.clock = clock;
    }

    /** How many phones were seen lately. */
    public long size() {
        return seen.estimatedSize();
    }

    @Override
    public CompletableFuture<List<Secret>> passwords(String username) {
        Optional<DeviceId> id = parsed(username);
        if (id.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        try {
            return devices.find(id.get())
                    .thenApply(found -> found.map(this::passwords).orElse(List.of()));
        } catch (RejectedExecutionException tooMuch) {
            return CompletableFuture.failedFuture(tooMuch);
        }
    }

    /** That of the last generation, and of the one before it: a phone learns of the new one after it has used it. */
    private List<Secret> passwords(Device device) {
        int newest = device.trust().generation();
        if (device.state() != DeviceState.APPROVED || newest < 1) {
            return List.of();
        }
        return IntStream.of(newest, newest - 1)
                .filter(generation -> generation > 0)
                .mapToObj(generation -> credentials.password(device.id(), generation, Credentials.Purpose.STUN))
                .toList();
    }

    @Override
    public void bound(String username, InetSocketAddress where, boolean changed) {
        Optional<DeviceId> id = parsed(username);
        if (id.isEmpty()) {
            return;
        }
        InetSocketAddress before = seen.asMap().put(id.get(), where);
        if (where.equals(before) && !changed) {
            return;
        }
        try {
            workers.execute(() -> write(id.get(), where));
        } catch (RejectedExecutionException tooMuch) {
            seen.invalidate(id.get()); // it shows itself again
        }
    }

    private void write(DeviceId id, InetSocketAddress where) {
        try {
            database.writeBehind(stores -> {
                Optional<Device> device = stores.devices().find(id);
                device.ifPresent(found -> stores.reach()
                        .bind(found.key(), where.getAddress().getHostAddress(), where.getPort(), clock.instant()));
                return device.isPresent();
            });
        } catch (RuntimeException failed) {
            seen.invalidate(id);
            LOG.warn("where the STUN server sees {} could not be written", id, failed);
        }
    }

    private static Optional<DeviceId> parsed(String username) {
        try {
            return Optional.of(DeviceId.parse(username));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
