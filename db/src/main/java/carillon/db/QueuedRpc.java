package carillon.db;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import java.time.Instant;
import java.util.Optional;

/** An RPC somebody asked for, from its acceptance to its end.
 *
 * @param id 26 characters of Crockford base32; also its CommandKey
 * @param sequence rises with each RPC: RPCs of one device leave in this order
 * @param arguments JSON in the shape of the REST API (opened; sealed where it is stored)
 * @param notBefore it does not leave earlier, and does not block those behind it
 * @param acknowledgedAt when the phone answered a call whose end it reports later (Reboot, FactoryReset, Download and the
 *     like)
 * @param session the id of the CWMP session that sent it, empty before
 * @param evidence JSON of what was seen before it was sent (an AddObject's table), empty where nothing was
 * @param result JSON in the shape of the REST API
 * @param createdBy who asked
 * @param note what a person should know (a connection request's outcome, why it is unconfirmed)
 * @param forced it goes out although the device says that it does not have the method
 * @param awaited the version that firmware has to show
 */
public record QueuedRpc(
        String id,
        long sequence,
        long deviceKey,
        String tenant,
        String site,
        AcsMethod method,
        String arguments,
        RpcState state,
        Instant createdAt,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        Optional<Instant> sentAt,
        Optional<Instant> acknowledgedAt,
        Optional<Instant> endedAt,
        int attempts,
        String session,
        String evidence,
        Optional<String> result,
        Optional<Fault> fault,
        String createdBy,
        String note,
        boolean forced,
        AwaitedVersion awaited) {
    /** The same with this result. */
    public QueuedRpc withResult(String json) {
        return new QueuedRpc(
                id,
                sequence,
                deviceKey,
                tenant,
                site,
                method,
                arguments,
                state,
                createdAt,
                notBefore,
                expiresAt,
                sentAt,
                acknowledgedAt,
                endedAt,
                attempts,
                session,
                evidence,
                Optional.of(json),
                fault,
                createdBy,
                note,
                forced,
                awaited);
    }
}
