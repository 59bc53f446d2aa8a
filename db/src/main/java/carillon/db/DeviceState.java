package carillon.db;

/** What the operator has decided about a device. */
public enum DeviceState {
    /** Pre-registered, never heard of. */
    ANNOUNCED,
    /** It came by itself and waits for an approval or a proof. */
    WAITING,
    /** Managed by this server. */
    APPROVED,
    /** Turned away. */
    REFUSED
}
