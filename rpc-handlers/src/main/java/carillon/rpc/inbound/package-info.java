/** The phone calls us: what each of its messages means and how it is answered. */
package carillon.rpc.inbound;
