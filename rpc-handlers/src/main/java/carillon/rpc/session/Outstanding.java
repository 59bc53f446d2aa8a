package carillon.rpc.session;

import carillon.cwmp.message.AcsRequest;
import carillon.db.QueuedRpc;

/** The one request that the phone has still to answer. */
public sealed interface Outstanding {
    /** The request as it was sent. */
    AcsRequest request();

    /** An RPC from the queue. */
    record Queued(QueuedRpc rpc, AcsRequest request) implements Outstanding {}

    /** A look at the instances of a table, before an AddObject or DeleteObject is sent (again). */
    record Look(QueuedRpc rpc, boolean afterLoss, AcsRequest request) implements Outstanding {}

    /** The inform plan: when the phone shall come. */
    record InformPlan(String plan, AcsRequest request) implements Outstanding {}

    /** The device's own credentials of this generation. */
    record OwnCredentials(int generation, AcsRequest request) implements Outstanding {}

    /** The first look at a device that is new to us: what people search by. */
    record FirstLook(AcsRequest request) implements Outstanding {}
}
