/** The state of an open CWMP session and what a turn of it brings, as values. */
package carillon.rpc.session;
