package carillon.server.config;

import java.time.Duration;
import java.util.List;

/**
 * What connection requests may do.
 *
 * @param networks where they may go beside the source of the last Inform
 * @param timeout of one request
 * @param concurrency requests under way at one time
 */
public record ConnectConfig(Networks networks, Duration timeout, int concurrency) {

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
                        "How many connection requests may be under way at one time."));
    }
}
