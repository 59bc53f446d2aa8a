package carillon.server;

import carillon.db.Database;
import carillon.server.events.EventStream;
import carillon.server.events.PhoneFeed;
import carillon.server.events.VisitRate;
import carillon.server.metrics.Metrics;
import java.time.InstantSource;

/**
 * What tells people live what happens, put together.
 *
 * @param stream to be started last and stopped first: whoever watches must not hold up the web server's end
 * @param feed to be told of what people and the clock do; of phones it hears by itself
 */
record LiveEvents(EventStream stream, PhoneFeed feed, VisitRate rate) {
    static LiveEvents assemble(Database database, CwmpListener phones, Metrics metrics, InstantSource clock) {
        EventStream stream =
                new EventStream(id -> database.read(stores -> stores.devices().find(id)));
        VisitRate rate = new VisitRate();
        PhoneFeed feed = new PhoneFeed(database, stream, rate, clock);
        database.groupCommit().onCommitted(feed::committed);
        phones.recorder().tell(feed::archived);
        metrics.gauge("carillon_live_subscribers", "Who watches the live events.", stream::subscribers);
        metrics.gauge("carillon_live_dropped", "Live events and watchers that were too many.", stream::dropped);
        return new LiveEvents(stream, feed, rate);
    }
}
