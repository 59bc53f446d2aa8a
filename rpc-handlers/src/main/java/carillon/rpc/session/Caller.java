package carillon.rpc.session;

import carillon.db.Proof;

/** Who sent the message, as far as HTTP and TLS know.
 *
 * @param sourceAddress of the peer, or of the client a trusted proxy names
 * @param tls whether the road is TLS
 * @param proof how it proved to be the device that its Inform names
 * @param generation of the credentials it used, where the proof is {@link Proof#OWN_CREDENTIALS}; else 0
 */
public record Caller(String sourceAddress, boolean tls, Proof proof, int generation) {
    /** A caller that used no credentials of its own. */
    public Caller(String sourceAddress, boolean tls, Proof proof) {
        this(sourceAddress, tls, proof, 0);
    }
}
