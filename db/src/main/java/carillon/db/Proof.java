package carillon.db;

/** How a caller proved to be the device it names, strongest first. */
public enum Proof {
    /** A client certificate under a trusted root that names this device. */
    CLIENT_CERTIFICATE,
    /** The device's own credentials, made by this server. */
    OWN_CREDENTIALS,
    /** An operator's approval of the device in front of them, where it has no credentials yet. */
    APPROVAL,
    /** The lab mode {@code cpe.auth=open}: anybody is taken at their word. */
    OPEN_LAB,
    /** The login that phones share before they have their own: it may wait for an approval, and no more. */
    FIRST_CONTACT,
    /** Nothing. */
    NONE
}
