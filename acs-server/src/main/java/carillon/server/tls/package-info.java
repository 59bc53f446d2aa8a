/** The server's own certificate authority, and the certificate that its listeners show. */
package carillon.server.tls;
