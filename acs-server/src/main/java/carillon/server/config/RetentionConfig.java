package carillon.server.config;

import java.time.Duration;

/** How long history is kept, and how much of it.
 *
 * @param rpcs after their end
 * @param claims after they were last seen, decided or not
 * @param waiting devices that wait for approval and do not come any more
 * @param tokens after their end
 * @param learned what firmware was held to lack; asked anew after it
 * @param mostEvents events of all devices together
 * @param mostSessions sessions of all devices together
 */
public record RetentionConfig(
        Duration events,
        Duration sessions,
        Duration rpcs,
        Duration answers,
        Duration audit,
        Duration claims,
        Duration waiting,
        Duration tokens,
        Duration learned,
        int mostEvents,
        int mostSessions) {

    public static RetentionConfig from(ConfigReader reader) {
        return new RetentionConfig(
                days(reader, "retention.events", 90, "How long events of devices are kept."),
                days(reader, "retention.sessions", 14, "How long finished sessions with their messages are kept."),
                days(reader, "retention.rpcs", 90, "How long RPCs are kept after their end."),
                days(
                        reader,
                        "retention.answers",
                        1,
                        "How long answers to writes with an Idempotency-Key are remembered."),
                days(reader, "retention.audit", 730, "How long the audit log is kept."),
                days(
                        reader,
                        "retention.claims",
                        90,
                        "How long claims are kept after they were last seen, decided or not."),
                days(
                        reader,
                        "retention.waiting",
                        30,
                        "How long devices that wait for approval are kept after they came last."),
                days(reader, "retention.tokens", 30, "How long tokens are listed after their end."),
                days(
                        reader,
                        "retention.learned",
                        90,
                        "How long it is remembered what a firmware does not know; then it is asked anew."),
                rows(
                        reader,
                        "events.limit",
                        20_000_000,
                        "How many events of all devices are kept; the oldest go first."),
                rows(
                        reader,
                        "sessions.limit",
                        5_000_000,
                        "How many finished sessions of all devices are kept; the oldest go first."));
    }

    private static int rows(ConfigReader reader, String key, int most, String meaning) {
        return reader.number(key, most, 1, 2_000_000_000, meaning);
    }

    private static Duration days(ConfigReader reader, String key, int days, String meaning) {
        return reader.duration(key, Duration.ofDays(days), Duration.ofHours(1), Duration.ofDays(3650), meaning);
    }
}
