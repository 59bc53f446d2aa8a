/** Who may talk to us as which device, and what may be told to whom. */
package carillon.rpc.enrol;
