package carillon.db;

import carillon.cwmp.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the effects of concurrent turns in one transaction, made durable once. One thread takes all turns that wait; with
 * light load a group is one turn and waits for nobody, under heavy load groups grow by themselves. A turn that poisons its
 * group is found by splitting the group and fails alone.
 */
public final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_WAITING = 10_000;

    private final Database database;
    private final DatabaseConfig config;
    private final LinkedBlockingQueue<TurnEffects> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final List<Consumer<List<Committed>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread committer;
    private volatile boolean closed;

    GroupCommit(Database database, DatabaseConfig config) {
        this.database = database;
        this.config = config;
        this.committer = new Thread(this::run, "group-commit");
        committer.setDaemon(true);
        committer.start();
    }

    /** One turn's effects and who waits for them. */
    record TurnEffects(DeviceId device, long deviceKey, List<Effect> effects, CompletableFuture<CommitResult> done) {}

    /**
     * Queues a turn's effects; completes once they are durable, exceptionally if the database failed. Never blocks. The
     * future completes on the committer's thread: hand longer work on.
     */
    public CompletableFuture<CommitResult> submit(DeviceId device, long deviceKey, List<Effect> effects) {
        TurnEffects turn = new TurnEffects(device, deviceKey, List.copyOf(effects), new CompletableFuture<>());
        if (closed || !waiting.offer(turn)) {
            turn.done()
                    .completeExceptionally(
                            new DatabaseException(closed ? "the database is closed" : "too many writes wait"));
        }
        return turn.done();
    }

    /**
     * Called after each group commit, on the committer's thread, with what was written: for the live stream. Must not
     * block.
     */
    public void onCommitted(Consumer<List<Committed>> listener) {
        listeners.add(listener);
    }

    /** How many turns wait. */
    public int waiting() {
        return waiting.size();
    }

    void close() {
        closed = true;
        try {
            committer.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<TurnEffects> group = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                TurnEffects first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    waiting.drainTo(group, config.groupSize() - 1);
                    commit(group);
                    group.clear();
                }
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void commit(List<TurnEffects> group) {
        List<CommitResult> results;
        try {
            results = database.transact(transaction -> new GroupWrite(transaction, config).write(group));
            database.force();
        } catch (RuntimeException failed) {
            split(group, failed);
            return;
        }
        List<Committed> committed = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
            TurnEffects turn = group.get(i);
            CommitResult result = results.get(i);
            turn.done().complete(result);
            if (!result.guardLost() && !result.refused()) {
                committed.add(new Committed(turn.device(), turn.deviceKey(), turn.effects(), result));
            }
        }
        tell(committed);
    }

    private void split(List<TurnEffects> group, RuntimeException failed) {
        if (group.size() == 1) {
            TurnEffects turn = group.get(0);
            LOG.error("what {} did could not be written", turn.device(), failed);
            turn.done().completeExceptionally(failed);
            return;
        }
        int half = group.size() / 2;
        commit(new ArrayList<>(group.subList(0, half)));
        commit(new ArrayList<>(group.subList(half, group.size())));
    }

    private void tell(List<Committed> committed) {
        for (Consumer<List<Committed>> listener : listeners) {
            try {
                listener.accept(committed);
            } catch (RuntimeException broken) {
                LOG.error("a listener of commits failed", broken);
            }
        }
    }
}
