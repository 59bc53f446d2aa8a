package carillon.server.config;

import java.time.Duration;

/** How long history is kept. */
public record RetentionConfig(Duration events, Duration sessions, Duration rpcs, Duration answers) {

    public static RetentionConfig from(ConfigReader reader) {
        return new RetentionConfig(
                days(reader, "retention.events", 90, "How long events of devices are kept."),
                days(reader, "retention.sessions", 14, "How long finished sessions with their messages are kept."),
                days(reader, "retention.rpcs", 90, "How long RPCs are kept after their end."),
                days(
                        reader,
                        "retention.answers",
                        1,
                        "How long answers to writes with an Idempotency-Key are remembered."));
    }

    private static Duration days(ConfigReader reader, String key, int days, String meaning) {
        return reader.duration(key, Duration.ofDays(days), Duration.ofHours(1), Duration.ofDays(3650), meaning);
    }
}
