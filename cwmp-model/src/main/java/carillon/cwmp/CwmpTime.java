package carillon.cwmp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dateTime as a device wrote it. Reading one never fails: the raw text is kept, and {@link #instant()} is empty where
 * it says nothing (unknown time {@code 0001-01-01T00:00:00Z}, time since boot, zeros, free text). TR-106, 3.2.
 */
public record CwmpTime(String text) {
    /** The standard's way to write that a time is not known. */
    public static final CwmpTime UNKNOWN = new CwmpTime("0001-01-01T00:00:00Z");

    /** The standard's way to write that something never ends. */
    public static final CwmpTime INFINITE = new CwmpTime("9999-12-31T23:59:59Z");

    private static final LocalDateTime RESTART = LocalDateTime.of(1, 1, 1, 0, 0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})"
            + "(?:\\.\\d+)?\\s*(?:(Z|z)|([+-])(\\d{2}):?(\\d{2}))?");

    public static CwmpTime of(Instant instant) {
        return new CwmpTime(Instant.ofEpochSecond(instant.getEpochSecond()).toString());
    }

    /** Whether it is written as unknown. */
    public boolean isUnknown() {
        return text.strip().equals(UNKNOWN.text());
    }

    /** Whether it stands for no end. */
    public boolean isInfinite() {
        return instant().equals(INFINITE.instant());
    }

    /** How long after its last restart, where a device without a clock says that: a year below 1000 and no zone. */
    public Optional<Duration> sinceBoot() {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches() || m.group(7) != null || m.group(8) != null || Integer.parseInt(m.group(1)) >= 1000) {
            return Optional.empty();
        }
        return local(m).map(time -> Duration.between(RESTART, time)).filter(since -> !since.isNegative());
    }

    private static Optional<LocalDateTime> local(Matcher m) {
        try {
            return Optional.of(LocalDateTime.of(
                    Integer.parseInt(m.group(1)),
                    Integer.parseInt(m.group(2)),
                    Integer.parseInt(m.group(3)),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    Integer.parseInt(m.group(6))));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** The moment it names, in UTC where no zone was given; empty where it names none. */
    public Optional<Instant> instant() {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        Optional<LocalDateTime> local = local(m);
        if (local.isEmpty() || local.get().getYear() < 1000) {
            return Optional.empty();
        }
        try {
            ZoneOffset offset = ZoneOffset.UTC;
            if (m.group(8) != null) {
                int sign = m.group(8).equals("-") ? -1 : 1;
                offset = ZoneOffset.ofHoursMinutes(
                        sign * Integer.parseInt(m.group(9)), sign * Integer.parseInt(m.group(10)));
            }
            return Optional.of(local.get().toInstant(offset));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }
}
