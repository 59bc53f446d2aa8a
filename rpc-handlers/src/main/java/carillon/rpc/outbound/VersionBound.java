package carillon.rpc.outbound;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.message.AcsRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a phone cannot know because its CWMP is older: it is not sent (CWMP-007; the schemas of 1.0 to 1.4). */
final class VersionBound {
    private static final Pattern VENDOR_FILE_OF_OLD = Pattern.compile("X [0-9A-F]{6} .*");
    private static final int LAST_OLD_NOTIFICATION = 2;

    private VersionBound() {}

    /** Why this request cannot go to a phone of this version, if it cannot. */
    static Optional<String> obstacle(CwmpVersion version, AcsRequest request) {
        if (request instanceof AcsRequest.SetParameterAttributes set) {
            return set.changes().stream()
                    .flatMap(change -> change.notification().stream())
                    .filter(notification -> notification > LAST_OLD_NOTIFICATION)
                    .findFirst()
                    .filter(notification -> version.compareTo(CwmpVersion.V1_4) < 0)
                    .map(notification -> "notification " + notification + " is unknown to CWMP " + version.number()
                            + ", which the phone speaks; use 0, 1 or 2");
        }
        if (request instanceof AcsRequest.Download download && version.compareTo(CwmpVersion.V1_2) < 0) {
            String type = download.fileType();
            boolean known = type.startsWith("1 ") || type.startsWith("2 ") || type.startsWith("3 ");
            return known || VENDOR_FILE_OF_OLD.matcher(type).matches()
                    ? Optional.empty()
                    : Optional.of("the file type '" + type + "' is unknown to CWMP " + version.number()
                            + ", which the phone speaks; use 1, 2, 3 or 'X OUI name'");
        }
        return Optional.empty();
    }
}
