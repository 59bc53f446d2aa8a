package carillon.server.lifecycle;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.thread.TryExecutor;

/**
 * The executor of a door whose handlers never block: opening a connection, and going on with one after its answer was
 * completed by another thread, happen where they come up; everything else goes to the pool. A phone's session is three
 * short requests on a new connection, so what it costs is largely being handed from thread to thread.
 */
final class ConnectionTasks implements TryExecutor {
    private final TryExecutor pool;

    ConnectionTasks(TryExecutor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        if (isShort(task)) {
            task.run();
        } else {
            pool.execute(task);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return pool.tryExecute(task);
    }

    private static boolean isShort(Runnable task) {
        return task instanceof Connection || task instanceof ManagedSelector.SelectorUpdate;
    }
}
