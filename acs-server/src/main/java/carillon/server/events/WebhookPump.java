package carillon.server.events;

import carillon.db.Database;
import carillon.db.Webhook;
import carillon.db.WebhookStore.Waiting;
import carillon.server.config.WebhooksConfig;
import carillon.server.events.WebhookClient.Outcome;
import carillon.server.lifecycle.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks what waits for them, each in order and at least once: what was not taken is tried again later and later,
 * until it is too old. One that is slow or down holds up nobody else. Several nodes share the work by taking turns.
 */
public final class WebhookPump implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookPump.class);
    private static final int AT_ONCE = 4;
    private static final int MOST_IN_MESSAGE = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration TRIM = Duration.ofMinutes(1);

    private final Database database;
    private final Webhooks webhooks;
    private final WebhookClient client;
    private final WebhooksConfig config;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "webhooks");
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread worker = new Thread(work, "webhook");
        worker.setDaemon(true);
        return worker;
    });
    private volatile boolean closed;
    private Instant trimmed = Instant.EPOCH;

    public WebhookPump(
            Database database,
            Webhooks webhooks,
            WebhookClient client,
            WebhooksConfig config,
            MeterRegistry registry,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.client = client;
        this.config = config;
        this.registry = registry;
        this.clock = clock;
        thread.setDaemon(true);
        webhooks.onQueued(this::look);
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void start() throws Exception {
        client.start();
        thread.start();
    }

    @Override
    public void stop() throws Exception {
        closed = true;
        bell.release(); // nobody is interrupted here: an interrupted write would close H2's file
        workers.shutdown();
        client.stop();
        thread.join(TimeUnit.SECONDS.toMillis(5));
        workers.awaitTermination(5, TimeUnit.SECONDS);
    }

    /** Looks soon whether something waits. */
    public void look() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void run() {
        while (!closed) {
            try {
                boolean rung = bell.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (!rung) {
                    webhooks.reload(); // another node may have been told of a change
                }
                webhooks.enabled().forEach(this::begin);
                trim();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failed) {
                LOG.error("webhooks could not be looked after: {}", failed.getMessage());
            }
        }
    }

    private void begin(Webhook webhook) {
        if (!closed && busy.add(webhook.id())) {
            workers.execute(() -> {
                try {
                    while (!closed && tell(webhook.id())) {
                        LOG.debug("webhook {} took all that fits into a message", webhook.name());
                    }
                } catch (RuntimeException failed) {
                    LOG.error("webhook {} could not be told: {}", webhook.name(), failed.getMessage());
                } finally {
                    busy.remove(webhook.id());
                }
            });
        }
    }

    /** One message; true if more may wait. */
    private boolean tell(String id) {
        Instant now = clock.instant();
        if (database.<Long>read(stores -> stores.webhooks().waiting(id)) == 0) {
            return false;
        }
        Instant until = now.plus(config.timeout()).plus(config.timeout());
        record Taken(Webhook webhook, List<Waiting> messages) {}
        Taken taken = database.write(stores -> stores.webhooks()
                .find(id)
                .map(found -> new Taken(found, stores.webhooks().take(found, now, until, MOST_IN_MESSAGE)))
                .orElse(null));
        if (taken == null || taken.messages().isEmpty()) {
            return false;
        }
        Webhook webhook = taken.webhook();
        Outcome outcome = client.post(webhook, taken.messages(), now);
        registry.counter("carillon_webhook_messages", "outcome", outcome.taken() ? "taken" : "failed")
                .increment();
        Instant done = clock.instant();
        if (outcome.taken()) {
            database.write(stores -> {
                stores.webhooks()
                        .delivered(id, taken.messages(), webhook.delivery().dropped(), outcome.sentence(), done);
                return 0;
            });
            return true;
        }
        Instant again = done.plus(pause(webhook.delivery().failures()));
        if (webhook.delivery().failures() == 0) {
            LOG.warn(
                    "webhook {} did not take {} events: {}",
                    webhook.name(),
                    taken.messages().size(),
                    outcome.sentence());
        }
        database.write(stores -> {
            stores.webhooks().failed(id, outcome.sentence(), done, again, outcome.gone());
            return 0;
        });
        return false;
    }

    /** Twice as long after each failure. */
    private static Duration pause(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void trim() {
        Instant now = clock.instant();
        if (now.isBefore(trimmed.plus(TRIM))) {
            return;
        }
        trimmed = now;
        for (Webhook webhook : webhooks.enabled()) {
            int dropped = database.write(
                    stores -> stores.webhooks().trim(webhook.id(), now.minus(config.keep()), config.queue()));
            if (dropped > 0) {
                LOG.warn("webhook {} was not told {} events: they were too old or too many", webhook.name(), dropped);
            }
        }
    }
}
