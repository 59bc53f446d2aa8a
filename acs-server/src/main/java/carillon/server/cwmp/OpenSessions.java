package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.rpc.session.CwmpSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The sessions that are open on this node, by cookie, else by connection. They are worth nothing after a crash. */
public final class OpenSessions {
    /** The cookie's name. */
    static final String COOKIE = "SID";

    /** How the outcome of a session begins that ended as the standard wants it. */
    static final String WELL = "ended well";

    private static final String NAMED = COOKIE + "=";
    private static final int ID_LENGTH = 26;

    private final int limit;
    private final SessionRecorder recorder;
    private final Map<String, OpenSession> byId = new ConcurrentHashMap<>();
    private final Map<DeviceId, OpenSession> byDevice = new ConcurrentHashMap<>();
    private final Map<String, OpenSession> byConnection = new ConcurrentHashMap<>();
    private final LongAdder endedWell = new LongAdder();
    private final LongAdder endedBadly = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    public OpenSessions(int limit, SessionRecorder recorder) {
        this.limit = limit;
        this.recorder = recorder;
    }

    /** How many have ended, well or otherwise. */
    public long ended(boolean well) {
        return (well ? endedWell : endedBadly).sum();
    }

    /** How many were left by their phones: it fell silent, or began another one. */
    public long abandoned() {
        return abandoned.sum();
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    boolean isFull() {
        return byId.size() >= limit;
    }

    /** Work was queued for the device: its open session, if it has one, asks for it before it ends. */
    public boolean ring(DeviceId device) {
        OpenSession session = byDevice.get(device);
        if (session != null) {
            session.ring();
        }
        return session != null;
    }

    /**
     * The same, for somebody who will call the phone where that was not enough.
     *
     * @param missed run once if the session ends (or falls silent) without having asked for work again; must not block
     */
    public boolean ring(DeviceId device, Runnable missed) {
        OpenSession session = byDevice.get(device);
        if (session == null) {
            return false;
        }
        session.ring(missed);
        if (byId.get(session.id()) != session) {
            // it ended between the two lines above; whoever takes the ring, acts on it
            session.takeMissed().forEach(Runnable::run);
        }
        return true;
    }

    /** Whether this one has not ended yet. */
    boolean isOpen(OpenSession session) {
        return byId.get(session.id()) == session;
    }

    /** Whether the device has a session open. */
    public boolean has(DeviceId device) {
        return byDevice.containsKey(device);
    }

    /**
     * Opens one; the device's older one ends (CWMP-092), unless that one is the device's own and this one somebody's
     * without a proof.
     */
    OpenSession open(DeviceId device, String connection, CwmpSession value, Instant now) {
        OpenSession session = new OpenSession(device, connection, value);
        // known by its id before it is known by its device: who comes right behind must be able to end it (CWMP-093)
        byId.put(session.id(), session);
        byConnection.put(connection, session);
        OpenSession older = byDevice.putIfAbsent(device, session);
        while (older != null && (session.isProven() || !older.isProven())) {
            if (byDevice.replace(device, older, session)) {
                abandon(older, "the phone began another session", now);
                break;
            }
            older = byDevice.putIfAbsent(device, session);
        }
        return session;
    }

    /**
     * The session of this cookie header, found anywhere in it: clients send attributes and old forms along (CWMP-024).
     * Without a cookie of ours, that of this connection (CWMP-026).
     */
    Optional<OpenSession> find(List<String> cookies, String connection) {
        boolean named = false;
        for (String cookie : cookies) {
            for (int at = cookie.indexOf(NAMED); at >= 0; at = cookie.indexOf(NAMED, at + NAMED.length())) {
                String id = idAt(cookie, at);
                named |= !id.isEmpty();
                OpenSession session = byId.get(id);
                if (session != null) {
                    return Optional.of(session);
                }
            }
        }
        return named ? Optional.empty() : Optional.ofNullable(byConnection.get(connection));
    }

    /** The id of the cookie whose name is at this place, quoted or not; empty where it is none of ours. */
    private static String idAt(String cookie, int at) {
        boolean begins = at == 0 || ";, \t".indexOf(cookie.charAt(at - 1)) >= 0;
        int start = at + NAMED.length();
        if (start < cookie.length() && cookie.charAt(start) == '"') {
            start++;
        }
        int end = start;
        while (end < cookie.length() && end - start < ID_LENGTH && isOfId(cookie.charAt(end))) {
            end++;
        }
        return begins && end - start == ID_LENGTH ? cookie.substring(start, end) : "";
    }

    private static boolean isOfId(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
    }

    private void abandon(OpenSession session, String outcome, Instant now) {
        if (close(session, outcome, now)) {
            abandoned.increment();
        }
    }

    /** Ends one and hands it to the archive; false where somebody else has done so. */
    boolean close(OpenSession session, String outcome, Instant now) {
        boolean open = byId.remove(session.id(), session);
        if (open) {
            byDevice.remove(session.device(), session);
            byConnection.remove(session.connection(), session);
            (outcome.startsWith(WELL) ? endedWell : endedBadly).increment();
            String odd = session.tolerated();
            recorder.record(session, odd.isEmpty() ? outcome : outcome + "; tolerated: " + odd, now);
            session.takeMissed().forEach(Runnable::run);
        }
        return open;
    }

    /** Ends those that were silent for longer than they may be; returns how many. */
    public int sweep(Instant now) {
        int swept = 0;
        for (OpenSession session : byId.values()) {
            CwmpSession value = session.value();
            if (!session.isBusy() && value.lastSeen().plus(value.holdTimeout()).isBefore(now)) {
                abandon(session, "the phone fell silent", now);
                swept++;
            }
        }
        return swept;
    }
}
