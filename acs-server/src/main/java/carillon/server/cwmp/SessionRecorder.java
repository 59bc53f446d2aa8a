package carillon.server.cwmp;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.SecretUrls;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.SessionRecord;
import carillon.rpc.session.CwmpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives finished sessions in batches, beside the way of the phones. Where it cannot keep up it leaves sessions out and
 * counts them. A periodic visit in which nothing was asked is archived without its messages.
 */
public final class SessionRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);
    private static final int BATCH = 1000;
    private static final long GATHERING_MILLIS = 300;

    private final Database database;
    private final BlockingQueue<SessionRecord> waiting = new ArrayBlockingQueue<>(5_000);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile SessionWatch watch = archived -> {};
    private final CountDownLatch closing = new CountDownLatch(1);

    public SessionRecorder(Database database) {
        this.database = database;
        this.writer = new Thread(this::run, "session-archive");
        writer.setDaemon(true);
        writer.start();
    }

    /** Who is told of sessions once they can be read; one only. */
    public void tell(SessionWatch watcher) {
        watch = watcher;
    }

    /** How many sessions were left out. */
    public long dropped() {
        return dropped.get();
    }

    void record(OpenSession open, String what, Instant now) {
        CwmpSession session = open.value();
        String outcome = SecretUrls.masked(what);
        List<String> events = session.events().stream().map(Event::code).toList();
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "session {} events={} rpcs={} outcome=\"{}\" ms={}",
                    open.device(),
                    events,
                    session.rpcs(),
                    told(session, outcome),
                    Duration.between(session.startedAt(), now).toMillis());
        }
        if (session.device().isEmpty() || session.device().get().key() == 0) {
            return;
        }
        Device device = session.device().get();
        SessionRecord record = new SessionRecord(
                open.id(),
                device.key(),
                device.tenant(),
                device.site(),
                session.startedAt(),
                now,
                session.caller().sourceAddress(),
                events,
                session.rpcs(),
                outcome,
                isIdle(session) ? List.of() : open.said());
        if (!waiting.offer(record)) {
            dropped.incrementAndGet();
        }
    }

    /** Who was no managed device is told apart in the log. */
    private static String told(CwmpSession session, String outcome) {
        return switch (session.admission()) {
            case MANAGED -> outcome;
            case WAITING -> outcome + "; it waits for approval";
            case CLAIM -> outcome + "; it came without the device's proof";
            case REFUSED -> session.device().isPresent() ? outcome + "; the device is refused" : outcome;
        };
    }

    private static boolean isIdle(CwmpSession session) {
        return session.rpcs().isEmpty()
                && session.memory().remarks().isEmpty()
                && session.events().stream().allMatch(event -> event.is(EventCode.PERIODIC));
    }

    private void run() {
        List<SessionRecord> batch = new ArrayList<>();
        while (closing.getCount() > 0 || !waiting.isEmpty()) {
            try {
                SessionRecord first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                boolean inHaste = closing.await(GATHERING_MILLIS, TimeUnit.MILLISECONDS);
                LOG.debug("archiving {} sessions, in haste: {}", waiting.size() + 1, inHaste);
                batch.add(first);
                waiting.drainTo(batch, BATCH - 1);
                write(batch);
            } catch (InterruptedException interrupted) {
                return;
            } finally {
                batch.clear();
            }
        }
    }

    private void write(List<SessionRecord> batch) {
        try {
            List<SessionRecord> masked =
                    batch.stream().map(SessionRecorder::masked).toList();
            database.writeBehind(stores -> {
                stores.sessions().append(masked);
                return true;
            });
            watch.archived(masked);
        } catch (RuntimeException failed) {
            LOG.error("{} sessions could not be archived", batch.size(), failed);
        }
    }

    private static SessionRecord masked(SessionRecord record) {
        return new SessionRecord(
                record.id(),
                record.deviceKey(),
                record.tenant(),
                record.site(),
                record.startedAt(),
                record.endedAt(),
                record.sourceAddress(),
                record.events(),
                record.rpcs(),
                record.outcome(),
                record.exchange().stream()
                        .map(message -> new SessionRecord.Message(
                                message.at(), message.fromPhone(), message.name(), ExchangeMask.mask(message.body())))
                        .toList());
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
