package carillon.rpc.batch;

/**
 * How an RPC is carried out, beside what is asked of the phone.
 *
 * @param force also ask what is known to be refused by this model and firmware
 * @param partial values that the phone refuses are left out, and the others set
 * @param verify values that were set are read back
 * @param discover the tree is walked and read, rather than one listing asked for
 * @param depth how many levels a walk goes down; 0 means all
 */
public record Options(boolean force, boolean partial, boolean verify, boolean discover, int depth) {
    /** One request, nothing special. */
    public static final Options NONE = new Options(false, false, false, false, 0);
}
