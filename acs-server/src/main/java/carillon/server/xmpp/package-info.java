/** The connection to an XMPP server, over which phones can be called (TR-069 Annex K); off unless it is set. */
package carillon.server.xmpp;
