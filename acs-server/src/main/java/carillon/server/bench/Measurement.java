package carillon.server.bench;

import java.util.Locale;

/**
 * A number beside what it is held to.
 *
 * @param unit of value and baseline
 * @param baseline what the value is divided by: the same work done barely, in the same run; or an absolute limit
 * @param limit the highest ratio that is good enough
 */
public record Measurement(String name, double value, String unit, double baseline, double limit) {
    public Measurement {
        if (!(baseline > 0)) {
            throw new IllegalArgumentException(
                    "the baseline of " + name + " is " + baseline + ", which measures nothing");
        }
    }

    /** A number that must not exceed another of the same unit. */
    public static Measurement atMost(String name, double value, String unit, double most) {
        return new Measurement(name, value, unit, most, 1);
    }

    /** How many times the baseline it is. */
    public double ratio() {
        return value / baseline;
    }

    /** Whether it is good enough. */
    public boolean isWithinLimit() {
        return ratio() <= limit;
    }

    /** As one line of the report. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-48s %12.2f %-8s baseline %12.2f   ratio %6.2f   limit %6.2f   %s",
                name,
                value,
                unit,
                baseline,
                ratio(),
                limit,
                isWithinLimit() ? "ok" : "OVER");
    }
}
