package carillon.db;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A device as it is remembered: one row.
 *
 * @param key surrogate key; 0 before it was stored
 * @param tenant the tenant it belongs to ({@code default} where there is one only)
 * @param site where it stands, may be empty
 * @param version rises with each change of the row; the guard of concurrent writers
 */
public record Device(
        long key,
        String tenant,
        String site,
        DeviceId id,
        DeviceState state,
        String label,
        Set<String> tags,
        Reported reported,
        Trust trust,
        Presence presence,
        Spoken spoken,
        long version) {
    public Device {
        tags = Set.copyOf(tags);
    }

    /**
     * What the device says of itself; hints, good for finding.
     *
     * @param mac twelve lower-case hexadecimal digits, or empty
     * @param rootObject {@code Device.} or {@code InternetGatewayDevice.}, or empty
     * @param digest over the last Inform's parameters, so that an unchanged one rewrites nothing
     */
    public record Reported(
            String manufacturer,
            String mac,
            String hardwareVersion,
            String softwareVersion,
            String ipAddress,
            String connectionRequestUrl,
            String parameterKey,
            String rootObject,
            String digest) {
        /** Nothing is known yet. */
        public static final Reported NOTHING = new Reported("", "", "", "", "", "", "", "", "");

        public Reported withParameterKey(String next) {
            return new Reported(
                    manufacturer,
                    mac,
                    hardwareVersion,
                    softwareVersion,
                    ipAddress,
                    connectionRequestUrl,
                    next,
                    rootObject,
                    digest);
        }
    }

    /**
     * What the device needs to open a session in its name.
     *
     * @param generation of the newest credentials derived for it; 0 before the first
     * @param issuedAt when that generation was sent to the device
     * @param readmit an operator has just approved it or confirmed its claim: its next session, also with
     *     {@code 0 BOOTSTRAP} and without credentials, is taken as its own
     * @param certified it has come with a client certificate that names it: an approval alone does not do any more
     */
    public record Trust(
            CredentialState credentials,
            int generation,
            Optional<Instant> issuedAt,
            boolean readmit,
            boolean certified) {
        /** No credentials, no approval. */
        public static final Trust NONE = new Trust(CredentialState.NONE, 0, Optional.empty(), false);

        /** Of a device that has shown no certificate. */
        public Trust(CredentialState credentials, int generation, Optional<Instant> issuedAt, boolean readmit) {
            this(credentials, generation, issuedAt, readmit, false);
        }

        /** The same with other credentials. */
        public Trust with(CredentialState next, int nextGeneration, Optional<Instant> since) {
            return new Trust(next, nextGeneration, since, readmit, certified);
        }

        /** The readmission is used up. */
        public Trust readmitted() {
            return new Trust(credentials, generation, issuedAt, false, certified);
        }

        /** It has shown its certificate. */
        public Trust withCertificate() {
            return new Trust(credentials, generation, issuedAt, readmit, true);
        }
    }

    /**
     * When it comes.
     *
     * @param informInterval this device's own interval, instead of the server's
     * @param informPlan what was last set on the device ({@code interval@phase}), empty where nothing was
     * @param expectedBy when it is late if it has not come
     * @param sourceAddress where its last Inform came from
     */
    public record Presence(
            Instant createdAt,
            Optional<Instant> lastInform,
            Optional<Duration> informInterval,
            String informPlan,
            Optional<Instant> expectedBy,
            boolean late,
            String sourceAddress) {}

    /**
     * What it speaks, so that nobody asks it for what it cannot know.
     *
     * @param cwmp the version of its last session; absent before the first
     * @param methods what it said that it can be asked; empty where it was not asked since it, or its firmware, was new
     */
    public record Spoken(Optional<CwmpVersion> cwmp, Set<String> methods) {
        /** It was never heard. */
        public static final Spoken NOTHING = new Spoken(Optional.empty(), Set.of());

        private static final int MOST_METHODS = 200;
        private static final int LONGEST_METHOD = 64;

        /** A list that no phone has is cut: the order is the alphabet's. */
        public Spoken {
            methods = methods.stream()
                    .filter(method -> !method.isBlank() && method.length() <= LONGEST_METHOD)
                    .filter(method -> method.indexOf('\n') < 0)
                    .sorted()
                    .limit(MOST_METHODS)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public Device withSpoken(Spoken next) {
        return new Device(key, tenant, site, id, state, label, tags, reported, trust, presence, next, version);
    }

    public Device withState(DeviceState next) {
        return new Device(key, tenant, site, id, next, label, tags, reported, trust, presence, spoken, version);
    }

    public Device withLabels(String newSite, String newLabel, Set<String> newTags) {
        return new Device(
                key, tenant, newSite, id, state, newLabel, newTags, reported, trust, presence, spoken, version);
    }

    public Device withReported(Reported next) {
        return new Device(key, tenant, site, id, state, label, tags, next, trust, presence, spoken, version);
    }

    public Device withTrust(Trust next) {
        return new Device(key, tenant, site, id, state, label, tags, reported, next, presence, spoken, version);
    }

    public Device withPresence(Presence next) {
        return new Device(key, tenant, site, id, state, label, tags, reported, trust, next, spoken, version);
    }

    /** The same row as the database now has it. */
    public Device stored(long newKey, long newVersion) {
        return new Device(newKey, tenant, site, id, state, label, tags, reported, trust, presence, spoken, newVersion);
    }
}
