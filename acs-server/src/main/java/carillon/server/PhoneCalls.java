package carillon.server;

import carillon.db.Database;
import carillon.server.config.ServerConfig;
import carillon.server.connect.ConnectionRequests;
import carillon.server.connect.PhoneDoorbell;
import carillon.server.connect.Recalls;
import carillon.server.lifecycle.Service;
import carillon.server.metrics.Metrics;
import java.time.InstantSource;
import java.util.List;

/**
 * What calls phones, put together.
 *
 * @param requests for people
 * @param doorbell for RPCs that were queued
 * @param services to start before the listeners
 */
record PhoneCalls(ConnectionRequests requests, PhoneDoorbell doorbell, List<Service> services) {
    static PhoneCalls assemble(
            ServerConfig config, Database database, CwmpListener phones, Metrics metrics, InstantSource clock) {
        ConnectionRequests requests = ConnectionRequests.assemble(
                config.connect(),
                config.trust().lab(),
                new ConnectionRequests.Around(
                        database.groupCommit(), phones.credentials(), phones.sessions(), metrics.registry(), clock));
        metrics.gauge(
                "carillon_connection_requests_waiting",
                "Connection requests that wait for a thread.",
                requests::waiting);
        Recalls recalls = new Recalls(config.connect().patience());
        return new PhoneCalls(
                requests,
                new PhoneDoorbell(phones.sessions(), requests, recalls, database),
                List.of(requests, recalls));
    }
}
