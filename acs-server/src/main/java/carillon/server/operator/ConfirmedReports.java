package carillon.server.operator;

import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.db.ClaimEvent;
import carillon.db.RpcState;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** What a report means that was told in a claim which a person has confirmed, for the RPC that it names. */
final class ConfirmedReports {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfirmedReports() {}

    /** How the RPC ended. */
    record End(RpcState state, Optional<String> result, Optional<Fault> fault) {}

    /** Only of reports that name their RPC and say how it ended. */
    static Optional<End> endOf(ClaimEvent told) {
        if (told.event().commandKey().isEmpty()) {
            return Optional.empty();
        }
        if (told.event().is(EventCode.M_REBOOT) || told.event().is(EventCode.M_SCHEDULE_INFORM)) {
            return Optional.of(new End(RpcState.SUCCEEDED, Optional.of("{}"), Optional.empty()));
        }
        return told.event().code().equals("TransferComplete") ? transferred(told.details()) : Optional.empty();
    }

    private static Optional<End> transferred(String details) {
        JsonNode fault;
        try {
            fault = JSON.readTree(details).path("fault");
        } catch (JsonProcessingException cut) {
            return Optional.empty();
        }
        return Optional.of(
                fault.isMissingNode()
                        ? new End(RpcState.SUCCEEDED, Optional.of("{\"status\":0}"), Optional.empty())
                        : new End(
                                RpcState.FAILED,
                                Optional.empty(),
                                Optional.of(new Fault(
                                        fault.path("code").asInt(),
                                        fault.path("text").asText(),
                                        List.of()))));
    }
}
