package carillon.cwmp;

import java.time.DateTimeException;
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

    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2})"
            + "(?:\\.\\d+)?\\s*(?:(Z|z)|([+-])(\\d{2}):?(\\d{2}))?");

    public static CwmpTime of(Instant instant) {
        return new CwmpTime(Instant.ofEpochSecond(instant.getEpochSecond()).toString());
    }

    /** The moment it names, in UTC where no zone was given; empty where it names none. */
    public Optional<Instant> instant() {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(m.group(1));
        if (year < 1000) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    year,
                    Integer.parseInt(m.group(2)),
                    Integer.parseInt(m.group(3)),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    Integer.parseInt(m.group(6)));
            ZoneOffset offset = ZoneOffset.UTC;
            if (m.group(8) != null) {
                int sign = m.group(8).equals("-") ? -1 : 1;
                offset = ZoneOffset.ofHoursMinutes(
                        sign * Integer.parseInt(m.group(9)), sign * Integer.parseInt(m.group(10)));
            }
            return Optional.of(local.toInstant(offset));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }
}
