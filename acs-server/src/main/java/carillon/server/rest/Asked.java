package carillon.server.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What requests say in their queries, as values; everything else is an {@link InvalidRequestException}. */
final class Asked {
    /** How many items a page holds unless it is said otherwise. */
    static final int PAGE = 100;

    /** How many items a page can hold. */
    static final int LARGEST_PAGE = 1000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)?");
    private static final int LONGEST_TEXT = 300;

    private Asked() {}

    static int limit(@Nullable String limit, int largest) {
        if (limit == null || limit.isEmpty()) {
            return Math.min(PAGE, largest);
        }
        try {
            int asked = Integer.parseInt(limit);
            if (asked >= 1 && asked <= largest) {
                return asked;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new InvalidRequestException("limit is '" + shown(limit) + "'; 1 to " + largest + " are allowed");
    }

    static String text(@Nullable String text, String name) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new InvalidRequestException(name + " has " + text.length() + " characters; at most " + LONGEST_TEXT);
        }
        return text == null ? "" : text;
    }

    static <E extends Enum<E>> Optional<E> choice(@Nullable String text, Class<E> type, String name) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (Shapes.lower(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return Optional.of(constant);
            }
        }
        StringBuilder allowed = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            allowed.append(allowed.length() == 0 ? "" : ", ").append(Shapes.lower(constant));
        }
        throw new InvalidRequestException(name + " is '" + shown(text) + "'; allowed: " + allowed);
    }

    static Optional<Boolean> yesOrNo(@Nullable String text, String name) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> throw new InvalidRequestException(name + " is '" + shown(text) + "'; allowed: true, false");
        };
    }

    /** How many levels below a path: {@code all} (0) or a number. */
    static int depth(@Nullable String text) {
        if (text == null || text.isEmpty() || text.equals("all")) {
            return 0;
        }
        if (text.matches("[1-9]\\d?")) {
            return Integer.parseInt(text);
        }
        throw new InvalidRequestException("depth is '" + shown(text) + "'; allowed: all, or 1 to 99");
    }

    /** {@code 30s}, {@code 500ms}, {@code 1m}, or a plain number of seconds. */
    static Duration duration(String text, String name) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException(
                    name + " is '" + shown(text) + "'; write a number with ms, s, m, h or d behind it, such as 30s");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** How long an answer may be held back; more than a minute is a minute. */
    static Duration waiting(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Duration.ZERO;
        }
        Duration asked = duration(text, "wait");
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    static Optional<Instant> time(@Nullable String text, String name) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException wrong) {
            throw new InvalidRequestException(
                    name + " is '" + shown(text) + "'; write a time such as 2026-01-31T08:00:00Z");
        }
    }

    /** What somebody sent, as an error may repeat it: short, and without control characters. */
    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
    }
}
