package carillon.phones;

/** What a POST of a phone is for. */
enum Step {
    /** It carries the Inform. */
    INFORM,
    /** It carries another call of the phone's own. */
    CALL,
    /** It carries nothing: the phone has nothing more to say. */
    EMPTY,
    /** It answers a request of the server. */
    ANSWER
}
