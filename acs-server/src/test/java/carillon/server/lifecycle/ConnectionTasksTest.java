package carillon.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.junit.jupiter.api.Test;

class ConnectionTasksTest {
    private final List<Runnable> pooled = new ArrayList<>();
    private final ConnectionTasks tasks = new ConnectionTasks(new TryExecutor() {
        @Override
        public void execute(Runnable task) {
            pooled.add(task);
        }

        @Override
        public boolean tryExecute(Runnable task) {
            return pooled.add(task);
        }
    });

    /** Such as the opening of a connection. */
    private record Opening(List<String> ran) implements Runnable, ManagedSelector.SelectorUpdate {
        @Override
        public void run() {
            ran.add(Thread.currentThread().getName());
        }

        @Override
        public void update(java.nio.channels.Selector selector) {}
    }

    @Test
    void a_connection_is_opened_on_the_thread_that_found_it() {
        List<String> ran = new ArrayList<>();
        tasks.execute(new Opening(ran));
        assertThat(ran).containsExactly(Thread.currentThread().getName());
        assertThat(pooled).isEmpty();
    }

    @Test
    void everything_else_goes_to_the_pool() {
        Runnable any = () -> {};
        tasks.execute(any);
        assertThat(tasks.tryExecute(any)).isTrue();
        assertThat(pooled).containsExactly(any, any);
    }
}
