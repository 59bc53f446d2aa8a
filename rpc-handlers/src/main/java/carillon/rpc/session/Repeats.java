package carillon.rpc.session;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an RPC that a phone refused for a passing reason is asked again: a few times, with a delay that grows. A fault is an
 * answer that it was not done, so nothing is done twice (CWMP-184).
 *
 * @param attempts how often one RPC is sent at most; 1 means never again
 * @param delay before it is sent a second time; each further delay is twice as long
 */
public record Repeats(int attempts, Duration delay) {
    /** Three times: after a minute, and two minutes after that. */
    public static final Repeats USUAL = new Repeats(3, Duration.ofMinutes(1));

    /** More attempts are not made, whatever was set. */
    public static final int MOST = 10;

    /** No delay grows beyond this. */
    public static final Duration LONGEST = Duration.ofDays(1);

    public Repeats {
        if (attempts < 1 || attempts > MOST || delay.isNegative()) {
            throw new IllegalArgumentException(attempts + " attempts with " + delay + " between them");
        }
    }

    /** When each attempt after the first would be made, if the one before it failed now. */
    public List<Instant> moments(Instant now) {
        List<Instant> moments = new ArrayList<>();
        Duration wait = delay;
        for (int made = 1; made < attempts; made++) {
            moments.add(now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST).truncatedTo(ChronoUnit.MILLIS));
            wait = wait.multipliedBy(2);
        }
        return moments;
    }

    /** When it is asked again after so many attempts of which the last met with this fault; empty: not by itself. */
    public Optional<Instant> next(int made, Fault fault, Instant now) {
        List<Instant> moments = mayPass(fault) ? moments(now) : List.of();
        return made >= 1 && made <= moments.size() ? Optional.of(moments.get(made - 1)) : Optional.empty();
    }

    /** Whether the very same request may meet with another answer later; unknown codes and those of vendors say nothing. */
    public static boolean mayPass(Fault fault) {
        return FaultCode.of(fault.code()).filter(FaultCode::worthRetrying).isPresent();
    }
}
