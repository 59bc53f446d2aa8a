package carillon.server.console;

import carillon.server.operator.ActionRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads what people type; throws {@link ActionRefused} with a sentence that names the field. */
final class Typed {
    private Typed() {}

    static long number(String field, String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0 && number < 1L << 40) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // said below
        }
        throw ActionRefused.invalid(field + " is '" + cut(text) + "'; it must be a number, zero or more");
    }

    /** A moment as a browser's form writes it, in UTC; empty for an empty text. */
    static Optional<Instant> moment(String field, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException wrong) {
            throw ActionRefused.invalid(field + " is '" + cut(text) + "'; write it like 2026-01-31T08:30 (UTC)");
        }
    }

    /** A length of time like {@code P7D}; empty for an empty text. */
    static Optional<Duration> length(String field, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text.strip()));
        } catch (DateTimeParseException wrong) {
            throw ActionRefused.invalid(field + " is '" + cut(text) + "'; write it like P7D or PT1H");
        }
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
