package carillon.rpc.outbound;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a phone cannot be asked for: its CWMP is older (CWMP-007; the schemas of 1.0 to 1.4), or it said so (CWMP-137). */
public final class Capabilities {
    private static final Pattern VENDOR_FILE_OF_OLD = Pattern.compile("X [0-9A-F]{6} .*");
    private static final Pattern DOWNLOAD_OF_OLD = Pattern.compile("[123] .*");
    private static final Pattern UPLOAD_OF_OLD = Pattern.compile("[12] .*");
    private static final Set<AcsMethod> REQUIRED = EnumSet.of(
            AcsMethod.GET_RPC_METHODS,
            AcsMethod.SET_PARAMETER_VALUES,
            AcsMethod.GET_PARAMETER_VALUES,
            AcsMethod.GET_PARAMETER_NAMES,
            AcsMethod.SET_PARAMETER_ATTRIBUTES,
            AcsMethod.GET_PARAMETER_ATTRIBUTES,
            AcsMethod.ADD_OBJECT,
            AcsMethod.DELETE_OBJECT,
            AcsMethod.REBOOT);
    private static final int LAST_OLD_NOTIFICATION = 2;

    private Capabilities() {}

    /**
     * Why this request cannot go to a phone of this version, if it cannot.
     *
     * @param methods what the phone itself said that it can be asked; it may be asked that, whatever its version
     */
    public static Optional<String> unknownTo(CwmpVersion version, Collection<String> methods, AcsRequest request) {
        if (version.compareTo(request.method().since()) < 0 && !methods.contains(request.name())) {
            return Optional.of("the method " + request.name() + " came with CWMP "
                    + request.method().since().number() + ", and the phone speaks CWMP " + version.number()
                    + "; where the phone has it all the same, ask its GetRPCMethods first");
        }
        if (request instanceof AcsRequest.SetParameterAttributes set) {
            return notification(version, set);
        }
        if (request instanceof AcsRequest.Download download) {
            return fileType(version, download.fileType(), DOWNLOAD_OF_OLD, "1, 2, 3");
        }
        if (request instanceof AcsRequest.ScheduleDownload download) {
            return fileType(version, download.fileType(), DOWNLOAD_OF_OLD, "1, 2, 3");
        }
        return request instanceof AcsRequest.Upload upload
                ? fileType(version, upload.fileType(), UPLOAD_OF_OLD, "1, 2")
                : Optional.empty();
    }

    /**
     * Why this method is not asked of a phone that told which ones it has; nobody knows of a phone that told nothing, and
     * what every phone must have may be asked of each (Amendment 6, table 4).
     */
    public static Optional<String> unlisted(Collection<String> methods, AcsMethod method) {
        return methods.isEmpty() || REQUIRED.contains(method) || methods.contains(method.rpcName())
                ? Optional.empty()
                : Optional.of(
                        "the method " + method.rpcName() + " is not among those that the phone named in its answer"
                                + " to GetRPCMethods; ask that again where it has it by now");
    }

    private static Optional<String> notification(CwmpVersion version, AcsRequest.SetParameterAttributes set) {
        return set.changes().stream()
                .flatMap(change -> change.notification().stream())
                .filter(notification -> notification > LAST_OLD_NOTIFICATION)
                .findFirst()
                .filter(notification -> version.compareTo(CwmpVersion.V1_4) < 0)
                .map(notification -> "notification " + notification + " is unknown to CWMP " + version.number()
                        + ", which the phone speaks; use 0, 1 or 2");
    }

    private static Optional<String> fileType(CwmpVersion version, String type, Pattern known, String allowed) {
        boolean ofOld = known.matcher(type).matches()
                || VENDOR_FILE_OF_OLD.matcher(type).matches();
        CwmpVersion since = type.startsWith("6 ") ? CwmpVersion.V1_4 : CwmpVersion.V1_2;
        return ofOld || version.compareTo(since) >= 0
                ? Optional.empty()
                : Optional.of("the file type '" + type + "' is unknown to CWMP " + version.number()
                        + ", which the phone speaks; use " + allowed + " or 'X OUI name'");
    }
}
