package carillon.server;

import carillon.db.Database;
import carillon.server.config.ServerConfig;
import carillon.server.connect.ConnectionRequests;
import carillon.server.connect.PhoneBindings;
import carillon.server.connect.PhoneDoorbell;
import carillon.server.connect.ReachPlan;
import carillon.server.connect.Recalls;
import carillon.server.connect.XmppPlan;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.Workers;
import carillon.server.metrics.Metrics;
import carillon.server.operator.RpcActions;
import carillon.server.stun.StunServer;
import carillon.server.xmpp.XmppLink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What calls phones, put together.
 *
 * @param requests for people
 * @param doorbell for RPCs that were queued
 * @param stun sends UDP connection requests, and tells phones behind NAT where they are
 * @param workers for what the STUN server and the plan have to write
 * @param services to start before the listeners
 */
record PhoneCalls(
        ConnectionRequests requests, PhoneDoorbell doorbell, StunServer stun, Workers workers, List<Service> services) {
    private static final int WORKERS = 2;
    private static final int WAITING_WORK = 10_000;

    static PhoneCalls assemble(
            ServerConfig config, Database database, CwmpListener phones, Metrics metrics, InstantSource clock) {
        Workers workers = new Workers("reach-work", WORKERS, WAITING_WORK);
        PhoneBindings bindings = new PhoneBindings(phones.devices(), phones.credentials(), database, workers, clock);
        StunServer stun = new StunServer(config.stun(), bindings, metrics.registry());
        Optional<XmppLink> xmpp = config.xmpp().isOn()
                ? Optional.of(new XmppLink(config.xmpp(), config.connect().timeout()))
                : Optional.empty();
        ConnectionRequests requests = ConnectionRequests.assemble(
                config.connect(),
                config.trust().lab(),
                new ConnectionRequests.Around(
                        database,
                        new ConnectionRequests.Roads(stun, xmpp),
                        phones.credentials(),
                        phones.sessions(),
                        metrics.registry(),
                        clock));
        metrics.gauge(
                "carillon_connection_requests_waiting",
                "Connection requests that wait for a thread.",
                requests::waiting);
        metrics.gauge("carillon_stun_bindings", "Phones that the STUN server saw lately.", bindings::size);
        Recalls recalls = new Recalls(config.connect().patience());
        List<Service> services = new ArrayList<>(List.of(workers, requests, recalls, stun));
        xmpp.ifPresent(services::add);
        return new PhoneCalls(
                requests,
                new PhoneDoorbell(phones.sessions(), requests, recalls, database),
                stun,
                workers,
                List.copyOf(services));
    }

    /** Begins to tell phones how they shall make themselves reachable, where the settings say so. */
    void plan(ServerConfig config, String publicHost, Database database, CwmpListener phones, RpcActions rpcs) {
        ReachPlan.Around around = new ReachPlan.Around(database, rpcs, phones.credentials(), workers);
        new ReachPlan(config.stun(), publicHost, stun::door, around).begin();
        new XmppPlan(config.xmpp(), around).begin();
    }
}
