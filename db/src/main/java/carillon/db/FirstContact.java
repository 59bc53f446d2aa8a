package carillon.db;

import java.time.Instant;
import java.util.Optional;

/**
 * A phone that asked for a profile. Everything about it is what it says itself: hints, good for finding.
 *
 * @param id 26 characters of Crockford base32
 * @param said what it says of itself
 * @param visits how often it was written down, not how often it came
 * @param device the device with this MAC address, else with this serial number, as the API names it, where one came by CWMP
 */
public record FirstContact(
        String id,
        String tenant,
        String site,
        Said said,
        long visits,
        Instant firstAt,
        Instant lastAt,
        Optional<String> device) {
    /**
     * What a phone says of itself.
     *
     * @param mac twelve lower-case hexadecimal digits, or empty
     * @param source its address
     * @param road by which it came
     * @param path that it asked for
     * @param description the body of its POST, or empty
     */
    public record Said(
            String mac,
            String serial,
            String model,
            String version,
            String source,
            String road,
            String path,
            String description) {
        /** What one phone has in common with itself: its MAC address, else its model and address. */
        public String identity() {
            return mac.isEmpty() ? model + "@" + source : mac;
        }
    }

    /** How many there may be. */
    public record Limits(int all, int perSourceAndHour) {}
}
