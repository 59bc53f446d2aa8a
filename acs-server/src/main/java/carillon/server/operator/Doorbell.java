package carillon.server.operator;

import carillon.db.Device;
import carillon.db.QueuedRpc;

/** Who wants to know that an RPC was queued; called after the commit, and must not block. */
@FunctionalInterface
public interface Doorbell {
    /**
     * @param connectionRequest whether the phone shall be called now; a failure becomes a note on the RPC
     */
    void ring(Device device, QueuedRpc rpc, boolean connectionRequest);
}
