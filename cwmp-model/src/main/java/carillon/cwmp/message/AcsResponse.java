package carillon.cwmp.message;

import java.util.List;

/** The ACS's answer to a {@link CpeRequest}; a refusal is a {@link FaultMessage}. */
public sealed interface AcsResponse extends CwmpMessage {
    /** The method this is the answer to. */
    CpeMethod method();

    @Override
    default String name() {
        return method().rpcName() + "Response";
    }

    /** Answer to Inform. */
    record InformResponse(long maxEnvelopes) implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.INFORM;
        }
    }

    /** Answer to GetRpcMethods. */
    record GetRpcMethodsResponse(List<String> methods) implements AcsResponse {
        public GetRpcMethodsResponse {
            methods = List.copyOf(methods);
        }

        @Override
        public CpeMethod method() {
            return CpeMethod.GET_RPC_METHODS;
        }
    }

    /** Answer to TransferComplete. */
    record TransferCompleteResponse() implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.TRANSFER_COMPLETE;
        }
    }

    /** Answer to AutonomousTransferComplete. */
    record AutonomousTransferCompleteResponse() implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.AUTONOMOUS_TRANSFER_COMPLETE;
        }
    }

    /** Answer to Kicked. */
    record KickedResponse(String nextUrl) implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.KICKED;
        }
    }

    /** Answer to RequestDownload. */
    record RequestDownloadResponse() implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.REQUEST_DOWNLOAD;
        }
    }

    /** Answer to DuStateChangeComplete. */
    record DuStateChangeCompleteResponse() implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.DU_STATE_CHANGE_COMPLETE;
        }
    }

    /** Answer to AutonomousDuStateChangeComplete. */
    record AutonomousDuStateChangeCompleteResponse() implements AcsResponse {
        @Override
        public CpeMethod method() {
            return CpeMethod.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE;
        }
    }
}
