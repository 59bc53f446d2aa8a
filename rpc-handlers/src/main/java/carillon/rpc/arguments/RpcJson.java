package carillon.rpc.arguments;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;

/** An RPC's arguments and results in the JSON shape of the REST API, both ways. */
public final class RpcJson {
    /**
     * The request that these arguments mean.
     *
     * @param rpcId the RPC's id: its CommandKey, and its ParameterKey where none was given
     * @throws IllegalArgumentException with a sentence that names the field, its value and what is allowed
     */
    public AcsRequest request(AcsMethod method, String arguments, String rpcId) {
        throw new UnsupportedOperationException("contract");
    }

    /** The result as JSON. */
    public String result(CpeResponse response) {
        throw new UnsupportedOperationException("contract");
    }

    /** The same arguments with secret values (passwords) shown as {@code ***}. */
    public String masked(AcsMethod method, String arguments) {
        throw new UnsupportedOperationException("contract");
    }
}
