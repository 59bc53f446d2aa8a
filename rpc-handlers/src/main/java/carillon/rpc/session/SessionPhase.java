package carillon.rpc.session;

/** Whose turn it is (architecture, "A CWMP session is a value"). */
public enum SessionPhase {
    AWAITING_INFORM,
    PHONE_TURN,
    ACS_TURN,
    CLOSED
}
