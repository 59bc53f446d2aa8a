package carillon.server.tls;

import carillon.db.AuthorityHolders.How;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.DeviceQuery;
import carillon.db.DeviceRow;
import carillon.db.Scope;
import carillon.db.Stores;
import carillon.server.tls.OwnAuthorities.Phase;
import carillon.server.tls.OwnAuthorities.State;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which devices hold the new authority while it replaces another: those that fetched it, and, once it signs, those that
 * call all the same. Costs nothing at other times; never holds up who calls. Thread-safe.
 */
public final class AuthorityWitness {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityWitness.class);
    private static final int MOST_REMEMBERED = 1_000_000;

    private final Database database;
    private final Executor executor;
    private final OwnAuthorities authorities;
    private final InstantSource clock;
    private volatile Noted noted = new Noted("", Set.of());

    /** Whom we need not note again. */
    private record Noted(String fingerprint, Set<Long> keys) {}

    public AuthorityWitness(Database database, Executor executor, OwnAuthorities authorities, InstantSource clock) {
        this.database = database;
        this.executor = executor;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** This device has proven itself over TLS. */
    public void called(Device device) {
        State state = authorities.state();
        if (state.phase() != Phase.SWITCHED) {
            return;
        }
        String fingerprint = Fingerprint.of(state.newest().root());
        if (!noted.fingerprint.equals(fingerprint)) {
            noted = new Noted(fingerprint, ConcurrentHashMap.newKeySet());
        }
        Set<Long> keys = noted.keys;
        if (keys.size() < MOST_REMEMBERED && keys.add(device.key())) {
            later(() -> note(device, fingerprint, How.CALLED));
        }
    }

    /** Somebody who calls himself so has fetched the bundle: a serial number, a MAC or an identity. */
    void fetched(String who) {
        State state = authorities.state();
        if (state.phase() == Phase.SETTLED) {
            return;
        }
        String fingerprint = Fingerprint.of(state.newest().root());
        later(() -> database.read(stores -> named(stores, who))
                .ifPresent(device -> note(device, fingerprint, How.FETCHED)));
    }

    private static Optional<Device> named(Stores stores, String who) {
        List<Device> named = stores.devices().named(Scope.ALL, who);
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        List<DeviceRow> found = stores.devices()
                .search(Scope.ALL, new DeviceQuery(who, Optional.empty(), Optional.empty(), "", "", "", "", 2, ""))
                .items();
        return found.size() == 1 ? Optional.of(found.get(0).device()) : Optional.empty();
    }

    private void note(Device device, String fingerprint, How how) {
        database.write(stores -> {
            stores.holders().note(device, fingerprint, how, clock.instant());
            return device;
        });
    }

    private void later(Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException unwritten) {
                    LOG.warn("who holds the new authority could not be noted: {}", unwritten.toString());
                }
            });
        } catch (RejectedExecutionException busy) {
            // a hint less; who calls, calls again
            noted = new Noted("", Set.of());
        }
    }
}
