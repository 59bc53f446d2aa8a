package carillon.phones;

import carillon.cwmp.CwmpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What a fleet of phones is to do.
 *
 * @param acsUrl where they inform; http or https
 * @param count how many phones
 * @param concurrency how many sessions at one time
 * @param duration how long; zero means until stopped
 * @param model product class
 * @param events event codes of each phone's first Inform; empty means {@code 0 BOOTSTRAP} and {@code 1 BOOT}
 * @param username first-contact user name, empty for none
 * @param password first-contact password
 * @param bootDelay how long a restart takes
 * @param spread over what time the first Informs are spread
 * @param first number of the first phone, so that fleets can differ
 * @param version the newest version of CWMP that they know
 * @param misbehaviours what every second phone does wrong, one thing each, in turn; empty where all behave
 */
public record PhonesOptions(
        URI acsUrl,
        int count,
        int concurrency,
        Duration duration,
        String model,
        List<String> events,
        String username,
        String password,
        Duration bootDelay,
        Duration spread,
        int first,
        CwmpVersion version,
        List<Misbehaviour> misbehaviours) {
    public PhonesOptions {
        events = List.copyOf(events);
        misbehaviours = List.copyOf(misbehaviours);
        if (count < 1 || count > 100_000) {
            throw new IllegalArgumentException("count is " + count + "; it must be 1 to 100000");
        }
        if (concurrency < 1 || concurrency > 2_000) {
            throw new IllegalArgumentException("concurrency is " + concurrency + "; it must be 1 to 2000");
        }
    }

    /** Sensible values for this many phones. */
    public static PhonesOptions of(URI acsUrl, int count) {
        return new PhonesOptions(
                acsUrl,
                count,
                Math.min(64, count),
                Duration.ZERO,
                "CP-8851-3PCC",
                List.of(),
                "",
                "",
                Duration.ofSeconds(2),
                Duration.ofMillis(Math.min(10_000, count * 5L)),
                1,
                CwmpVersion.V1_2,
                List.of());
    }

    /** The same with this many sessions at one time. */
    public PhonesOptions withConcurrency(int value) {
        return new PhonesOptions(
                acsUrl,
                count,
                value,
                duration,
                model,
                events,
                username,
                password,
                bootDelay,
                spread,
                first,
                version,
                misbehaviours);
    }

    /** The same with the first Informs spread over this time. */
    public PhonesOptions withSpread(Duration value) {
        return new PhonesOptions(
                acsUrl,
                count,
                concurrency,
                duration,
                model,
                events,
                username,
                password,
                bootDelay,
                value,
                first,
                version,
                misbehaviours);
    }

    /** The same with restarts that take this long. */
    public PhonesOptions withBootDelay(Duration value) {
        return new PhonesOptions(
                acsUrl,
                count,
                concurrency,
                duration,
                model,
                events,
                username,
                password,
                value,
                spread,
                first,
                version,
                misbehaviours);
    }

    /** The same with phones that know this version of CWMP and all before it. */
    public PhonesOptions withVersion(CwmpVersion value) {
        return new PhonesOptions(
                acsUrl,
                count,
                concurrency,
                duration,
                model,
                events,
                username,
                password,
                bootDelay,
                spread,
                first,
                value,
                misbehaviours);
    }

    /** The same with every second phone doing one of these, in turn. */
    public PhonesOptions withMisbehaviours(List<Misbehaviour> value) {
        return new PhonesOptions(
                acsUrl,
                count,
                concurrency,
                duration,
                model,
                events,
                username,
                password,
                bootDelay,
                spread,
                first,
                version,
                value);
    }

    /** The same with phones whose numbers begin here. */
    public PhonesOptions withFirst(int value) {
        return new PhonesOptions(
                acsUrl,
                count,
                concurrency,
                duration,
                model,
                events,
                username,
                password,
                bootDelay,
                spread,
                value,
                version,
                misbehaviours);
    }
}
