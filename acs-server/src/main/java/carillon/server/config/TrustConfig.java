package carillon.server.config;

import carillon.db.ClaimLimits;
import carillon.db.Limits;
import carillon.rpc.session.TrustMode;
import java.util.List;
import java.util.Locale;

/**
 * Who may come, and how far strangers get.
 *
 * @param mode how devices nobody knows are met
 * @param cleartextSecrets secrets may travel over plain CWMP
 * @param waitingLimit devices that wait for approval, at most
 * @param waitingPerSource how many of them one address may add within an hour
 * @param limits how much is kept of what comes by itself
 * @param lab outgoing requests may go to loopback and link-local addresses
 * @param kickedHosts where a phone's user may be sent on after a Kicked
 */
public record TrustConfig(
        TrustMode mode,
        boolean cleartextSecrets,
        int waitingLimit,
        int waitingPerSource,
        Limits limits,
        boolean lab,
        List<String> kickedHosts) {
    public TrustConfig {
        kickedHosts = List.copyOf(kickedHosts);
    }

    public static TrustConfig from(ConfigReader reader) {
        return new TrustConfig(
                reader.choice(
                        "cpe.auth",
                        TrustMode.ENROLL,
                        "How unknown devices are met: enroll lets them wait for approval, required refuses them,"
                                + " open takes everybody (a laboratory only)."),
                reader.flag(
                        "cpe.cleartext-secrets",
                        false,
                        "Whether secrets may be sent to phones over plain CWMP; the console then shows a banner."),
                reader.number(
                        "waiting.limit",
                        10_000,
                        0,
                        1_000_000,
                        "How many devices may wait for approval; beyond that unknown ones are put off."),
                reader.number(
                        "waiting.per-source",
                        600,
                        0,
                        1_000_000,
                        "How many waiting devices one address may add within an hour."),
                limits(reader),
                reader.flag(
                        "lab",
                        false,
                        "Whether requests that this server sends out may go to loopback and link-local addresses."),
                reader.list(
                        "kicked.hosts",
                        "",
                        "Host names, parted by commas, to which the browser of a phone's user may be sent on when the"
                                + " phone reports that it was kicked; nowhere else, so none by default.",
                        name -> name.toLowerCase(Locale.ROOT)));
    }

    private static Limits limits(ConfigReader reader) {
        int devices = reader.number(
                "devices.limit",
                Limits.DEFAULT.devices(),
                1,
                100_000_000,
                "How many devices may be known, approved or not; beyond that unknown ones are put off.");
        ClaimLimits claims = new ClaimLimits(
                reader.number(
                        "claims.limit",
                        ClaimLimits.DEFAULT.pending(),
                        1,
                        1_000_000,
                        "How many claims may wait for a decision; beyond that who comes without a device's"
                                + " proof is put off."),
                reader.number(
                        "claims.per-source",
                        ClaimLimits.DEFAULT.perSource(),
                        1,
                        1_000_000,
                        "How many claims one address may make within an hour."),
                reader.number(
                        "claims.per-device",
                        ClaimLimits.DEFAULT.perDevice(),
                        1,
                        100,
                        "How many claims of one device are kept; decided ones make room."),
                reader.number(
                        "claims.events",
                        ClaimLimits.DEFAULT.events(),
                        64,
                        1_000,
                        "How many events one claim keeps one by one; beyond that repeated ones are counted, and"
                                + " others are put off."));
        return new Limits(
                devices,
                claims,
                reader.number(
                        "learned.per-model",
                        Limits.DEFAULT.factsPerModel(),
                        0,
                        1_000_000,
                        "How much is remembered of what one model and software version does not know or take."),
                reader.number(
                        "learned.limit",
                        Limits.DEFAULT.facts(),
                        0,
                        100_000_000,
                        "How much of that is remembered of all models."));
    }
}
