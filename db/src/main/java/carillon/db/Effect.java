package carillon.db;

import carillon.cwmp.Event;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one CWMP turn wants remembered, as values. The effects of a turn are written together, in this order, or not at
 * all. {@link GroupCommit} writes the effects of many turns in one transaction.
 */
public sealed interface Effect {
    /**
     * The turn was decided on this version of the device; if it has moved on, the turn loses all its effects and
     * {@link CommitResult#guardLost()} says so.
     */
    record Guard(long deviceKey, long version) implements Effect {}

    /**
     * The device's row becomes this. Key 0: it is inserted (the guard is lost if the identity exists by now, the turn is
     * refused if the waiting list is full); else it is updated if its version is still the one given.
     */
    record DeviceSeen(Device device) implements Effect {}

    /**
     * The device came and told nothing new: only when and from where it came and when it comes next are written, if its
     * version is still the one given. For a row that is known, not late, and not expected earlier than before.
     */
    record DeviceCame(Device device) implements Effect {}

    /**
     * Events arrived with an Inform of this session.
     *
     * @param changed parameters that a {@code 4 VALUE CHANGE} among them was about
     */
    record EventsSeen(String session, List<Event> events, List<String> changed, Instant at) implements Effect {
        public EventsSeen {
            events = List.copyOf(events);
            changed = List.copyOf(changed);
        }

        /** Events that tell of no change. */
        public EventsSeen(String session, List<Event> events, Instant at) {
            this(session, events, List.of(), at);
        }
    }

    /**
     * The phone told something by a call of its own in this session, a TransferComplete or the like: kept among its events.
     *
     * @param details JSON, cut to nothing where it is longer than is kept
     */
    record CallSeen(String session, Event event, String details, Instant at) implements Effect {}

    /** Values were reported: merged into the device's parameter document. */
    record ValuesReported(List<ParameterValue> values, Instant at) implements Effect {
        public ValuesReported {
            values = List.copyOf(values);
        }
    }

    /** Names and their writable flags were reported below a path: merged into the document. */
    record NamesReported(List<ParameterInfo> names, Instant at) implements Effect {
        public NamesReported {
            names = List.copyOf(names);
        }
    }

    /** Attributes were reported: merged into the document. */
    record AttributesReported(List<ParameterAttribute> attributes, Instant at) implements Effect {
        public AttributesReported {
            attributes = List.copyOf(attributes);
        }
    }

    /** Everything known of the parameters at or below this path is void; the empty path means all (a factory reset). */
    record ParametersForgotten(String path) implements Effect {}

    /**
     * The oldest queued RPC that may leave becomes ours: {@link CommitResult#claimed()}. One that this very session had
     * sent and that came back to the queue (a fault worth retrying) is passed over until another session.
     *
     * @param model of the phone, to learn what is known of it
     */
    record ClaimNext(String session, Instant now, Optional<ModelKey> model) implements Effect {
        /** Of a phone of which nothing was learned. */
        public ClaimNext(String session, Instant now) {
            this(session, now, Optional.empty());
        }
    }

    /**
     * One RPC moves, if it is still in one of these states (compare-and-set; otherwise nothing happens to it).
     *
     * @param result JSON
     */
    record RpcMoved(
            String rpcId,
            Set<RpcState> from,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at)
            implements Effect {
        public RpcMoved {
            from = Set.copyOf(from);
        }
    }

    /**
     * One RPC that is SENT was refused for a reason that may pass: it goes back to the queue, with its fault for people to
     * see, and does not leave before a moment.
     */
    record RpcPutOff(String rpcId, Fault fault, Instant until, String note) implements Effect {}

    /**
     * The phone reported that it could not do what it had taken on. An RPC that is SENT is put off until the moment that
     * belongs to the number of its attempts, where there is one; else it fails.
     *
     * @param rpcId empty where the phone did not say which: then the only one of these methods that is SENT and
     *     acknowledged is meant
     * @param from the states in which the report still counts
     * @param again the moments after the first, the second … attempt; empty where it is not asked again
     */
    record FailureReported(
            String rpcId,
            Set<AcsMethod> methods,
            Set<RpcState> from,
            Fault fault,
            String note,
            List<Instant> again,
            Instant at)
            implements Effect {
        public FailureReported {
            methods = Set.copyOf(methods);
            from = Set.copyOf(from);
            again = List.copyOf(again);
        }
    }

    /**
     * The phone answered the call; its end is still to be reported.
     *
     * @param reportBy after this nobody waits for the report any longer; never later than the RPC's own deadline
     */
    record RpcAcknowledged(String rpcId, Instant at, Optional<Instant> reportBy) implements Effect {
        /** Waits for as long as the RPC may live. */
        public RpcAcknowledged(String rpcId, Instant at) {
            this(rpcId, at, Optional.empty());
        }
    }

    /** What was seen before an RPC is sent; the empty text forgets what was seen before an earlier sending. */
    record EvidenceRecorded(String rpcId, String evidence) implements Effect {}

    /**
     * The phone reported the end of something without naming which RPC: this device's RPCs of that method end, if they are
     * in one of these states; of those that are QUEUED only such as were sent before.
     *
     * @param acknowledgedOnly only those that the phone had acknowledged
     */
    record MethodReported(
            AcsMethod method,
            Set<RpcState> from,
            boolean acknowledgedOnly,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at)
            implements Effect {
        public MethodReported {
            from = Set.copyOf(from);
        }
    }

    /** What people should know of an RPC that is on its way. */
    record RpcNoted(String rpcId, String note) implements Effect {}

    /** An RPC that was claimed did not leave after all: its claim does not count as an attempt. */
    record NeverLeft(String rpcId) implements Effect {}

    /**
     * The phone reported the end of something without naming which RPC, and it can be one of several: it ends if it is the
     * only one of these methods that is SENT, and the phone had acknowledged it.
     */
    record OnlyOneReported(
            Set<AcsMethod> methods,
            RpcState to,
            Optional<String> result,
            Optional<Fault> fault,
            String note,
            Instant at)
            implements Effect {
        public OnlyOneReported {
            methods = Set.copyOf(methods);
        }
    }

    /**
     * The phone reported that a transfer is done. Its RPC has succeeded, unless it awaits a version other than the one that
     * the phone reports: then it is SENT until the phone reports that one, and {@link CommitResult#awaiting()} says so.
     *
     * @param rpcId empty where the phone did not say which: then it is the only transfer that is SENT and acknowledged, if it
     *     is the only one
     * @param from the states in which this still settles it
     * @param softwareVersion as the phone reports it now
     * @param versionBy until when the awaited one is waited for
     * @param result JSON
     */
    record TransferDone(
            String rpcId,
            Set<RpcState> from,
            String softwareVersion,
            Instant versionBy,
            String result,
            String note,
            Instant at)
            implements Effect {
        public TransferDone {
            from = Set.copyOf(from);
        }
    }

    /**
     * The phone asks for a file of this type: {@link CommitResult#offered()}, unless it has a Download in hand already.
     *
     * @param version the one it wants, empty for the newest
     */
    record OfferAsked(String fileType, String version) implements Effect {}

    /** The session itself queues an RPC that sends a file. */
    record DownloadQueued(String rpcId, NewRpc rpc, Transfer transfer) implements Effect {}

    /**
     * Somebody came in this approved device's name without its proof: a claim beside the device, and what was told. The
     * turn is refused where there is no room for it: what is not kept is not acknowledged.
     */
    record ClaimSeen(Claim claim, String session, List<Event> events) implements Effect {
        public ClaimSeen {
            events = List.copyOf(events);
        }

        /** One that tells nothing. */
        public ClaimSeen(Claim claim) {
            this(claim, "", List.of());
        }
    }

    /**
     * Something more was told in a session that is a claim; refused like the claim itself.
     *
     * @param details JSON, or empty
     */
    record ClaimTold(Claim claim, String session, Event event, String details) implements Effect {}

    /** The device told which gateway it is behind, or which phones are behind it. */
    record AssociationsTold(List<Association> told, Instant at) implements Effect {
        public AssociationsTold {
            told = List.copyOf(told);
        }
    }

    /**
     * An RPC of many requests has come so far, and is held to have been sent only once for it.
     *
     * @param head JSON that replaces the one before
     * @param part JSON that is added to the parts before; empty where there is nothing to add
     * @param note for people
     */
    record ProgressMade(String rpcId, String head, Optional<Part> part, String note) implements Effect {}

    /**
     * One piece of progress.
     *
     * @param number from 1
     */
    record Part(int number, String content) {}

    /** An RPC of many requests has ended, or begins anew. */
    record ProgressEnded(String rpcId) implements Effect {}

    /** Phones of this model taught us this. */
    record ModelLearned(ModelKey model, List<ModelFact> facts) implements Effect {
        public ModelLearned {
            facts = List.copyOf(facts);
        }
    }

    /** What was learned of these names of a model turned out to be otherwise. */
    record ModelUnlearned(ModelKey model, ModelFact.Kind kind, List<String> names) implements Effect {
        public ModelUnlearned {
            names = List.copyOf(names);
        }
    }
}
