package carillon.rpc.arguments;

/**
 * How this server's files travel where an RPC says nothing else.
 *
 * @param login whether a phone has to log in where it fetches or leaves a file, with a user name and password that are
 *     told to it with the address
 * @param awaitVersion whether firmware of a known version has succeeded only once the phone reports that version
 */
public record TransferHabits(boolean login, boolean awaitVersion) {
    /** What is sensible where nothing was set: the address is secret enough, and what a phone runs is what counts. */
    public static final TransferHabits USUAL = new TransferHabits(false, true);
}
