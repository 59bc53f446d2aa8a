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
 * @param rpcs names of the requests that were sent, in order
 * @param turns how many messages the phone has sent
 * @param holdTimeout how long the phone may be silent
 * @param memory what else the engine has to remember from one message to the next
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
        Duration holdTimeout,
        Memory memory) {
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

    /** What only the engine reads, but for the remarks.
     *
     * @param pending what to do when the commit that was asked for is durable
     * @param deferred RPCs that went back to the queue after a fault: not again in this session
     * @param firstLook the paths that tell what people search by; empty where nothing is to be looked at
     * @param diagnostics objects that may hold the results of diagnostics that have just ended, still to be read
     * @param remarks what a person who reads the session's record should know
     * @param steps requests beside the first of RPCs that take many
     * @param vanished names that the phone says it does not have
     */
    public record Memory(
            Optional<Pending> pending,
            Set<String> deferred,
            List<String> firstLook,
            List<String> diagnostics,
            List<String> remarks,
            int steps,
            Vanished vanished) {
        /** Nothing yet. */
        public static final Memory EMPTY =
                new Memory(Optional.empty(), Set.of(), List.of(), List.of(), List.of(), 0, Vanished.NONE);

        public Memory {
            deferred = Set.copyOf(deferred);
            firstLook = List.copyOf(firstLook);
            diagnostics = List.copyOf(diagnostics);
            remarks = List.copyOf(remarks);
        }
    }

    /** Names that the phone says it does not have, though they may be remembered.
     *
     * @param names that are still to be looked for
     * @param looked objects that were listed for it in this session
     */
    public record Vanished(List<String> names, Set<String> looked) {
        /** None. */
        public static final Vanished NONE = new Vanished(List.of(), Set.of());

        public Vanished {
            names = List.copyOf(names);
            looked = Set.copyOf(looked);
        }
    }

    /** A session that waits for its Inform. */
    public static CwmpSession begin(String id, Caller caller, Duration holdTimeout, Instant now) {
        return new CwmpSession(
                id,
                SessionPhase.AWAITING_INFORM,
                Admission.REFUSED,
                caller,
                Optional.empty(),
                WireStyle.DEFAULT,
                CwmpVersion.V1_0,
                true,
                0,
                Optional.empty(),
                List.of(),
                false,
                Set.of(),
                List.of(),
                List.of(),
                0,
                now,
                now,
                holdTimeout,
                Memory.EMPTY);
    }

    /** The same session, about to be changed in some fields. */
    public SessionChange change() {
        return new SessionChange(this);
    }

    /** What to do when the commit that was asked for is durable. */
    public Optional<Pending> pending() {
        return memory.pending();
    }
}
