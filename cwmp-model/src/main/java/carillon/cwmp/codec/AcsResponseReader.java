package carillon.cwmp.codec;

import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeMethod;
import java.util.Optional;

/** Reads what an ACS answers: for the phones of the simulator. */
final class AcsResponseReader {
    private AcsResponseReader() {}

    /** Empty where there is no such response. */
    static Optional<AcsResponse> read(CpeMethod method, Struct in) {
        return switch (method) {
            case INFORM ->
                Optional.of(new AcsResponse.InformResponse(
                        in.child("MaxEnvelopes").isPresent() ? in.number("MaxEnvelopes") : 1));
            case GET_RPC_METHODS ->
                Optional.of(new AcsResponse.GetRpcMethodsResponse(in.entries("MethodList", "string").stream()
                        .map(entry -> entry.text().strip())
                        .toList()));
            case TRANSFER_COMPLETE -> Optional.of(new AcsResponse.TransferCompleteResponse());
            case AUTONOMOUS_TRANSFER_COMPLETE -> Optional.of(new AcsResponse.AutonomousTransferCompleteResponse());
            case KICKED -> Optional.of(new AcsResponse.KickedResponse(in.word("NextURL")));
            case REQUEST_DOWNLOAD -> Optional.of(new AcsResponse.RequestDownloadResponse());
            case DU_STATE_CHANGE_COMPLETE -> Optional.of(new AcsResponse.DuStateChangeCompleteResponse());
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE ->
                Optional.of(new AcsResponse.AutonomousDuStateChangeCompleteResponse());
            case UNKNOWN -> Optional.empty();
        };
    }
}
