package carillon.rpc.session;

import carillon.db.Proof;

/** Who sent the message, as far as HTTP and TLS know.
 *
 * @param sourceAddress of the peer, or of the client a trusted proxy names
 * @param tls whether the road is TLS
 * @param proof how it proved to be the device that its Inform names
 */
public record Caller(String sourceAddress, boolean tls, Proof proof) {}
