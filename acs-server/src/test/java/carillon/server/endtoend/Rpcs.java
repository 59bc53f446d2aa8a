package carillon.server.endtoend;

import carillon.cwmp.message.AcsMethod;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The eleven RPCs, each with arguments that a phone can answer. */
final class Rpcs {
    static final Map<AcsMethod, String> ARGUMENTS = new EnumMap<>(AcsMethod.class);
    static final Set<AcsMethod> INTERRUPTING =
            EnumSet.of(AcsMethod.REBOOT, AcsMethod.FACTORY_RESET, AcsMethod.DOWNLOAD);

    private static final String LINE = "Device.Services.VoiceService.1.VoiceProfile.1.Line.";

    static {
        ARGUMENTS.put(AcsMethod.GET_RPC_METHODS, "{}");
        ARGUMENTS.put(AcsMethod.GET_PARAMETER_NAMES, "{\"path\":\"Device.\",\"nextLevel\":true}");
        ARGUMENTS.put(AcsMethod.GET_PARAMETER_VALUES, "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}");
        ARGUMENTS.put(
                AcsMethod.SET_PARAMETER_VALUES,
                "{\"values\":[{\"path\":\"Device.ManagementServer.PeriodicInformEnable\",\"value\":\"1\","
                        + "\"type\":\"xsd:boolean\"}]}");
        ARGUMENTS.put(AcsMethod.GET_PARAMETER_ATTRIBUTES, "{\"paths\":[\"Device.DeviceInfo.SoftwareVersion\"]}");
        ARGUMENTS.put(
                AcsMethod.SET_PARAMETER_ATTRIBUTES,
                "{\"attributes\":[{\"path\":\"Device.DeviceInfo.SoftwareVersion\",\"notification\":2}]}");
        ARGUMENTS.put(AcsMethod.ADD_OBJECT, "{\"object\":\"" + LINE + "\"}");
        ARGUMENTS.put(AcsMethod.DELETE_OBJECT, "{\"object\":\"" + LINE + "2.\"}");
        ARGUMENTS.put(AcsMethod.REBOOT, "{}");
        ARGUMENTS.put(AcsMethod.FACTORY_RESET, "{}");
        ARGUMENTS.put(
                AcsMethod.DOWNLOAD,
                "{\"fileType\":\"3 Vendor Configuration File\",\"url\":\"http://127.0.0.1:1/profile.xml\"}");
    }

    private Rpcs() {}
}
