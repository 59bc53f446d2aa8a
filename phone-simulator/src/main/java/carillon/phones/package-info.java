/** A TR-069 phone, and ten thousand of them. Knows the server's side of the wire only through the protocol. */
package carillon.phones;
