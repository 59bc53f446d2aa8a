package carillon.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * H2 makes a commit survive the process, some time later, but not a power loss: {@code CHECKPOINT SYNC} does. One forced
 * write serves all that were committed before it began, so those who wait while one runs share the next.
 */
final class ForcedWrites {
    private static final String CHANGE = "update forced_write set number = number + 1 where id = 1";

    private final DataSource pool;
    private final boolean needed;
    private final Object lock = new Object();
    private boolean running;
    private long begun;
    private long finished;

    ForcedWrites(DataSource pool, boolean needed) {
        this.pool = pool;
        this.needed = needed;
    }

    /** Returns when a forced write that began after this call has ended. */
    void await() {
        if (!needed) {
            return;
        }
        long mine;
        synchronized (lock) {
            mine = begun + 1;
            try {
                while (running && finished < mine) {
                    lock.wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DatabaseException("interrupted while waiting for a forced write", interrupted);
            }
            if (finished >= mine) {
                return;
            }
            running = true;
            begun++;
        }
        try {
            force();
        } finally {
            synchronized (lock) {
                running = false;
                finished = begun;
                lock.notifyAll();
            }
        }
    }

    /**
     * H2 skips a checkpoint where it finds nothing unsaved, or where another thread began to save just then, although what
     * is being saved may not be in the file yet. So there is always something unsaved, whose saving waits for all that was
     * begun before; and it is done twice, since what was skipped once cannot be skipped again a moment later.
     */
    private void force() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(CHANGE);
            connection.commit();
            statement.execute("CHECKPOINT");
            statement.executeUpdate(CHANGE);
            connection.commit();
            statement.execute("CHECKPOINT SYNC");
            connection.commit();
        } catch (SQLException failed) {
            throw new DatabaseException("the database could not force its writes: " + failed.getMessage(), failed);
        }
    }
}
