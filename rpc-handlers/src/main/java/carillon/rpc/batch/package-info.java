/** RPCs that take many requests, as values: what is left to ask, what came, what was refused. */
package carillon.rpc.batch;
