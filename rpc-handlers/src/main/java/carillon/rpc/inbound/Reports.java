package carillon.rpc.inbound;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.db.Device;
import carillon.rpc.outbound.MacAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an Inform tells of its phone: the fields people search by, and the values to keep. */
final class Reports {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_URL = 256;
    private static final int LONGEST_KEY = 32;
    private static final int LONGEST_PATH = 256;
    private static final int MOST_CHANGED = 50;

    /** What every Inform holds, changed or not. */
    private static final List<String> FORCED = List.of(
            "Device.DeviceSummary",
            "InternetGatewayDevice.DeviceSummary",
            "Device.RootDataModelVersion",
            ".DeviceInfo.HardwareVersion",
            ".DeviceInfo.SoftwareVersion",
            ".DeviceInfo.SpecVersion",
            ".DeviceInfo.ProvisioningCode",
            ".ManagementServer.ConnectionRequestURL",
            ".ManagementServer.ParameterKey",
            ".ManagementServer.AliasBasedAddressing",
            ".LAN.IPAddress",
            ".ExternalIPAddress");

    private Reports() {}

    /** The report with what this Inform says; what it leaves out stays as it was (CWMP-107). */
    static Device.Reported after(Device.Reported was, Inform inform, String sourceAddress) {
        String manufacturer =
                cut(inform.manufacturer().isBlank() ? was.manufacturer() : inform.manufacturer(), LONGEST_NAME);
        String digest = digest(inform.parameters());
        String address = address(inform, sourceAddress);
        if (digest.equals(was.digest()) && manufacturer.equals(was.manufacturer()) && address.equals(was.ipAddress())) {
            return was;
        }
        return new Device.Reported(
                manufacturer,
                MacAddress.among(inform.parameters()).orElse(was.mac()),
                told(inform, ".DeviceInfo.HardwareVersion", was.hardwareVersion(), LONGEST_NAME),
                told(inform, ".DeviceInfo.SoftwareVersion", was.softwareVersion(), LONGEST_NAME),
                address,
                url(inform, was.connectionRequestUrl()),
                told(inform, ".ManagementServer.ParameterKey", was.parameterKey(), LONGEST_KEY),
                root(inform).orElse(was.rootObject()),
                digest);
    }

    /** What is still true of a device that has forgotten what it was told: what it is, and not what was set on it. */
    static Device.Reported forgotten(Device.Reported was) {
        return new Device.Reported(
                was.manufacturer(),
                was.mac(),
                was.hardwareVersion(),
                was.softwareVersion(),
                was.ipAddress(),
                was.connectionRequestUrl(),
                "",
                was.rootObject(),
                "");
    }

    /** Which parameters an Inform with {@code 4 VALUE CHANGE} reports as changed: those that need not be in it (CWMP-120). */
    static List<String> changed(Inform inform) {
        if (!inform.has(EventCode.VALUE_CHANGE)) {
            return List.of();
        }
        return values(inform).stream()
                .map(ParameterValue::path)
                .filter(path -> FORCED.stream().noneMatch(path::endsWith))
                .limit(MOST_CHANGED)
                .toList();
    }

    /** Where the results of diagnostics are, by the data model that the phone shows (TR-098, TR-104, TR-181). */
    static List<String> diagnostics(Inform inform, String root) {
        if (root.isEmpty()) {
            return List.of();
        }
        boolean newest = inform.valueOf("Device.RootDataModelVersion").isPresent();
        List<String> objects = root.equals("InternetGatewayDevice.")
                ? List.of("IPPingDiagnostics.", "TraceRouteDiagnostics.", "DownloadDiagnostics.", "UploadDiagnostics.")
                : newest
                        ? List.of(
                                "IP.Diagnostics.IPPing.",
                                "IP.Diagnostics.TraceRoute.",
                                "IP.Diagnostics.DownloadDiagnostics.",
                                "IP.Diagnostics.UploadDiagnostics.",
                                "DNS.Diagnostics.NSLookupDiagnostics.")
                        : List.of("LAN.IPPingDiagnostics.", "LAN.TraceRouteDiagnostics.");
        return objects.stream().map(root::concat).toList();
    }

    /**
     * An event for people where the ParameterKey is neither the last one that was told or given nor an RPC's id: somebody
     * else has changed the phone (CWMP-152).
     */
    static Optional<Event> strangersKey(Device before, Device.Reported now) {
        String key = now.parameterKey();
        boolean asBefore = before.presence().lastInform().isEmpty()
                || key.equals(before.reported().parameterKey())
                || CommandKeys.mayBeOurs(key);
        return asBefore ? Optional.empty() : Optional.of(new Event("ParameterKey changed by somebody else", key));
    }

    /**
     * An event for people where the device told another MAC address before: two devices may have one identity, or somebody
     * else has taken its name; neither is silently taken for the other.
     */
    static Optional<Event> otherMac(Device before, Device.Reported now) {
        String was = before.reported().mac();
        String is = now.mac();
        return was.isEmpty() || is.isEmpty() || was.equals(is)
                ? Optional.empty()
                : Optional.of(new Event("MAC changed: two devices may have one identity", was + " became " + is));
    }

    /** The values to remember: the last of each name, without what is no name, and with secrets masked. */
    static List<ParameterValue> values(Inform inform) {
        Map<String, ParameterValue> last = new LinkedHashMap<>();
        for (ParameterValue value : inform.parameters()) {
            boolean name = !value.path().isEmpty()
                    && value.path().length() <= LONGEST_PATH
                    && !value.path().startsWith(".")
                    && !value.path().endsWith(".");
            if (name) {
                last.put(value.path(), SecretPaths.masked(value));
            }
        }
        return List.copyOf(last.values());
    }

    /**
     * What to read of a phone that does not tell its MAC address in an Inform; empty where its data model is not known.
     * Device:1 and Device:2 share a root and are told apart by RootDataModelVersion (CWMP-109).
     */
    static List<String> firstLook(Inform inform) {
        return root(inform)
                .map(root -> {
                    if (root.equals("InternetGatewayDevice.")) {
                        return List.of(root + "DeviceInfo.", root + "LANDevice.1.LANEthernetInterfaceConfig.");
                    }
                    return inform.valueOf("Device.RootDataModelVersion").isPresent()
                            ? List.of(root + "DeviceInfo.", root + "Ethernet.")
                            : List.of(root + "DeviceInfo.", root + "LAN.");
                })
                .orElse(List.of());
    }

    private static Optional<String> root(Inform inform) {
        for (ParameterValue value : inform.parameters()) {
            for (String root : List.of("Device.", "InternetGatewayDevice.")) {
                if (value.path().startsWith(root)) {
                    return Optional.of(root);
                }
            }
        }
        return Optional.empty();
    }

    private static String told(Inform inform, String ending, String was, int longest) {
        return cut(inform.valueOf(ending).orElse(was), longest);
    }

    /** As it was sent: it is the current one, useful or not (CWMP-108); one that is too long cannot be dialled anyway. */
    private static String url(Inform inform, String was) {
        String url = inform.valueOf(".ManagementServer.ConnectionRequestURL").orElse(was);
        return url.length() <= LONGEST_URL ? url : "";
    }

    private static String address(Inform inform, String sourceAddress) {
        String told = inform.valueOf(".LAN.IPAddress")
                .or(() -> inform.valueOf(".ExternalIPAddress"))
                .or(() -> inform.valueOf(".IPAddress"))
                .filter(address -> !address.isBlank())
                .orElse(sourceAddress);
        return cut(told, LONGEST_NAME);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /**
     * Two values of 64 bits over names, values and types in their order: whether an Inform says what the last one said.
     * No defence against somebody who looks for collisions: he would only hide changes of his own phone.
     */
    private static String digest(List<ParameterValue> values) {
        long first = 0xcbf29ce484222325L;
        long second = 0x9e3779b97f4a7c15L;
        for (ParameterValue value : values) {
            int type = value.type().localName().length();
            first = mixed(mixed(first, value.path(), 0x100000001b3L), value.value(), 0x100000001b3L) + type;
            second = mixed(mixed(second, value.path(), 0xff51afd7ed558ccdL), value.value(), 0xff51afd7ed558ccdL) - type;
        }
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second);
    }

    private static long mixed(long start, String text, long prime) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * prime;
            hash ^= hash >>> 29;
        }
        return (hash ^ 0x1ffff) * prime;
    }
}
