package carillon.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends something well when the process is told to end, within a bound. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final long MOST_SECONDS = 25;

    private final CountDownLatch told = new CountDownLatch(1);

    private Ending() {}

    /** Closes it on SIGTERM or Ctrl-C; what has not ended after 25 s is left to the operating system. */
    static Ending atShutdown(AutoCloseable running) {
        Ending ending = new Ending();
        Thread closing = new Thread(
                () -> {
                    try {
                        running.close();
                    } catch (Exception failed) {
                        LOG.error("the server did not stop as it should", failed);
                    }
                },
                "closing");
        closing.setDaemon(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.end(closing), "shutdown"));
        return ending;
    }

    /** Waits until the process is told to end. */
    void await() throws InterruptedException {
        told.await();
    }

    /** Waits as long, but no longer than this; true if the process was told to end. */
    boolean await(long millis) throws InterruptedException {
        return told.await(millis, TimeUnit.MILLISECONDS);
    }

    private void end(Thread closing) {
        closing.start();
        try {
            closing.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        told.countDown();
    }
}
