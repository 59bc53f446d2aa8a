package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a phone waits after each failure ({@code Resync_Error_Retry_Delay}) or between resyncs
 * ({@code Resync_Periodic}): {@code 60,120,240+30}, the last again and again, {@code +n} up to so much more at random.
 *
 * @param steps none, or one of no seconds, means never
 */
public record RetryDelays(List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("(\\d{1,8})(?:\\+(\\d{1,8}))?");
    private static final int MOST = 100;

    public RetryDelays {
        steps = List.copyOf(steps);
    }

    /** One wait, in seconds, and how much may come to it at random. */
    public record Step(int seconds, int random) {}

    /** Reads a list; an empty text is none. */
    public static RetryDelays parse(String text) throws RuleSyntaxException {
        List<Step> steps = new ArrayList<>();
        if (text.isBlank()) {
            return new RetryDelays(steps);
        }
        int start = 0;
        for (String part : text.split(",", -1)) {
            Matcher step = STEP.matcher(part.strip());
            if (!step.matches()) {
                throw new RuleSyntaxException(
                        start, "expected seconds, as in 60 or 60+30; found '" + part.strip() + "'");
            }
            if (steps.size() == MOST) {
                throw new RuleSyntaxException(start, "more than " + MOST + " delays");
            }
            steps.add(new Step(
                    Integer.parseInt(step.group(1)), step.group(2) == null ? 0 : Integer.parseInt(step.group(2))));
            start += part.length() + 1;
        }
        return new RetryDelays(steps);
    }

    /**
     * Seconds until the next attempt; none means that there is none.
     *
     * @param failures how many there were, at least 1
     * @param random gives a number from 0 up to and without its argument
     */
    public OptionalInt after(int failures, IntUnaryOperator random) {
        if (steps.isEmpty()) {
            return OptionalInt.empty();
        }
        Step step = steps.get(Math.min(failures, steps.size()) - 1);
        if (step.seconds() == 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(step.seconds() + (step.random() == 0 ? 0 : random.applyAsInt(step.random() + 1)));
    }
}
