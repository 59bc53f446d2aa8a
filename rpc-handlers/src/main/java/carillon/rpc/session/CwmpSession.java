package carillon.rpc.session;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.message.WireStyle;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The whole protocol state of one open session, as a value.
 *
 * @param id 26 characters, unguessable; also the cookie's value
 * @param device the row as it was when the session last looked, absent before the Inform
 * @param version what the two sides agreed on (1.4: by header; before: by namespace)
 * @param requestId number of the last request of ours, for its {@code cwmp:ID}
 * @param idsWanted whether our requests carry an ID: not where the Inform had none
 * @param leftovers RPCs in state SENT that dead sessions left, still to be looked at
 * @param workKnown whether the queue is known to hold something for this device
 * @param done what has been done in this session and is not done twice in it
 * @param holdTimeout how long the phone may be silent
 */
public record CwmpSession(
        String id,
        SessionPhase phase,
        Admission admission,
        Caller caller,
        Optional<Device> device,
        WireStyle style,
        CwmpVersion version,
        boolean idsWanted,
        int requestId,
        Optional<Outstanding> outstanding,
        List<QueuedRpc> leftovers,
        boolean workKnown,
        Set<Done> done,
        List<Event> events,
        List<String> rpcs,
        int turns,
        Instant startedAt,
        Instant lastSeen,
        Duration holdTimeout) {
    public CwmpSession {
        leftovers = List.copyOf(leftovers);
        done = Set.copyOf(done);
        events = List.copyOf(events);
        rpcs = List.copyOf(rpcs);
    }

    /** Steps of a session that happen at most once in it. */
    public enum Done {
        INFORM_PLAN,
        OWN_CREDENTIALS,
        FIRST_LOOK
    }
}
