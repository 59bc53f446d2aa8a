package carillon.server.connect;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.db.Committed;
import carillon.db.CredentialState;
import carillon.db.Database;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ListenersConfig.Door;
import carillon.server.config.StunConfig;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.RpcActions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells approved phones to use the STUN server, by RPCs that people can see: once for each plan, and again after a factory
 * reset. Their passwords for it go only to phones that use their own credentials, which they got over TLS.
 */
public final class ReachPlan {
    private static final Logger LOG = LoggerFactory.getLogger(ReachPlan.class);
    private static final Actor ACTOR = Actor.server("stun plan");
    private static final int REMEMBERED = 100_000;
    private static final int ACTIVE_NOTIFICATION = 2;

    private final StunConfig config;
    private final String host;
    private final Supplier<Optional<Door>> door;
    private final Around around;
    private final Cache<DeviceId, String> told =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** What it works with. */
    public record Around(Database database, RpcActions rpcs, Credentials credentials, Executor executor) {}

    /**
     * @param host by which phones reach this server
     * @param door of the STUN server, with the port that it got
     */
    public ReachPlan(StunConfig config, String host, Supplier<Optional<Door>> door, Around around) {
        this.config = config;
        this.host = host;
        this.door = door;
        this.around = around;
    }

    /** Begins to watch, where there is a plan. */
    public void begin() {
        if (config.plan()) {
            around.database().groupCommit().onCommitted(turns -> turns.forEach(this::committed));
        }
    }

    private void committed(Committed turn) {
        Optional<Device> device = turn.result().device().filter(row -> row.state() == DeviceState.APPROVED);
        Optional<Door> open = door.get();
        if (device.isEmpty()
                || open.isEmpty()
                || device.get().reported().rootObject().isEmpty()) {
            return;
        }
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.EventsSeen seen) {
                informed(device.get(), open.get().port(), seen.events());
            }
        }
    }

    private void informed(Device device, int port, List<Event> events) {
        boolean forgot = events.stream().anyMatch(event -> event.is(EventCode.BOOTSTRAP));
        int generation = device.trust().credentials() == CredentialState.SEEN
                ? device.trust().generation()
                : 0;
        String plan = "stun " + host + ":" + port + " " + config.keepAlive() + " " + generation;
        if (!forgot && plan.equals(told.getIfPresent(device.id()))) {
            return;
        }
        try {
            around.executor().execute(() -> tell(device, port, generation, plan, forgot));
        } catch (RejectedExecutionException tooMuch) {
            LOG.debug("{} is told the STUN plan at its next visit", device.id());
        }
    }

    private void tell(Device device, int port, int generation, String plan, boolean forgot) {
        try {
            boolean known = !forgot
                    && around.database()
                            .<String>read(
                                    stores -> stores.reach().find(device.key()).plan())
                            .equals(plan);
            if (!known) {
                around.database().write(stores -> {
                    stores.reach().planned(device.key(), plan);
                    return plan;
                });
                String server = device.reported().rootObject() + "ManagementServer.";
                queue(device, "SetParameterValues", values(device, server, port, generation));
                queue(device, "SetParameterAttributes", notifications(server));
            }
            told.put(device.id(), plan);
        } catch (ActionRefused refused) {
            LOG.info("{} is not told the STUN plan: {}", device.id(), refused.sentence());
        } catch (RuntimeException failed) {
            LOG.warn("{} could not be told the STUN plan", device.id(), failed);
        }
    }

    private void queue(Device device, String method, ObjectNode arguments) {
        around.rpcs().queue(ACTOR, device.id().encoded(), RpcActions.Request.now(method, arguments.toString(), false));
    }

    private ObjectNode values(Device device, String server, int port, int generation) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("parameterKey", device.reported().parameterKey()); // it belongs to the operator
        ArrayNode values = arguments.putArray("values");
        add(values, server + "STUNServerAddress", host, "xsd:string");
        add(values, server + "STUNServerPort", Integer.toString(port), "xsd:unsignedInt");
        if (generation > 0) {
            add(values, server + "STUNUsername", around.credentials().username(device.id()), "xsd:string");
            String password = around.credentials()
                    .password(device.id(), generation, Credentials.Purpose.STUN)
                    .reveal();
            add(values, server + "STUNPassword", password, "xsd:string");
        }
        String seconds = Long.toString(config.keepAlive().toSeconds());
        add(values, server + "STUNMaximumKeepAlivePeriod", seconds, "xsd:int");
        add(values, server + "STUNMinimumKeepAlivePeriod", seconds, "xsd:unsignedInt");
        add(values, server + "STUNEnable", "1", "xsd:boolean");
        return arguments;
    }

    private static void add(ArrayNode values, String path, String value, String type) {
        values.addObject().put("path", path).put("value", value).put("type", type);
    }

    /** The phone reports by itself where it can be reached (CWMP-214). */
    private static ObjectNode notifications(String server) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        ArrayNode attributes = arguments.putArray("attributes");
        for (String name : List.of("UDPConnectionRequestAddress", "NATDetected")) {
            attributes.addObject().put("path", server + name).put("notification", ACTIVE_NOTIFICATION);
        }
        return arguments;
    }
}
