package carillon.server.connect;

import carillon.db.Database;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.db.Scope;
import carillon.server.cwmp.OpenSessions;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.Doorbell;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the phone's open session that there is work; where there is none and it is wished, calls the phone, and again
 * where that was in vain and may not be the next time.
 */
public final class PhoneDoorbell implements Doorbell {
    private static final int BUSY = 503;

    private final OpenSessions sessions;
    private final ConnectionRequests requests;
    private final Recalls recalls;
    private final Database database;

    public PhoneDoorbell(OpenSessions sessions, ConnectionRequests requests, Recalls recalls, Database database) {
        this.sessions = sessions;
        this.requests = requests;
        this.recalls = recalls;
        this.database = database;
    }

    @Override
    public void ring(Device device, QueuedRpc rpc, boolean connectionRequest) {
        if (!connectionRequest) {
            sessions.ring(device.id());
        } else {
            ring(device, rpc, 0);
        }
    }

    private void ring(Device device, QueuedRpc rpc, int attempt) {
        if (!sessions.ring(device.id(), () -> call(device, rpc, attempt))) {
            call(device, rpc, attempt);
        }
    }

    private void call(Device device, QueuedRpc rpc, int attempt) {
        ConnectionRequests.Call call =
                requests.dial(device, new ConnectionRequests.Wish(Optional.empty(), attempt, true));
        CompletableFuture<?> unused = call.answer().thenAcceptBoth(call.came(), (result, came) -> {
            if (!came) {
                recalls.later(Duration.ZERO, () -> inVain(device, rpc, attempt, result));
            }
        });
    }

    private void inVain(Device device, QueuedRpc rpc, int attempt, CallResult result) {
        String why = result.outcome() == Outcome.ACCEPTED ? requests.noContact(result) : result.sentence();
        Optional<Duration> wait = mayHelp(result) ? recalls.after(attempt) : Optional.empty();
        String then = wait.map(time -> "; it is called again in " + time.toMillis() + " ms")
                .orElse("; the RPC waits for the phone to come by itself");
        boolean waits = database.<Boolean>write(
                stores -> stores.rpcs().noteQueued(rpc.id(), "connection request in vain: " + why + then));
        if (!waits || wait.isEmpty()) {
            return;
        }
        if (isBusy(result) && sessions.ring(device.id(), () -> soon(rpc, attempt + 1))) {
            return; // it is busy with us: the RPC goes along, or the phone is called when that session has ended
        }
        recalls.later(wait.get(), () -> again(rpc, attempt + 1));
    }

    private void soon(QueuedRpc rpc, int attempt) {
        recalls.later(Duration.ZERO, () -> again(rpc, attempt));
    }

    private static boolean isBusy(CallResult result) {
        return result.status().equals(OptionalInt.of(BUSY));
    }

    /** Wrong credentials, and what this server does not allow, stay what they are. */
    private static boolean mayHelp(CallResult result) {
        return switch (result.outcome()) {
            case ACCEPTED, UNREACHABLE -> true;
            case REFUSED -> isBusy(result);
            case FORBIDDEN -> false;
        };
    }

    private void again(QueuedRpc rpc, int attempt) {
        Optional<Device> device = database.read(stores -> stores.rpcs()
                .find(Scope.ALL, rpc.id())
                .filter(now -> now.state() == RpcState.QUEUED)
                .flatMap(now -> stores.devices().find(now.deviceKey())));
        device.ifPresent(found -> ring(found, rpc, attempt));
    }
}
