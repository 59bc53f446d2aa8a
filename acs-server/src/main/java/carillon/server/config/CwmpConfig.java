package carillon.server.config;

import carillon.rpc.session.EnginePolicy;
import carillon.rpc.session.Repeats;
import java.time.Duration;

/**
 * How sessions of phones are conducted.
 *
 * @param informInterval how often phones come by themselves
 * @param bodyLimit octets of one message
 * @param sessionLimit sessions open at one time
 * @param sessionIdle how long a phone may be silent within a session
 * @param sessionLength after this a session is ended; what is left waits for the next
 * @param sessionRpcs requests of ours in one session
 * @param answerLimit how long the store may keep a phone waiting for its answer
 * @param readNames names in one GetParameterValues
 * @param setValues values in one SetParameterValues of which a part may be set
 * @param readSlice how long one RPC of many requests may hold a session
 * @param informsPerDevice Informs that one device may send from one address within a minute
 * @param callsPerSource messages outside of sessions that one address may send within a minute
 * @param patience how long the end of a transfer is awaited
 * @param repeats RPCs that a phone refused for a passing reason
 */
public record CwmpConfig(
        Duration informInterval,
        int bodyLimit,
        int sessionLimit,
        Duration sessionIdle,
        Duration sessionLength,
        int sessionRpcs,
        Duration answerLimit,
        int readNames,
        int setValues,
        Duration readSlice,
        int informsPerDevice,
        int callsPerSource,
        EnginePolicy.Patience patience,
        Repeats repeats) {

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
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        "How long a phone may be silent before its session ends, unless it asks for longer."),
                reader.duration(
                        "cwmp.session.length",
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(2),
                        "How long one session may last; what is left then waits for the next."),
                reader.number(
                        "cwmp.session.rpcs",
                        500,
                        1,
                        100_000,
                        "How many RPCs one session may carry; what is left then waits for the next."),
                reader.duration(
                        "cwmp.answer.limit",
                        Duration.ofSeconds(20),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        "How long the store may keep a phone waiting for its answer; then it is put off with 503."),
                reader.number(
                        "cwmp.read.names",
                        50,
                        1,
                        1_000,
                        "How many names one GetParameterValues asks for at most; a phone that takes fewer is asked"
                                + " for fewer."),
                reader.number(
                        "cwmp.set.values",
                        50,
                        1,
                        1_000,
                        "How many values one SetParameterValues sets at most where a part of them may be set; those of"
                                + " one object stay together. One that is all or nothing goes out whole."),
                reader.duration(
                        "cwmp.read.slice",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "How long one RPC of many requests (a long read, a discovery) may hold a session; what is left"
                                + " then waits for the next."),
                reader.number(
                        "cwmp.informs.per-device",
                        600,
                        2,
                        100_000_000,
                        "How many Informs a device may send from one address within a minute; beyond that it is put"
                                + " off. A login takes two."),
                reader.number(
                        "cwmp.calls.per-source",
                        120_000,
                        2,
                        100_000_000,
                        "How many messages outside of sessions one address may send within a minute; beyond that it"
                                + " is put off. A whole site may stand behind one address."),
                new EnginePolicy.Patience(
                        reader.duration(
                                "transfer.timeout.firmware",
                                EnginePolicy.Patience.USUAL.firmware(),
                                Duration.ofMinutes(1),
                                Duration.ofDays(7),
                                "How long a phone may take to report what became of firmware or a software module, from"
                                        + " when it was told to begin; the RPC then ends as expired."),
                        reader.duration(
                                "transfer.timeout.file",
                                EnginePolicy.Patience.USUAL.file(),
                                Duration.ofMinutes(1),
                                Duration.ofDays(7),
                                "How long a phone may take to report what became of any other file, from when it was"
                                        + " told to begin; the RPC then ends as expired."),
                        reader.duration(
                                "transfer.timeout.version",
                                EnginePolicy.Patience.USUAL.version(),
                                Duration.ofMinutes(1),
                                Duration.ofDays(7),
                                "How long a phone that reported firmware as transferred may take to report the new"
                                        + " SoftwareVersion; the RPC then ends as failed.")),
                new Repeats(
                        reader.number(
                                "rpc.repeat.attempts",
                                Repeats.USUAL.attempts(),
                                1,
                                Repeats.MOST,
                                "How often an RPC is sent at most that a phone refuses for a reason that may pass"
                                        + " (9001, 9002, 9004, 9010, 9011, 9014 to 9020); 1 means never again."),
                        reader.duration(
                                "rpc.repeat.delay",
                                Repeats.USUAL.delay(),
                                Duration.ofMillis(100),
                                Repeats.LONGEST,
                                "How long such an RPC waits before it is sent again; each further time twice as"
                                        + " long.")));
    }
}
