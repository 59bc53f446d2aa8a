package carillon.server.connect;

import carillon.cwmp.DeviceId;
import carillon.cwmp.ParameterValue;
import carillon.db.Committed;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.ReportedParameter;
import carillon.server.config.XmppConfig;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Actor;
import carillon.server.operator.RpcActions;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells approved phones that have a Jabber ID to take connection requests from ours (CWMP-218), by an RPC that people can
 * see. A phone is looked at when it says something of its Jabber ID, and once in an hour at most otherwise.
 */
public final class XmppPlan {
    private static final Logger LOG = LoggerFactory.getLogger(XmppPlan.class);
    private static final Actor ACTOR = Actor.server("xmpp plan");
    private static final int REMEMBERED = 100_000;
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final XmppConfig config;
    private final ReachPlan.Around around;
    private final Cache<DeviceId, Boolean> lookedAt = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LOOK_AGAIN)
            .build();

    public XmppPlan(XmppConfig config, ReachPlan.Around around) {
        this.config = config;
        this.around = around;
    }

    /** Begins to watch, where there is a plan. */
    public void begin() {
        if (config.isOn() && config.plan()) {
            around.database().groupCommit().onCommitted(turns -> turns.forEach(this::committed));
        }
    }

    private void committed(Committed turn) {
        Optional<Device> device = turn.result().device().filter(row -> row.state() == DeviceState.APPROVED);
        if (device.isEmpty() || device.get().reported().rootObject().isEmpty()) {
            return;
        }
        DeviceId id = device.get().id();
        if (speaksOfIt(turn)) {
            lookedAt.invalidate(id);
        }
        if (lookedAt.asMap().putIfAbsent(id, true) == null) {
            try {
                around.executor().execute(() -> look(device.get()));
            } catch (RejectedExecutionException tooMuch) {
                lookedAt.invalidate(id);
            }
        }
    }

    private static boolean speaksOfIt(Committed turn) {
        for (Effect effect : turn.effects()) {
            if (effect instanceof Effect.ValuesReported reported) {
                for (ParameterValue value : reported.values()) {
                    if (value.path().endsWith(".ManagementServer.ConnReqJabberID")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void look(Device device) {
        String server = device.reported().rootObject() + "ManagementServer.";
        String own = config.jabberId();
        try {
            boolean lacks = around.database().<Boolean>read(stores -> {
                String allowed = stores.parameters()
                        .find(device.key(), server + "ConnReqAllowedJabberIDs")
                        .flatMap(ReportedParameter::value)
                        .orElse("");
                return !KnownReach.of(device, stores).jabberId().isEmpty()
                        && Arrays.stream(allowed.split(",")).map(String::strip).noneMatch(own::equalsIgnoreCase);
            });
            if (lacks) {
                ObjectNode arguments = JsonNodeFactory.instance.objectNode();
                arguments.put("parameterKey", device.reported().parameterKey()); // it belongs to the operator
                arguments
                        .putArray("values")
                        .addObject()
                        .put("path", server + "ConnReqAllowedJabberIDs")
                        .put("value", own)
                        .put("type", "xsd:string");
                around.rpcs()
                        .queue(
                                ACTOR,
                                device.id().encoded(),
                                RpcActions.Request.now("SetParameterValues", arguments.toString(), false));
            }
        } catch (ActionRefused refused) {
            LOG.info("{} is not told our Jabber ID: {}", device.id(), refused.sentence());
        } catch (RuntimeException failed) {
            LOG.warn("{} could not be told our Jabber ID", device.id(), failed);
        }
    }
}
