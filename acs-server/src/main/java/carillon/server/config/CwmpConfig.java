package carillon.server.config;

import java.time.Duration;

/**
 * How sessions of phones are conducted.
 *
 * @param informInterval how often phones come by themselves
 * @param bodyLimit octets of one message
 * @param sessionLimit sessions open at one time
 * @param sessionIdle how long a phone may be silent within a session
 * @param turnLimit messages of one session
 */
public record CwmpConfig(
        Duration informInterval, int bodyLimit, int sessionLimit, Duration sessionIdle, int turnLimit) {

    public static CwmpConfig from(ConfigReader reader) {
        return new CwmpConfig(
                reader.duration(
                        "inform.interval",
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        Duration.ofDays(30),
                        "How often phones shall come by themselves; a device can have its own."),
                reader.number(
                        "cwmp.body.limit",
                        16 * 1024 * 1024,
                        64 * 1024,
                        256 * 1024 * 1024,
                        "Octets of one message of a phone; more is answered with 413."),
                reader.number("cwmp.session.limit", 20_000, 1, 1_000_000, "How many sessions may be open at one time."),
                reader.duration(
                        "cwmp.session.idle",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "How long a phone may be silent before its session ends."),
                reader.number(
                        "cwmp.session.messages",
                        1000,
                        10,
                        1_000_000,
                        "How many messages one session may have before it is closed."));
    }
}
