package carillon.server.lifecycle;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one small thing in memory again and again on a thread of its own. What concerns the database is a coarse job. */
public final class Heartbeat implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final ScheduledExecutorService timer;

    public Heartbeat(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        long millis = every.toMillis();
        var unused = timer.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws InterruptedException {
        timer.shutdownNow();
        if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.warn("{} is still busy", name);
        }
    }

    private void beat() {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.error("{} failed and is tried again", name, failed);
        }
    }
}
