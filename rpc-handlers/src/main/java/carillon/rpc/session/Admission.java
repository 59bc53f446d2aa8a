package carillon.rpc.session;

/** What a session may have. */
public enum Admission {
    /** A managed device: everything. */
    MANAGED,
    /** Nobody decided about it yet: the inform plan, nothing else. */
    WAITING,
    /** It came in a managed device's name without its proof: answers, nothing else. */
    CLAIM,
    /** Turned away by an operator: answers, nothing else. */
    REFUSED
}
