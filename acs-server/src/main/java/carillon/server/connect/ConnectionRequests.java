package carillon.server.connect;

import carillon.db.Database;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ConnectConfig;
import carillon.server.cwmp.OpenSessions;
import carillon.server.dial.DialRules;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.Workers;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.PhoneCaller;
import carillon.server.operator.RecentCall;
import carillon.server.stun.StunServer;
import carillon.server.xmpp.XmppLink;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls phones: not where the session is open anyway, one call at a time for each, not too often, not too many at once,
 * by the way that fits. Ask it to call whenever there is a reason; it decides whether it must.
 */
public final class ConnectionRequests implements PhoneCaller, Service {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRequests.class);
    private static final int MOST_WAITING = 1000;

    private final ConnectConfig config;
    private final Ways ways;
    private final Contacts contacts;
    private final OpenSessions sessions;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Workers workers;
    private final CallLimit limit = new CallLimit();
    private final RecentCalls recent = new RecentCalls();
    private final Map<Long, Call> underWay = new ConcurrentHashMap<>();

    private ConnectionRequests(ConnectConfig config, Ways ways, Contacts contacts, Around around) {
        this.config = config;
        this.ways = ways;
        this.contacts = contacts;
        this.sessions = around.sessions();
        this.registry = around.registry();
        this.clock = around.clock();
        this.workers = new Workers("connection-request", config.concurrency(), MOST_WAITING);
    }

    /** What calls work with, beside their settings. */
    public record Around(
            Database database,
            Roads roads,
            Credentials credentials,
            OpenSessions sessions,
            MeterRegistry registry,
            InstantSource clock) {}

    /**
     * What calls travel over, beside plain connections.
     *
     * @param stun sends datagrams
     * @param xmpp empty where that is off
     */
    public record Roads(StunServer stun, Optional<XmppLink> xmpp) {}

    /** @param lab whether loopback, link-local and own addresses may be called */
    public static ConnectionRequests assemble(ConnectConfig config, boolean lab, Around around) {
        DialRules rules = new DialRules(
                "connection-request.networks", config.networks(), lab, host -> List.of(InetAddress.getAllByName(host)));
        Contacts contacts = new Contacts();
        around.database().groupCommit().onCommitted(contacts::committed);
        HttpWay http = new HttpWay(config, rules, around.credentials(), around.clock());
        UdpWay udp = new UdpWay(around.roads().stun(), rules, around.credentials(), around.database(), around.clock());
        XmppWay xmpp = new XmppWay(around.roads().xmpp(), around.credentials(), around.database(), around.clock());
        return new ConnectionRequests(config, new Ways(http, udp, xmpp, around.database()), contacts, around);
    }

    /**
     * Why a phone is called.
     *
     * @param kind which way; empty for whichever fits
     * @param attempt 0 for the first; another way may be taken next time
     * @param shares whether a phone that has consented and not come yet need not be called once more
     */
    record Wish(Optional<Kind> kind, int attempt, boolean shares) {}

    /**
     * A call under way.
     *
     * @param answer what the phone said, or why it could not
     * @param came whether it came; completes at the same time as the answer where that is not {@code ACCEPTED}
     */
    record Call(CompletableFuture<CallResult> answer, CompletableFuture<Boolean> came) {}

    /** Requests that wait for a thread. */
    public int waiting() {
        return workers.waiting();
    }

    @Override
    public CompletableFuture<CallResult> call(Device device, Optional<Kind> kind) {
        Wish wish = new Wish(kind, 0, false);
        boolean open = sessions.ring(device.id(), () -> {
            Call unused = dial(device, wish);
        });
        return open
                ? CompletableFuture.completedFuture(CallResult.joining(kind.orElse(Kind.HTTP)))
                : dial(device, wish).answer();
    }

    @Override
    public List<RecentCall> recent(Device device) {
        return recent.of(device.key());
    }

    /** Calls a phone whose session is not open. */
    Call dial(Device device, Wish wish) {
        Call mine = new Call(new CompletableFuture<>(), contacts.expect(device.id()));
        Call one = underWay.compute(device.key(), (key, other) -> {
            boolean joins = other != null && (wish.shares() || !other.answer().isDone());
            return joins ? other : mine;
        });
        if (one.answer() != mine.answer()) {
            mine.came().complete(false);
            return one;
        }
        CompletableFuture<?> unused = mine.came().thenRun(() -> underWay.remove(device.key(), mine));
        begin(device, wish, mine);
        return mine;
    }

    private void begin(Device device, Wish wish, Call call) {
        Sent sent = new Sent(device, clock.instant(), System.nanoTime(), call);
        if (!limit.take(device.key(), clock.instant())) {
            answered(
                    sent,
                    wish.kind().orElse(Kind.HTTP),
                    Answer.forbidden("the phone was called " + CallLimit.BURST + " times within "
                            + CallLimit.PACE.multipliedBy(CallLimit.BURST).toSeconds() + " s; wait a little"));
            return;
        }
        CompletableFuture<Boolean> turn = new CompletableFuture<Boolean>()
                .completeOnTimeout(false, config.timeout().multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<?> unused = turn.thenAccept(came -> {
            if (!came) {
                answered(sent, wish.kind().orElse(Kind.HTTP), crowded());
            }
        });
        try {
            workers.execute(() -> {
                if (turn.complete(true)) {
                    ask(sent, wish);
                }
            });
        } catch (RejectedExecutionException full) {
            turn.complete(false);
        }
    }

    /** A call that has begun. */
    private record Sent(Device device, Instant at, long nanos, Call call) {
        CallResult result(Kind kind, Outcome outcome, OptionalInt status, String sentence) {
            return new CallResult(kind, outcome, status, Duration.ofNanos(System.nanoTime() - nanos), sentence);
        }
    }

    private static Answer crowded() {
        return Answer.forbidden("too many connection requests are under way; raise connection-request.concurrency, or"
                + " lower connection-request.timeout");
    }

    private void ask(Sent sent, Wish wish) {
        Device device = sent.device();
        if (device.state() != DeviceState.APPROVED) {
            answered(
                    sent,
                    wish.kind().orElse(Kind.HTTP),
                    Answer.forbidden("the device is " + device.state().name().toLowerCase(Locale.ROOT)
                            + ", and only approved ones are called; approve it first"));
            return;
        }
        Way way = ways.choose(device, wish.kind(), wish.attempt());
        Answer answer;
        try {
            answer = way.ask(device);
        } catch (RuntimeException broken) {
            LOG.error("a connection request to {} failed", device.id(), broken);
            answer = Answer.unreachable("the connection request failed; the log has more");
        }
        answered(sent, way.kind(), answer);
    }

    private void answered(Sent sent, Kind kind, Answer answer) {
        CallResult result = sent.result(kind, answer.outcome(), answer.status(), answer.sentence());
        CompletableFuture<Boolean> came = sent.call().came();
        if (answer.outcome() != Outcome.ACCEPTED) {
            ended(sent, result, RecentCall.Contact.NONE);
            came.complete(false);
            sent.call().answer().complete(result);
            return;
        }
        recent.keep(sent.device().key(), sent.at(), result, RecentCall.Contact.AWAITED);
        if (answer.said()) {
            sent.call().answer().complete(result);
        }
        came.completeOnTimeout(false, config.patience().contact().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<?> unused = came.thenAccept(yes -> {
            CallResult end = answer.said() ? result : heard(sent, kind, yes);
            ended(sent, end, yes ? RecentCall.Contact.CAME : RecentCall.Contact.NONE);
            sent.call().answer().complete(end);
        });
    }

    /** What is known of a request that nobody answers: only whether the phone came (CWMP-215). */
    private CallResult heard(Sent sent, Kind kind, boolean came) {
        return came
                ? sent.result(kind, Outcome.ACCEPTED, OptionalInt.empty(), "the phone came")
                : sent.result(
                        kind,
                        Outcome.UNREACHABLE,
                        OptionalInt.empty(),
                        "the request was sent, and the phone did not come within "
                                + config.patience().contact().toMillis() + " ms");
    }

    private void ended(Sent sent, CallResult result, RecentCall.Contact contact) {
        recent.keep(sent.device().key(), sent.at(), result, contact);
        registry.counter(
                        "carillon.connection.requests",
                        "kind",
                        result.kind().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        result.outcome().name().toLowerCase(Locale.ROOT),
                        "came",
                        String.valueOf(contact == RecentCall.Contact.CAME))
                .increment();
        if (contact == RecentCall.Contact.CAME) {
            LOG.debug("called {}, which came", sent.device().id());
        } else {
            LOG.info(
                    "a connection request to {} was in vain: {}",
                    sent.device().id(),
                    result.outcome() == Outcome.ACCEPTED ? noContact(result) : result.sentence());
        }
    }

    /** What is said of a phone that consented and did not come (CWMP-203). */
    String noContact(CallResult result) {
        return result.sentence() + ", and did not within "
                + config.patience().contact().toMillis() + " ms (no contact)";
    }

    @Override
    public String name() {
        return workers.name();
    }

    @Override
    public void start() {
        workers.start();
    }

    @Override
    public void stop() throws InterruptedException {
        workers.stop();
    }
}
