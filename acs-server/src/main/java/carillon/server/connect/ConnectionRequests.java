package carillon.server.connect;

import carillon.cwmp.Secret;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.rpc.enrol.Credentials;
import carillon.server.config.ConnectConfig;
import carillon.server.cwmp.OpenSessions;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.Workers;
import carillon.server.operator.CallResult;
import carillon.server.operator.CallResult.Kind;
import carillon.server.operator.CallResult.Outcome;
import carillon.server.operator.PhoneCaller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls phones: not where the session is open anyway, one call at a time for each, not too often, not too many at once,
 * and only where {@link DialRules} permit. Ask it to call whenever there is a reason; it decides whether it must.
 */
public final class ConnectionRequests implements PhoneCaller, Service {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRequests.class);
    private static final int MOST_WAITING = 1000;

    private final Duration timeout;
    private final DialRules rules;
    private final Credentials credentials;
    private final OpenSessions sessions;
    private final InstantSource clock;
    private final Workers workers;
    private final CallLimit limit = new CallLimit();
    private final Map<Long, CompletableFuture<CallResult>> underWay = new ConcurrentHashMap<>();
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    /** @param lab whether loopback, link-local and own addresses may be called */
    public ConnectionRequests(
            ConnectConfig config,
            boolean lab,
            Credentials credentials,
            OpenSessions sessions,
            MeterRegistry registry,
            InstantSource clock) {
        this.timeout = config.timeout();
        this.rules = new DialRules(config.networks(), lab, host -> List.of(InetAddress.getAllByName(host)));
        this.credentials = credentials;
        this.sessions = sessions;
        this.clock = clock;
        this.workers = new Workers("connection-request", config.concurrency(), MOST_WAITING);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    registry.counter(
                            "carillon.connection.requests",
                            "outcome",
                            outcome.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Requests that wait for a thread. */
    public int waiting() {
        return workers.waiting();
    }

    @Override
    public CompletableFuture<CallResult> call(Device device) {
        boolean open = sessions.ring(device.id(), () -> {
            CompletableFuture<?> unused = dial(device);
        });
        return open
                ? CompletableFuture.completedFuture(new CallResult(
                        Kind.HTTP,
                        Outcome.ACCEPTED,
                        OptionalInt.empty(),
                        Duration.ZERO,
                        "the phone has a session open, so it was not called"))
                : dial(device);
    }

    /** Calls a phone whose session is not open. */
    CompletableFuture<CallResult> dial(Device device) {
        long start = System.nanoTime();
        CompletableFuture<CallResult> mine = new CompletableFuture<>();
        CompletableFuture<CallResult> other = underWay.putIfAbsent(device.key(), mine);
        if (other != null) {
            return other;
        }
        CompletableFuture<CallResult> end = mine.completeOnTimeout(
                        result(Outcome.FORBIDDEN, crowded(), start),
                        timeout.multipliedBy(3).toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((result, never) -> {
                    underWay.remove(device.key(), mine);
                    ended(device, result);
                });
        if (!limit.take(device.key(), clock.instant())) {
            mine.complete(result(
                    Outcome.FORBIDDEN,
                    "the phone was called " + CallLimit.BURST + " times within "
                            + CallLimit.PACE.multipliedBy(CallLimit.BURST).toSeconds() + " s; wait a little",
                    start));
            return end;
        }
        try {
            workers.execute(() -> {
                if (!mine.isDone()) {
                    mine.complete(answer(device, start));
                }
            });
        } catch (RejectedExecutionException full) {
            mine.complete(result(Outcome.FORBIDDEN, crowded(), start));
        }
        return end;
    }

    private static String crowded() {
        return "too many connection requests are under way; raise connection-request.concurrency, or lower"
                + " connection-request.timeout";
    }

    private CallResult answer(Device device, long start) {
        try {
            return ask(device, start);
        } catch (RuntimeException broken) {
            LOG.error("a connection request to {} failed", device.id(), broken);
            return result(Outcome.UNREACHABLE, "the connection request failed; the log has more", start);
        }
    }

    private CallResult ask(Device device, long start) {
        if (device.state() != DeviceState.APPROVED) {
            return result(
                    Outcome.FORBIDDEN,
                    "the device is " + device.state().name().toLowerCase(Locale.ROOT)
                            + ", and only approved ones are called; approve it first",
                    start);
        }
        RequestUrl url;
        try {
            url = RequestUrl.parse(device.reported().connectionRequestUrl());
        } catch (IllegalArgumentException useless) {
            return result(Outcome.FORBIDDEN, String.valueOf(useless.getMessage()), start);
        }
        DialRules.Verdict verdict = rules.judge(url.host(), device.presence().sourceAddress());
        if (verdict instanceof DialRules.Verdict.Dial dial) {
            return request(device, url, dial.address(), start);
        }
        return verdict instanceof DialRules.Verdict.Forbidden forbidden
                ? result(Outcome.FORBIDDEN, forbidden.sentence(), start)
                : result(
                        Outcome.UNREACHABLE,
                        "the host '" + url.host() + "' of its ConnectionRequestURL is not known",
                        start);
    }

    private CallResult request(Device device, RequestUrl url, InetAddress address, long start) {
        try (HttpConnectionRequest request = new HttpConnectionRequest(url, address, timeout)) {
            HttpConnectionRequest.Answer answer =
                    request.send(credentials.username(device.id()), passwords(device, clock.instant()));
            return new CallResult(Kind.HTTP, answer.outcome(), answer.status(), since(start), answer.sentence());
        }
    }

    private List<Secret> passwords(Device device, Instant now) {
        return Credentials.goodGenerations(device.trust(), now).stream()
                .map(generation ->
                        credentials.password(device.id(), generation, Credentials.Purpose.CONNECTION_REQUEST))
                .toList();
    }

    private void ended(Device device, CallResult result) {
        Counter counter = counters.get(result.outcome());
        if (counter != null) {
            counter.increment();
        }
        if (result.outcome() == Outcome.ACCEPTED) {
            LOG.debug("called {}, which took {}", device.id(), result.took());
        } else {
            LOG.info("a connection request to {} was in vain: {}", device.id(), result.sentence());
        }
    }

    private static CallResult result(Outcome outcome, String sentence, long start) {
        return new CallResult(Kind.HTTP, outcome, OptionalInt.empty(), since(start), sentence);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
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
