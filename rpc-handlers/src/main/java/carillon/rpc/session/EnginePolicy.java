package carillon.rpc.session;

import carillon.rpc.batch.Batching;
import java.time.Duration;
import java.util.Set;

/** What the operator decides about CWMP sessions as such.
 *
 * @param trust who may open one
 * @param informInterval how often devices shall come that have no interval of their own
 * @param minSessionTimeout how long a phone may be silent where it asks for nothing else; at least 30 s (CWMP-090)
 * @param maxRpcsPerSession how many requests of ours one session may carry
 * @param maxSessionLength after this the session is ended; what is left waits for the next
 * @param cleartextSecrets whether values that are secret may travel without TLS
 * @param patience how long the end of a transfer is awaited after it should have begun
 * @param kickedHosts host names in lower case to which a phone's user may be sent on after a Kicked
 * @param batching RPCs of many requests
 * @param repeats RPCs that a phone refused for a passing reason
 */
public record EnginePolicy(
        TrustMode trust,
        Duration informInterval,
        Duration minSessionTimeout,
        int maxRpcsPerSession,
        Duration maxSessionLength,
        boolean cleartextSecrets,
        Patience patience,
        Set<String> kickedHosts,
        Batching batching,
        Repeats repeats) {
    /**
     * How long the report of an end is awaited, counted from when the phone was told to begin (CWMP-177).
     *
     * @param firmware for firmware and software modules
     * @param file for every other file
     * @param version how long the new version is awaited after the report of a firmware's transfer
     */
    public record Patience(Duration firmware, Duration file, Duration version) {
        /** An hour for firmware and for its version, a quarter of an hour for the rest. */
        public static final Patience USUAL =
                new Patience(Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(1));
    }

    /** The longest silence a phone may ask for with its SessionTimeout header (CWMP-091). */
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    /** No session times out earlier (CWMP-090). */
    public static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(30);

    public EnginePolicy {
        kickedHosts = Set.copyOf(kickedHosts);
        if (informInterval.toSeconds() < 1 || informInterval.toSeconds() > 4_294_967_295L) {
            throw new IllegalArgumentException("the inform interval " + informInterval + " is not 1 s to 4294967295 s");
        }
        if (minSessionTimeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            minSessionTimeout = SHORTEST_TIMEOUT;
        }
    }

    /** With RPCs of many requests as is sensible where nothing was set. */
    public EnginePolicy(
            TrustMode trust,
            Duration informInterval,
            Duration minSessionTimeout,
            int maxRpcsPerSession,
            Duration maxSessionLength,
            boolean cleartextSecrets,
            Patience patience,
            Set<String> kickedHosts) {
        this(
                trust,
                informInterval,
                minSessionTimeout,
                maxRpcsPerSession,
                maxSessionLength,
                cleartextSecrets,
                patience,
                kickedHosts,
                Batching.DEFAULT,
                Repeats.USUAL);
    }

    /** The same with other bounds for RPCs of many requests. */
    public EnginePolicy with(Batching other) {
        return new EnginePolicy(
                trust,
                informInterval,
                minSessionTimeout,
                maxRpcsPerSession,
                maxSessionLength,
                cleartextSecrets,
                patience,
                kickedHosts,
                other,
                repeats);
    }

    /** The same with other rules for what was refused for a passing reason. */
    public EnginePolicy with(Repeats other) {
        return new EnginePolicy(
                trust,
                informInterval,
                minSessionTimeout,
                maxRpcsPerSession,
                maxSessionLength,
                cleartextSecrets,
                patience,
                kickedHosts,
                batching,
                other);
    }

    /** What is sensible where nothing was set: hourly Informs, 500 requests and ten minutes a session. */
    public static EnginePolicy defaults(TrustMode trust) {
        return new EnginePolicy(
                trust,
                Duration.ofHours(1),
                SHORTEST_TIMEOUT,
                500,
                Duration.ofMinutes(10),
                false,
                Patience.USUAL,
                Set.of());
    }
}
