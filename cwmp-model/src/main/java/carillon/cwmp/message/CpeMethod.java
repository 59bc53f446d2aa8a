package carillon.cwmp.message;

import java.util.Optional;

/** What a CPE may ask an ACS (TR-069 Amendment 6, A.3.3 and A.4.2), and the rest, which is answered with fault 8000. */
public enum CpeMethod {
    INFORM("Inform"),
    GET_RPC_METHODS("GetRPCMethods"),
    TRANSFER_COMPLETE("TransferComplete"),
    AUTONOMOUS_TRANSFER_COMPLETE("AutonomousTransferComplete"),
    KICKED("Kicked"),
    REQUEST_DOWNLOAD("RequestDownload"),
    DU_STATE_CHANGE_COMPLETE("DUStateChangeComplete"),
    AUTONOMOUS_DU_STATE_CHANGE_COMPLETE("AutonomousDUStateChangeComplete"),
    /** A vendor's method, or one that this server does not have. */
    UNKNOWN("");

    private final String rpcName;

    CpeMethod(String rpcName) {
        this.rpcName = rpcName;
    }

    /** The name on the wire; empty for {@link #UNKNOWN}. */
    public String rpcName() {
        return rpcName;
    }

    public static Optional<CpeMethod> of(String rpcName) {
        for (CpeMethod method : values()) {
            if (method != UNKNOWN && method.rpcName.equals(rpcName)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
