/** We call the phone: what to ask it next, and what its answers and faults mean. */
package carillon.rpc.outbound;
