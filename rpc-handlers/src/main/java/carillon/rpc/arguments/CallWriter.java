package carillon.rpc.arguments;

import carillon.cwmp.Fault;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.CpeRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a phone told by a call of its own, as the details of an event in the REST API; every text is cut. */
final class CallWriter {
    private static final int LONGEST_TEXT = 256;
    private static final int MOST_ENTRIES = 8;

    private final ObjectMapper json;

    CallWriter(ObjectMapper json) {
        this.json = json;
    }

    String write(CpeRequest call) {
        ObjectNode out = json.createObjectNode();
        switch (call.method()) {
            case TRANSFER_COMPLETE -> {
                CpeRequest.TransferComplete told = (CpeRequest.TransferComplete) call;
                fault(out, told.fault());
                put(out, "start", told.startTime().text());
                put(out, "complete", told.completeTime().text());
            }
            case AUTONOMOUS_TRANSFER_COMPLETE -> transfer(out, (CpeRequest.AutonomousTransferComplete) call);
            case KICKED -> {
                CpeRequest.Kicked told = (CpeRequest.Kicked) call;
                put(out, "command", told.command());
                put(out, "referer", told.referer());
                put(out, "arg", told.arg());
                put(out, "next", told.next());
            }
            case REQUEST_DOWNLOAD -> wish(out, (CpeRequest.RequestDownload) call);
            case DU_STATE_CHANGE_COMPLETE -> units(out, ((CpeRequest.DuStateChangeComplete) call).results());
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE ->
                units(out, ((CpeRequest.AutonomousDuStateChangeComplete) call).results());
            case INFORM, GET_RPC_METHODS, UNKNOWN -> {
                // its name says all that is kept
            }
        }
        return out.isEmpty() ? "" : out.toString();
    }

    private static void transfer(ObjectNode out, CpeRequest.AutonomousTransferComplete told) {
        put(out, "announceUrl", told.announceUrl());
        put(out, "transferUrl", told.transferUrl());
        out.put("isDownload", told.isDownload());
        put(out, "fileType", told.fileType());
        out.put("fileSize", told.fileSize());
        put(out, "targetFileName", told.targetFileName());
        fault(out, told.fault());
        put(out, "start", told.startTime().text());
        put(out, "complete", told.completeTime().text());
    }

    private static void wish(ObjectNode out, CpeRequest.RequestDownload told) {
        put(out, "fileType", told.fileType());
        ArrayNode arguments = out.putArray("arguments");
        told.arguments().stream().limit(MOST_ENTRIES).forEach(argument -> {
            boolean secret =
                    SecretPaths.isSecret(argument.name()) && !argument.value().isEmpty();
            ObjectNode entry = arguments.addObject();
            put(entry, "name", argument.name());
            put(entry, "value", secret ? SecretPaths.MASK : argument.value());
        });
    }

    private static void units(ObjectNode out, Iterable<CpeRequest.DuResult> results) {
        ArrayNode units = out.putArray("units");
        for (CpeRequest.DuResult result : results) {
            if (units.size() == MOST_ENTRIES) {
                return;
            }
            ObjectNode unit = units.addObject();
            put(unit, "uuid", result.uuid());
            put(unit, "version", result.version());
            put(unit, "state", result.currentState());
            put(unit, "operation", result.operationPerformed());
            fault(unit, result.fault());
        }
    }

    private static void fault(ObjectNode out, Fault fault) {
        if (fault.code() != 0) {
            put(out.putObject("fault").put("code", fault.code()), "text", fault.text());
        }
    }

    private static void put(ObjectNode out, String name, String text) {
        if (!text.isEmpty()) {
            String shown = SecretUrls.masked(text);
            out.put(name, shown.length() <= LONGEST_TEXT ? shown : shown.substring(0, LONGEST_TEXT) + "…");
        }
    }
}
