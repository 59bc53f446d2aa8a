package carillon.server.events;

import carillon.cwmp.DeviceId;
import carillon.db.Committed;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.Stores;
import carillon.db.Webhook;
import carillon.db.WebhookStore.NewMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Queues for each webhook what it is to be told. What phones do is queued in the transaction in which it is written, so
 * that nothing of it is lost; what people and the clock do, right after. Where there is no webhook this costs nothing.
 */
public final class Webhooks {
    private static final int LONGEST = 16_000;

    private final Database database;
    private final InstantSource clock;
    private volatile List<Webhook> enabled = List.of();
    private volatile Runnable bell = () -> {};

    public Webhooks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        reload();
    }

    /** Looks again who is to be told. */
    public void reload() {
        enabled = database.read(stores -> stores.webhooks().enabled());
    }

    /** Who is told anything. */
    List<Webhook> enabled() {
        return enabled;
    }

    /** Called after something was queued. Must not block. */
    void onQueued(Runnable listener) {
        bell = listener;
    }

    /** Whether anybody is told of this. */
    boolean want(LiveEvent.Kind kind) {
        return enabled.stream().anyMatch(webhook -> webhook.kinds().contains(kind.text()));
    }

    /** Queues what these turns tell, in their own transaction. */
    public void accompany(Stores stores, List<Committed> turns) {
        if (enabled.isEmpty()) {
            return;
        }
        List<NewMessage> messages = new ArrayList<>();
        for (Committed turn : turns) {
            List<LiveEvent> news = PhoneNews.of(turn, clock.instant());
            if (news.stream().anyMatch(one -> want(one.kind()))) {
                Optional<Device> device =
                        turn.result().device().or(() -> stores.devices().find(turn.deviceKey()));
                device.ifPresent(row -> news.forEach(one -> add(messages, row, one)));
            }
        }
        stores.webhooks().append(messages);
    }

    /** Turns are durable: what they told can leave. */
    public void committed(List<Committed> turns) {
        if (!enabled.isEmpty() && !turns.isEmpty()) {
            bell.run();
        }
    }

    /** Queues what was done otherwise. */
    void tell(List<LiveEvent> news) {
        List<LiveEvent> wanted = news.stream().filter(one -> want(one.kind())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        database.write(stores -> {
            Map<DeviceId, Optional<Device>> rows = new HashMap<>();
            List<NewMessage> messages = new ArrayList<>();
            for (LiveEvent one : wanted) {
                Supplier<Optional<Device>> stored = () -> rows.computeIfAbsent(
                        one.device(), id -> stores.devices().find(id));
                one.row().or(stored).ifPresent(row -> add(messages, row, one));
            }
            stores.webhooks().append(messages);
            return messages.size();
        });
        bell.run();
    }

    private void add(List<NewMessage> messages, Device device, LiveEvent event) {
        String json = event.json();
        String body = json.length() <= LONGEST ? json : event.shortened().json();
        for (Webhook webhook : enabled) {
            if (webhook.kinds().contains(event.kind().text()) && webhook.covers(device)) {
                messages.add(new NewMessage(webhook, device.site(), event.at(), body));
            }
        }
    }
}
