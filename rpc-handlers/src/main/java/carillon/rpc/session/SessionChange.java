package carillon.rpc.session;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.message.WireStyle;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The next value of a session while it is put together: what is not set stays as it was. For one thread, for one turn. */
public final class SessionChange {
    private static final int MOST_REMARKS = 20;

    private final CwmpSession from;
    private SessionPhase phase;
    private Admission admission;
    private Caller caller;
    private Optional<Device> device;
    private WireStyle style;
    private CwmpVersion version;
    private boolean idsWanted;
    private int requestId;
    private Optional<Outstanding> outstanding;
    private List<QueuedRpc> leftovers;
    private boolean workKnown;
    private Set<CwmpSession.Done> done;
    private List<Event> events;
    private List<String> rpcs;
    private int turns;
    private Instant lastSeen;
    private Duration holdTimeout;
    private Optional<Pending> pending;
    private Set<String> deferred;
    private List<String> firstLook;
    private List<String> diagnostics;
    private List<String> remarks;
    private int steps;
    private CwmpSession.Vanished vanished;

    SessionChange(CwmpSession from) {
        this.from = from;
        phase = from.phase();
        admission = from.admission();
        caller = from.caller();
        device = from.device();
        style = from.style();
        version = from.version();
        idsWanted = from.idsWanted();
        requestId = from.requestId();
        outstanding = from.outstanding();
        leftovers = from.leftovers();
        workKnown = from.workKnown();
        done = from.done();
        events = from.events();
        rpcs = from.rpcs();
        turns = from.turns();
        lastSeen = from.lastSeen();
        holdTimeout = from.holdTimeout();
        pending = from.memory().pending();
        deferred = from.memory().deferred();
        firstLook = from.memory().firstLook();
        diagnostics = from.memory().diagnostics();
        remarks = from.memory().remarks();
        steps = from.memory().steps();
        vanished = from.memory().vanished();
    }

    public SessionChange phase(SessionPhase next) {
        phase = next;
        return this;
    }

    public SessionChange admission(Admission next) {
        admission = next;
        return this;
    }

    public SessionChange caller(Caller next) {
        caller = next;
        return this;
    }

    public SessionChange device(Device next) {
        device = Optional.of(next);
        return this;
    }

    public SessionChange spoken(WireStyle nextStyle, CwmpVersion nextVersion, boolean nextIdsWanted) {
        style = nextStyle;
        version = nextVersion;
        idsWanted = nextIdsWanted;
        return this;
    }

    /**
     * A request leaves: it is outstanding, and the number of its ID is the next one. The requests of one RPC are told of
     * once.
     */
    public SessionChange sent(Outstanding next) {
        outstanding = Optional.of(next);
        requestId++;
        if (next instanceof Outstanding.Step step && !step.pace().first()) {
            steps++;
        } else {
            rpcs = with(rpcs, next.request().name());
        }
        phase = SessionPhase.ACS_TURN;
        return this;
    }

    /** Nothing is outstanding any more. */
    public SessionChange answered() {
        outstanding = Optional.empty();
        return this;
    }

    public SessionChange leftovers(List<QueuedRpc> next) {
        leftovers = next;
        return this;
    }

    public SessionChange workKnown(boolean next) {
        workKnown = next;
        return this;
    }

    public SessionChange done(CwmpSession.Done step) {
        done = with(done, step);
        return this;
    }

    public SessionChange events(List<Event> next) {
        events = next;
        return this;
    }

    /** The phone has sent one more message. */
    public SessionChange heard(Instant now) {
        turns++;
        lastSeen = now;
        return this;
    }

    public SessionChange holdTimeout(Duration next) {
        holdTimeout = next;
        return this;
    }

    public SessionChange pending(Pending next) {
        pending = Optional.of(next);
        return this;
    }

    public SessionChange nothingPending() {
        pending = Optional.empty();
        return this;
    }

    /** This RPC is not sent again in this session. */
    public SessionChange deferred(String rpcId) {
        deferred = with(deferred, rpcId);
        return this;
    }

    public SessionChange firstLook(List<String> paths) {
        firstLook = paths;
        return this;
    }

    /** Objects that may hold the results of diagnostics, still to be read. */
    public SessionChange diagnostics(List<String> objects) {
        diagnostics = objects;
        return this;
    }

    public SessionChange vanished(CwmpSession.Vanished next) {
        vanished = next;
        return this;
    }

    /** One line for whoever reads the session's record; the first twenty are kept. */
    public SessionChange remark(String line) {
        if (remarks.size() < MOST_REMARKS) {
            remarks = with(remarks, line);
        }
        return this;
    }

    private static <T> Set<T> with(Set<T> some, T more) {
        Set<T> all = new HashSet<>(some);
        all.add(more);
        return all;
    }

    private static <T> List<T> with(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    /** The next value. */
    public CwmpSession session() {
        return new CwmpSession(
                from.id(),
                phase,
                admission,
                caller,
                device,
                style,
                version,
                idsWanted,
                requestId,
                outstanding,
                leftovers,
                workKnown,
                done,
                events,
                rpcs,
                turns,
                from.startedAt(),
                lastSeen,
                holdTimeout,
                new CwmpSession.Memory(pending, deferred, firstLook, diagnostics, remarks, steps, vanished));
    }
}
