/** An RPC's arguments and results in the JSON shape of the REST API. */
package carillon.rpc.arguments;
