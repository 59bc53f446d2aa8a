package carillon.server.connect;

import carillon.server.config.ConnectConfig;
import carillon.server.lifecycle.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that are to be made once more after a while; bounded. */
public final class Recalls implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Recalls.class);
    private static final int MOST = 10_000;
    private static final int GROWTH = 4;

    private final ConnectConfig.Patience patience;
    private final ScheduledThreadPoolExecutor timer;

    public Recalls(ConnectConfig.Patience patience) {
        this.patience = patience;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "connection-request-again");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** After how long the call behind this one is made; empty where this was the last. */
    Optional<Duration> after(int attempt) {
        if (attempt >= patience.retries() || timer.getQueue().size() >= MOST) {
            return Optional.empty();
        }
        return Optional.of(patience.retryAfter().multipliedBy((long) Math.pow(GROWTH, attempt)));
    }

    /** Does this after that time, unless the server stops before. */
    void later(Duration wait, Runnable work) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(() -> safely(work), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("a phone could not be called again", failed);
        }
    }

    @Override
    public String name() {
        return "connection-request-again";
    }

    @Override
    public void start() {
        // the thread comes with the work
    }

    @Override
    public void stop() throws InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.warn("{} is still busy", name());
        }
    }
}
