package carillon.server;

import carillon.db.Database;
import carillon.server.config.ServerConfig;
import carillon.server.dial.DialRules;
import carillon.server.events.EventStream;
import carillon.server.events.PhoneFeed;
import carillon.server.events.VisitRate;
import carillon.server.events.WebhookClient;
import carillon.server.events.WebhookPump;
import carillon.server.events.Webhooks;
import carillon.server.metrics.Metrics;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * What tells people and programs what happens, put together.
 *
 * @param stream to be started last and stopped first: whoever watches must not hold up the web server's end
 * @param feed to be told of what people and the clock do; of phones it hears by itself
 */
record LiveEvents(
        EventStream stream, PhoneFeed feed, VisitRate rate, Webhooks webhooks, WebhookClient client, WebhookPump pump) {
    static LiveEvents assemble(
            ServerConfig config, Database database, CwmpListener phones, Metrics metrics, InstantSource clock) {
        EventStream stream =
                new EventStream(id -> database.read(stores -> stores.devices().find(id)));
        Webhooks webhooks = new Webhooks(database, clock);
        WebhookClient client = new WebhookClient(
                new DialRules(
                        "webhooks.networks",
                        config.webhooks().networks(),
                        config.trust().lab(),
                        host -> List.of(InetAddress.getAllByName(host))),
                config.webhooks());
        WebhookPump pump = new WebhookPump(database, webhooks, client, config.webhooks(), metrics.registry(), clock);
        VisitRate rate = new VisitRate();
        PhoneFeed feed = new PhoneFeed(database, stream, webhooks, rate, clock);
        database.groupCommit().accompany(webhooks::accompany);
        database.groupCommit().onCommitted(feed::committed);
        database.groupCommit().onCommitted(webhooks::committed);
        phones.recorder().tell(feed::archived);
        metrics.gauge("carillon_live_subscribers", "Who watches the live events.", stream::subscribers);
        metrics.gauge("carillon_live_dropped", "Live events and watchers that were too many.", stream::dropped);
        return new LiveEvents(stream, feed, rate, webhooks, client, pump);
    }

    /** Webhooks were changed, or something was queued for one. */
    void lookAtWebhooks() {
        webhooks.reload();
        pump.look();
    }
}
