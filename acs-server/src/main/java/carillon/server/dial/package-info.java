/** Where this server may call by itself. */
package carillon.server.dial;
