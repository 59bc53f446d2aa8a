package carillon.server.bench;

import java.util.Locale;

/**
 * One line of {@code carillon bench}: something that was measured, and the limit it is held to, measured in the same run.
 *
 * @param name what was measured
 * @param value as measured, with its unit
 * @param base what it is compared with, with its unit
 * @param ratio the one over the other
 * @param limit what the ratio must not exceed; 0 where there is none
 */
public record Finding(String name, String value, String base, double ratio, double limit) {
    private static final String COLUMNS = "%-52s %20s %22s %6s %6s %s";

    /** Whether it is within its limit. */
    public boolean good() {
        return limit == 0 || ratio <= limit;
    }

    /** The head of a table of findings. */
    public static String head() {
        return String.format(Locale.ROOT, COLUMNS, "", "measured", "against", "ratio", "limit", "");
    }

    /** A line of a table of findings. */
    public String text() {
        return String.format(
                Locale.ROOT,
                COLUMNS,
                name,
                value,
                base,
                String.format(Locale.ROOT, "%.2f", ratio),
                limit == 0 ? "" : String.format(Locale.ROOT, "%.2f", limit),
                limit == 0 ? "" : good() ? "ok" : "OVER");
    }
}
