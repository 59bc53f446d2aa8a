package carillon.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end well when the process is told to end (SIGTERM, Ctrl-C). Make it first and close it last: the process
 * waits for that, but no longer than 25 s.
 */
final class Ending implements AutoCloseable {
    private static final long MOST_SECONDS = 25;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Ending() {}

    static Ending atShutdown() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::end, "shutdown"));
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

    /** Everything is closed. */
    @Override
    public void close() {
        done.countDown();
    }

    private void end() {
        told.countDown();
        try {
            boolean unused = done.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
