/** Calls phones, so that they open a session: which way, how often, where to, and what came of it. */
package carillon.server.connect;
