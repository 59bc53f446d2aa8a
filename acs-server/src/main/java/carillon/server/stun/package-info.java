/** A STUN server (RFC 3489, RFC 5389) with what TR-069 Annex G adds, whose socket also sends UDP connection requests. */
package carillon.server.stun;
