package carillon.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may be told what happens, and how.
 *
 * @param networks where webhooks may be; none where it is empty
 * @param authorities PEM file of the authorities that count for https; those of the Java runtime where it is empty
 * @param timeout of one message
 * @param keep how long a message is tried
 * @param queue messages that may wait for one webhook
 */
public record WebhooksConfig(
        Networks networks, Optional<Path> authorities, Duration timeout, Duration keep, int queue) {
    public static WebhooksConfig from(ConfigReader reader) {
        List<Networks.Network> networks = reader.list(
                "webhooks.networks",
                "",
                "Networks (CIDR, parted by commas) that webhooks may be in; empty for none.",
                Networks.Network::parse);
        String authorities = reader.text(
                "webhooks.ca.file",
                "",
                "PEM file of the authorities whose certificates webhooks may show; empty for those of the Java"
                        + " runtime.");
        return new WebhooksConfig(
                new Networks(networks),
                authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities)),
                reader.duration(
                        "webhooks.timeout",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        "How long a webhook may take to answer."),
                reader.duration(
                        "webhooks.keep",
                        Duration.ofHours(24),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30),
                        "How long what a webhook did not take is tried again."),
                reader.number(
                        "webhooks.queue",
                        10_000,
                        100,
                        1_000_000,
                        "How many events may wait for one webhook; the oldest are dropped, and it is told how many."));
    }
}
