package carillon.cwmp.message;

import carillon.cwmp.CwmpVersion;
import java.util.Optional;

/** What an ACS may ask a CPE (TR-069 Amendment 6, A.3.2 and A.4.1). */
public enum AcsMethod {
    GET_RPC_METHODS("GetRPCMethods", CwmpVersion.V1_0),
    SET_PARAMETER_VALUES("SetParameterValues", CwmpVersion.V1_0),
    GET_PARAMETER_VALUES("GetParameterValues", CwmpVersion.V1_0),
    GET_PARAMETER_NAMES("GetParameterNames", CwmpVersion.V1_0),
    SET_PARAMETER_ATTRIBUTES("SetParameterAttributes", CwmpVersion.V1_0),
    GET_PARAMETER_ATTRIBUTES("GetParameterAttributes", CwmpVersion.V1_0),
    ADD_OBJECT("AddObject", CwmpVersion.V1_0),
    DELETE_OBJECT("DeleteObject", CwmpVersion.V1_0),
    DOWNLOAD("Download", CwmpVersion.V1_0),
    REBOOT("Reboot", CwmpVersion.V1_0),
    FACTORY_RESET("FactoryReset", CwmpVersion.V1_0),
    GET_QUEUED_TRANSFERS("GetQueuedTransfers", CwmpVersion.V1_0),
    SCHEDULE_INFORM("ScheduleInform", CwmpVersion.V1_0),
    SET_VOUCHERS("SetVouchers", CwmpVersion.V1_0),
    GET_OPTIONS("GetOptions", CwmpVersion.V1_0),
    UPLOAD("Upload", CwmpVersion.V1_0),
    GET_ALL_QUEUED_TRANSFERS("GetAllQueuedTransfers", CwmpVersion.V1_1),
    SCHEDULE_DOWNLOAD("ScheduleDownload", CwmpVersion.V1_2),
    CANCEL_TRANSFER("CancelTransfer", CwmpVersion.V1_2),
    CHANGE_DU_STATE("ChangeDUState", CwmpVersion.V1_2);

    private final String rpcName;
    private final CwmpVersion since;

    AcsMethod(String rpcName, CwmpVersion since) {
        this.rpcName = rpcName;
        this.since = since;
    }

    /** The name on the wire and in the API. */
    public String rpcName() {
        return rpcName;
    }

    /** The first version of CWMP that has it. */
    public CwmpVersion since() {
        return since;
    }

    public static Optional<AcsMethod> of(String rpcName) {
        for (AcsMethod method : values()) {
            if (method.rpcName.equals(rpcName)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
