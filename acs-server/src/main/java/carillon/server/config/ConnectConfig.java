package carillon.server.config;

import java.time.Duration;
import java.util.List;

/**
 * What connection requests may do.
 *
 * @param networks where they may go beside the source of the last Inform
 * @param timeout of one request
 * @param concurrency requests under way at one time
 * @param patience how people and the protocol wait for what a request may bring about
 * @param manners what is done beyond plain HTTP with Digest
 */
public record ConnectConfig(Networks networks, Duration timeout, int concurrency, Patience patience, Manners manners) {
    /**
     * How long a phone is waited for, and how often it is tried again.
     *
     * @param contact from its consent to its Inform
     * @param retries for an RPC that still waits
     * @param retryAfter before the first of them; each further one waits four times as long
     */
    public record Patience(Duration contact, int retries, Duration retryAfter) {}

    /**
     * What is done beyond plain HTTP with Digest.
     *
     * @param https whether a ConnectionRequestURL with https is dialled; the phone's certificate is not checked
     * @param basic whether a Basic challenge is answered, which shows the password to who listens
     */
    public record Manners(boolean https, boolean basic) {}

    public static ConnectConfig from(ConfigReader reader) {
        List<Networks.Network> networks = reader.list(
                "connection-request.networks",
                "",
                "Networks (CIDR, parted by commas) that connection requests may go to, beside the source of the"
                        + " device's last Inform.",
                Networks.Network::parse);
        return new ConnectConfig(
                new Networks(networks),
                reader.duration(
                        "connection-request.timeout",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(2),
                        "How long a phone may take to answer a connection request."),
                reader.number(
                        "connection-request.concurrency",
                        32,
                        1,
                        1000,
                        "How many connection requests may be under way at one time."),
                patience(reader),
                manners(reader));
    }

    private static Patience patience(ConfigReader reader) {
        return new Patience(
                reader.duration(
                        "connection-request.contact",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10),
                        "How long a called phone may take to inform; after that the call counts as no contact."),
                reader.number(
                        "connection-request.retries",
                        2,
                        0,
                        10,
                        "How often a phone that was busy, silent or unreachable is called again for an RPC that still"
                                + " waits."),
                reader.duration(
                        "connection-request.retry-after",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofHours(1),
                        "How long the first such retry waits; each further one waits four times as long."));
    }

    private static Manners manners(ConfigReader reader) {
        return new Manners(
                reader.flag(
                        "connection-request.https",
                        false,
                        "Whether a ConnectionRequestURL with https is dialled; the certificate of the phone is not"
                                + " checked, since it names no address."),
                reader.flag(
                        "connection-request.basic",
                        false,
                        "Whether a phone that asks for Basic gets its connection-request password, which who listens"
                                + " can read."));
    }
}
