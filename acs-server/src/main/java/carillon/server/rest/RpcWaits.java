package carillon.server.rest;

import carillon.cwmp.DeviceId;
import carillon.server.lifecycle.Service;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.RpcActions;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait for the end of an RPC, without a thread for each. They are looked at when this node moved an RPC of
 * their device, and now and then for what another node did. Bounded: what comes on top is answered at once.
 */
public final class RpcWaits implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(RpcWaits.class);
    private static final int MOST = 2000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ConcurrentMap<DeviceId, List<Wait>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ScheduledExecutorService thread;

    public RpcWaits() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "rpc-waits");
            made.setDaemon(true);
            return made;
        });
    }

    private record Wait(
            long untilNanos,
            Supplier<RpcActions.Found> look,
            Function<RpcActions.Found, Object> shape,
            AsyncResponse response) {}

    /** Answers as soon as the RPC has ended, or the time is up. */
    void await(
            DeviceId device,
            Duration patience,
            Supplier<RpcActions.Found> look,
            Function<RpcActions.Found, Object> shape,
            AsyncResponse response) {
        long until = System.nanoTime() + patience.toNanos();
        Wait wait = new Wait(until, look, shape, response);
        if (count.get() >= MOST) {
            answer(wait, true);
            return;
        }
        count.incrementAndGet();
        waiting.compute(device, (id, waits) -> {
            List<Wait> list = waits == null ? new CopyOnWriteArrayList<>() : waits;
            list.add(wait);
            return list;
        });
        // it may have ended between the caller's look and now
        changed(device);
        later(() -> look(device), patience.toNanos());
    }

    /** RPCs of this device were moved; may be called from any thread, and returns at once. */
    public void changed(DeviceId device) {
        if (waiting.containsKey(device)) {
            later(() -> look(device), 0);
        }
    }

    private void later(Runnable work, long nanos) {
        try {
            var unused = thread.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("a wait ends with the server");
        }
    }

    private void lookAtAll() {
        Set.copyOf(waiting.keySet()).forEach(this::look);
    }

    /** On the one thread alone. */
    private void look(DeviceId device) {
        List<Wait> waits = waiting.get(device);
        if (waits == null) {
            return;
        }
        long now = System.nanoTime();
        List<Wait> done = waits.stream()
                .filter(wait -> answer(wait, wait.untilNanos() - now <= 0))
                .toList();
        waits.removeAll(done);
        count.addAndGet(-done.size());
        waiting.computeIfPresent(device, (id, left) -> left.isEmpty() ? null : left);
    }

    private static boolean answer(Wait wait, boolean inAnyCase) {
        if (wait.response().isDone() || wait.response().isCancelled()) {
            return true;
        }
        try {
            RpcActions.Found found = wait.look().get();
            if (!inAnyCase && !found.rpc().state().isEnd()) {
                return false;
            }
            wait.response().resume(wait.shape().apply(found));
        } catch (ActionRefused gone) {
            wait.response().resume(gone);
        } catch (RuntimeException failed) {
            LOG.error("a wait for an RPC failed", failed);
            wait.response().resume(failed);
        }
        return true;
    }

    @Override
    public String name() {
        return "rpc-waits";
    }

    @Override
    public void start() {
        long millis = LOOK_EVERY.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::lookAtAll, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws InterruptedException {
        thread.shutdown(); // not interrupted: an interrupted read would close H2's file
        if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.warn("{} is still busy", name());
        }
    }
}
