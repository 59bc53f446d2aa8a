package carillon.server.config;

import java.time.Duration;
import java.util.List;

/**
 * What a phone gets that asks for its first profile.
 *
 * @param on whether it gets anything
 * @param paths at which phones ask, with macros
 * @param profileRule where it asks from then on; empty means this server
 * @param resyncAt the time of day at which it asks again, HHmm in its own time; empty for every hour or so
 * @param resyncSpread within which the phones of a fleet do so, each at a random moment
 * @param bootSpread within which they do so after a power cut, in the phone's own units
 * @param keep how long those that do not come any more are remembered
 */
public record BootstrapConfig(
        boolean on,
        List<String> paths,
        String profileRule,
        String resyncAt,
        Duration resyncSpread,
        int bootSpread,
        Duration keep) {
    public BootstrapConfig {
        paths = List.copyOf(paths);
    }

    public static BootstrapConfig from(ConfigReader reader) {
        String resyncAt = reader.text(
                "bootstrap.resync-at",
                "0200",
                "When phones look for a new profile, HHmm in their own time (Resync_At); empty leaves them to ask every"
                        + " hour or so.");
        if (!resyncAt.isEmpty() && !resyncAt.matches("([01]\\d|2[0-3])[0-5]\\d|2400")) {
            reader.problem("bootstrap.resync-at is '" + resyncAt + "'; it must be a time as in 0200, or empty");
        }
        return new BootstrapConfig(
                reader.flag(
                        "bootstrap",
                        true,
                        "Whether factory phones that ask for a profile get the one that turns TR-069 on."),
                reader.list(
                        "bootstrap.paths",
                        "/$PSN.xml,/Cisco/$MA.cfg,/Cisco/$PN/$MA.cfg",
                        "Paths at which factory phones ask, parted by commas, with the macros $PSN, $PN, $MA, $MAU and"
                                + " $SN.",
                        BootstrapConfig::path),
                reader.text(
                        "bootstrap.profile-rule",
                        "",
                        "Profile_Rule that phones get with their first profile; empty means this server, at"
                                + " /Cisco/$MA.cfg."),
                resyncAt,
                reader.duration(
                        "bootstrap.resync-spread",
                        Duration.ofHours(3),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(65_535),
                        "Within which time from bootstrap.resync-at phones ask, each at a random moment"
                                + " (Resync_At_Random_Delay)."),
                reader.number(
                        "bootstrap.boot-spread",
                        30,
                        0,
                        65_535,
                        "How long phones wait at most, at random, before they ask after a start (Resync_Random_Delay;"
                                + " seconds, or units of 20 seconds: Cisco's guides say both)."),
                reader.duration(
                        "retention.first-contacts",
                        Duration.ofDays(30),
                        Duration.ofHours(1),
                        Duration.ofDays(3650),
                        "How long phones that asked for a profile and do not come any more are remembered."));
    }

    private static String path(String path) {
        if (!path.startsWith("/") || path.length() > 200) {
            throw new IllegalArgumentException("'" + path + "' must begin with a slash");
        }
        return path;
    }
}
