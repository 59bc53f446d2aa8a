package carillon.db;

import java.time.Instant;
import java.util.Optional;

/**
 * What firmware has to be seen on the phone before its RPC has succeeded.
 *
 * @param version of DeviceInfo.SoftwareVersion; empty where the report of the transfer's end is enough
 * @param reportedAt when the phone reported the transfer as done while the version was still awaited
 */
public record AwaitedVersion(String version, Optional<Instant> reportedAt) {
    /** Nothing is awaited beside the report. */
    public static final AwaitedVersion NONE = new AwaitedVersion("", Optional.empty());

    /** How many characters of a version are kept, of the awaited one as of the reported one. */
    public static final int LONGEST = 64;

    public AwaitedVersion {
        version = version.length() > LONGEST ? version.substring(0, LONGEST) : version;
    }

    /** This version, if there is one. */
    public static AwaitedVersion of(String version) {
        return new AwaitedVersion(version, Optional.empty());
    }

    /** Whether a phone that reports this version keeps us waiting. */
    public boolean isOutstanding(String reported) {
        return !version.isEmpty() && !version.equals(reported);
    }
}
