package carillon.rpc.session;

import carillon.cwmp.message.Envelope;
import carillon.db.Claim;

/** What a session does once the commit that it asked for is durable. */
public sealed interface Pending {
    /** An Inform of a device that is ours or waits: this InformResponse leaves. */
    record Informed(Envelope answer) implements Pending {}

    /** An Inform in a managed device's name without its proof: the claim is written, then this InformResponse leaves. */
    record Claimed(Claim claim, Envelope answer) implements Pending {}

    /** The phone asked for a file: this answer leaves, whether or not there is one. */
    record Offered(Envelope answer, String fileType) implements Pending {}

    /** The next RPC of the queue was asked for. */
    record NextOfQueue() implements Pending {}
}
