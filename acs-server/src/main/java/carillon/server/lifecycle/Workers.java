package carillon.server.lifecycle;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded pool of named threads with a bounded queue; where both are full, work is refused. */
public final class Workers implements Service, Executor {
    private static final long STOP_SECONDS = 5;

    private final String name;
    private final ThreadPoolExecutor pool;

    public Workers(String name, int threads, int queue) {
        this.name = name;
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Hands work over; throws {@link RejectedExecutionException} where there is too much of it. */
    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** How much work waits for a thread. */
    public int waiting() {
        return pool.getQueue().size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        // threads come with the work
    }

    @Override
    public void stop() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
