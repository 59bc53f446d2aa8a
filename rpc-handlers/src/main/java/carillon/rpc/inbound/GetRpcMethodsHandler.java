package carillon.rpc.inbound;

import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeMethod;
import java.util.Arrays;
import java.util.List;

/** Which methods this server answers: exactly those that are not answered with "method not supported" (A.3.1.1). */
final class GetRpcMethodsHandler {
    private static final List<String> METHODS = Arrays.stream(CpeMethod.values())
            .filter(method -> method != CpeMethod.UNKNOWN)
            .map(CpeMethod::rpcName)
            .toList();

    AcsResponse.GetRpcMethodsResponse answer() {
        return new AcsResponse.GetRpcMethodsResponse(METHODS);
    }
}
