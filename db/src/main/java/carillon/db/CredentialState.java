package carillon.db;

/** How far the handing over of a device's own credentials has come. */
public enum CredentialState {
    /** The device has none from this server: an approved device opens a session by its approval alone. */
    NONE,
    /** Sent to the device, not yet seen in use; the generation before is good as well. */
    ISSUED,
    /** Used by the device: from now on only these open a session in its name. */
    SEEN,
    /** Used by the device; an operator wants it to have new ones, which it gets when it comes next. */
    DUE,
    /** New ones were sent in place of those in use, and not yet seen in use; both are good for a day. */
    ROTATING
}
