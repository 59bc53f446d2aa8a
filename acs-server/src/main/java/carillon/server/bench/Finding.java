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
    /** Whether it is within its limit. */
    public boolean good() {
        return limit == 0 || ratio <= limit;
    }

    /** For people. */
    public String text() {
        String verdict =
                limit == 0 ? "" : String.format(Locale.ROOT, ", limit %.2f: %s", limit, good() ? "ok" : "OVER");
        return String.format(Locale.ROOT, "%-52s %s against %s, ratio %.2f%s", name, value, base, ratio, verdict);
    }
}
