package carillon.server.config;

import carillon.server.config.ListenersConfig.Door;
import java.time.Duration;

/**
 * The STUN server, and what phones are told about it.
 *
 * @param door where it listens
 * @param perSource requests of one address that are answered within a second
 * @param plan whether phones are told to use it
 * @param keepAlive how often they show themselves, so that their NAT does not forget them
 */
public record StunConfig(Door door, int perSource, boolean plan, Duration keepAlive) {
    public static StunConfig from(ConfigReader reader) {
        return new StunConfig(
                new Door(
                        "stun",
                        "stun.port",
                        reader.text(
                                "stun.host",
                                ListenersConfig.ALL_ADDRESSES,
                                "Address of the STUN server; * means all addresses. Name one where the machine has"
                                        + " several: UDP connection requests must leave from the one that phones use."),
                        reader.number(
                                "stun.port",
                                3478,
                                -1,
                                65_535,
                                "UDP port of the STUN server, from which UDP connection requests are sent; 0 means any"
                                        + " free port, -1 turns both off.")),
                reader.number(
                        "stun.per-source",
                        200,
                        1,
                        100_000,
                        "How many STUN requests of one address are answered within a second."),
                reader.flag(
                        "stun.plan",
                        false,
                        "Whether approved phones are told to use this STUN server (STUNEnable and its neighbours), and"
                                + " to report what they learn from it."),
                reader.duration(
                        "stun.keep-alive",
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "How often phones with the STUN plan show themselves, so that their NAT does not forget"
                                + " them."));
    }
}
