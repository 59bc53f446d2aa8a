/** The CWMP session: a value and a message in, a turn out. */
package carillon.rpc.engine;
