package carillon.server.cwmp;

import carillon.cwmp.DeviceId;
import carillon.db.SessionRecord;
import carillon.rpc.enrol.Disclosure;
import carillon.rpc.session.Admission;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.SessionPhase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open session of this node: its value, whether a message of it is being answered, and what was said. */
final class OpenSession {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int MOST_SAID = 512 * 1024;
    private static final int MOST_MISSED = 100;
    private static final int MOST_TOLERATED = 10;

    private final DeviceId device;
    private final String connection;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final List<Runnable> missedRings = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final Set<String> tolerated = new LinkedHashSet<>();
    private volatile CwmpSession value;
    private volatile long askedAt;
    private int saidLength;
    private volatile int repeats;

    OpenSession(DeviceId device, String connection, CwmpSession value) {
        this.device = device;
        this.connection = connection;
        this.value = value;
    }

    DeviceId device() {
        return device;
    }

    String connection() {
        return connection;
    }

    /** Whether it began behind TLS. */
    boolean isTls() {
        return value.caller().tls();
    }

    String sourceAddress() {
        return value.caller().sourceAddress();
    }

    /** Whether the phone is to answer a request of ours. */
    boolean isAsked() {
        // whoever waits for approval was asked nothing but to set the inform plan, and may be anybody
        return value.phase() == SessionPhase.ACS_TURN && value.admission() == Admission.MANAGED;
    }

    /** Whether who opened it has proven, or was believed, to be the device. */
    boolean isProven() {
        return Disclosure.proven(value.caller().proof());
    }

    String id() {
        return value.id();
    }

    CwmpSession value() {
        return value;
    }

    void become(CwmpSession next) {
        value = next;
    }

    /** True for the one message that may be answered now. */
    boolean enter() {
        return busy.compareAndSet(false, true);
    }

    void leave() {
        busy.set(false);
    }

    boolean isBusy() {
        return busy.get();
    }

    void ring() {
        rung.set(true);
    }

    /** The same for a ring that matters: where the session ends without having asked for work again, this is run. */
    synchronized void ring(Runnable missed) {
        if (missedRings.size() < MOST_MISSED) {
            missedRings.add(missed);
        }
        rung.set(true);
    }

    /** Whether work was queued since this was last asked. */
    synchronized boolean takeRing() {
        missedRings.clear();
        return rung.getAndSet(false);
    }

    /** What is to be done about rings that were not heard; each is given out once. */
    synchronized List<Runnable> takeMissed() {
        List<Runnable> missed = List.copyOf(missedRings);
        missedRings.clear();
        return missed;
    }

    /** How often the phone was asked to repeat what it said, in this session or, where that was the Inform, before it. */
    int repeats() {
        return repeats;
    }

    void repeats(int count) {
        repeats = count;
    }

    /** A request of ours leaves. */
    void asks() {
        askedAt = System.nanoTime();
    }

    /** For how long the request of ours that left last has been on its way, in nanoseconds. */
    long askedFor() {
        return System.nanoTime() - askedAt;
    }

    /** Keeps what was odd in a message that was understood all the same, within bounds. */
    synchronized void tolerates(List<String> remarks) {
        remarks.stream().limit(MOST_TOLERATED - tolerated.size()).forEach(tolerated::add);
    }

    /** What was odd, each thing once; empty as a rule. */
    synchronized String tolerated() {
        return String.join("; ", tolerated);
    }

    /** Keeps a message for the archive, within bounds. The octets must not be changed any more. */
    synchronized void say(Instant at, boolean fromPhone, String name, byte[] body) {
        int length = Math.min(body.length, LONGEST_BODY);
        if (saidLength + length <= MOST_SAID) {
            saidLength += length;
            // a copy where it is long: what is not shown must not be held
            said.add(new Said(
                    at,
                    fromPhone,
                    name,
                    body.length > LONGEST_BODY ? Arrays.copyOf(body, length) : body,
                    body.length > LONGEST_BODY));
        }
    }

    synchronized List<SessionRecord.Message> said() {
        return said.stream().map(Said::message).toList();
    }

    /** A message as it was on the wire; most sessions are archived without, so the text is made when it is asked for. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Said(Instant at, boolean fromPhone, String name, byte[] body, boolean cut) {
        SessionRecord.Message message() {
            String text = new String(body, StandardCharsets.UTF_8);
            return new SessionRecord.Message(at, fromPhone, name, cut ? text + "…" : text);
        }
    }
}
