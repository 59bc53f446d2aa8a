package carillon.phones;

/** A point in a session at which a phone may do something that nobody expects. */
enum Moment {
    /** Before the Inform. */
    START,
    /** The InformResponse has come. */
    ACKNOWLEDGED,
    /** A request of the server has come, and nothing was done about it. */
    ASKED,
    /** What was asked is done, and not yet answered. */
    DONE,
    /** A POST was answered. */
    POSTED,
    /** The server has ended the session with its empty answer. */
    END
}
