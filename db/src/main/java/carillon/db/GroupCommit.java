package carillon.db;

import carillon.cwmp.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the effects of concurrent turns in one transaction, made durable once. One thread takes all turns that wait; with
 * light load a group is one turn and waits for nobody; where turns come in company, a group waits a moment for more, since
 * what a group costs hardly depends on its size. A turn that poisons its group is found by splitting the group and fails
 * alone.
 */
public final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_WAITING = 10_000;
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_GATHERING = TimeUnit.MILLISECONDS.toNanos(12);

    private final Database database;
    private final DatabaseConfig config;
    private final DeviceCount devices = new DeviceCount();
    private final LinkedBlockingQueue<TurnEffects> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final List<Consumer<List<Committed>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread committer;
    private final ExecutorService answers = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "group-answers");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Companion companion = (stores, turns) -> {};
    private volatile boolean closed;

    /** Writes something of its own in the transaction of a group, of what that group changes; may be called again for it. */
    @FunctionalInterface
    public interface Companion {
        void write(Stores stores, List<Committed> turns);
    }

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
     * futures of one group complete one after the other, while the next group is written: hand longer work on.
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
     * Called after each group commit, once its turns were told, with what was written: for the live stream. Must not
     * block.
     */
    public void onCommitted(Consumer<List<Committed>> listener) {
        listeners.add(listener);
    }

    /** Who writes along with each group from now on. */
    public void accompany(Companion one) {
        companion = one;
    }

    /** How many turns wait. */
    public int waiting() {
        return waiting.size();
    }

    void close() {
        closed = true;
        try {
            committer.join(TimeUnit.SECONDS.toMillis(15));
            answers.shutdown();
            if (!answers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.error("the last turns were not told that they are durable");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean company = false;
        while (!closed || !waiting.isEmpty()) {
            try {
                TurnEffects first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    if (company || !waiting.isEmpty()) {
                        gather();
                    }
                    List<TurnEffects> group = new ArrayList<>();
                    group.add(first);
                    waiting.drainTo(group, config.groupSize() - 1);
                    company = group.size() > 1;
                    commit(group);
                }
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    /** Waits for as long as more turns come every moment, up to a bound. */
    private void gather() {
        long end = System.nanoTime() + LONGEST_GATHERING;
        int before;
        do {
            before = waiting.size();
            LockSupport.parkNanos(MOMENT);
        } while (waiting.size() > before && waiting.size() < config.groupSize() && System.nanoTime() < end);
    }

    private void commit(List<TurnEffects> group) {
        Written written;
        try {
            written = database.transact(transaction -> {
                List<CommitResult> results = new GroupWrite(transaction, config, devices).write(group);
                List<Committed> kept = kept(group, results);
                companion.write(transaction.stores(), kept);
                return new Written(results, kept);
            });
            database.force();
        } catch (RuntimeException failed) {
            split(group, failed);
            return;
        }
        answers.execute(() -> answer(group, written));
    }

    private record Written(List<CommitResult> results, List<Committed> kept) {}

    private void answer(List<TurnEffects> group, Written written) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done().complete(written.results().get(i));
        }
        tell(written.kept());
    }

    /** The turns of a group that were not lost. */
    private static List<Committed> kept(List<TurnEffects> group, List<CommitResult> results) {
        List<Committed> kept = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
            TurnEffects turn = group.get(i);
            CommitResult result = results.get(i);
            if (!result.guardLost() && !result.refused()) {
                kept.add(new Committed(turn.device(), turn.deviceKey(), turn.effects(), result));
            }
        }
        return kept;
    }

    private void split(List<TurnEffects> group, RuntimeException failed) {
        if (group.size() == 1) {
            TurnEffects turn = group.get(0);
            LOG.error("what {} did could not be written", turn.device(), failed);
            answers.execute(() -> turn.done().completeExceptionally(failed));
            return;
        }
        int half = group.size() / 2;
        commit(group.subList(0, half));
        commit(group.subList(half, group.size()));
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
