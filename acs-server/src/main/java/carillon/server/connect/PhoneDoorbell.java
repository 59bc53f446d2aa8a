package carillon.server.connect;

import carillon.db.Database;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import carillon.server.cwmp.OpenSessions;
import carillon.server.operator.CallResult;
import carillon.server.operator.Doorbell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the phone's open session that there is work; where there is none and it is wished, calls the phone. */
public final class PhoneDoorbell implements Doorbell {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneDoorbell.class);

    private final OpenSessions sessions;
    private final ConnectionRequests requests;
    private final Database database;

    public PhoneDoorbell(OpenSessions sessions, ConnectionRequests requests, Database database) {
        this.sessions = sessions;
        this.requests = requests;
        this.database = database;
    }

    @Override
    public void ring(Device device, QueuedRpc rpc, boolean connectionRequest) {
        if (!connectionRequest) {
            sessions.ring(device.id());
        } else if (!sessions.ring(device.id(), () -> call(device, rpc))) {
            call(device, rpc);
        }
    }

    private void call(Device device, QueuedRpc rpc) {
        CompletionStage<CallResult> end = requests.dial(device);
        CompletableFuture<?> unused =
                end.thenAccept(result -> note(rpc, result)).toCompletableFuture();
    }

    private void note(QueuedRpc rpc, CallResult result) {
        if (result.outcome() == CallResult.Outcome.ACCEPTED) {
            return;
        }
        try {
            database.write(
                    stores -> stores.rpcs().noteQueued(rpc.id(), "connection request in vain: " + result.sentence()));
        } catch (RuntimeException unwritten) {
            LOG.warn("RPC {}: that its connection request was in vain could not be noted", rpc.id(), unwritten);
        }
    }
}
