package carillon.cwmp.codec;

import carillon.cwmp.Event;
import carillon.cwmp.message.CpeRequest;
import java.util.List;

/** Writes what a CPE asks or tells, element by element in the order of the schema. */
final class CpeRequestWriter {
    private CpeRequestWriter() {}

    static void write(CpeRequest request, XmlBytes out) {
        if (request instanceof CpeRequest.Unknown unknown && !StyleSeen.isPlainName(unknown.name())) {
            throw new IllegalArgumentException("'" + unknown.name() + "' cannot be the name of a method's element");
        }
        out.openMethod(request.name());
        switch (request.method()) {
            case INFORM -> inform((CpeRequest.Inform) request, out);
            case GET_RPC_METHODS, UNKNOWN -> {}
            case TRANSFER_COMPLETE -> {
                CpeRequest.TransferComplete transfer = (CpeRequest.TransferComplete) request;
                out.leaf("CommandKey", transfer.commandKey());
                FaultWriter.struct("FaultStruct", transfer.fault(), out);
                out.leaf("StartTime", transfer.startTime());
                out.leaf("CompleteTime", transfer.completeTime());
            }
            case AUTONOMOUS_TRANSFER_COMPLETE -> autonomous((CpeRequest.AutonomousTransferComplete) request, out);
            case KICKED -> {
                CpeRequest.Kicked kicked = (CpeRequest.Kicked) request;
                out.leaf("Command", kicked.command());
                out.leaf("Referer", kicked.referer());
                out.leaf("Arg", kicked.arg());
                out.leaf("Next", kicked.next());
            }
            case REQUEST_DOWNLOAD -> requestDownload((CpeRequest.RequestDownload) request, out);
            case DU_STATE_CHANGE_COMPLETE -> {
                CpeRequest.DuStateChangeComplete complete = (CpeRequest.DuStateChangeComplete) request;
                results(complete.results(), false, out);
                out.optionalLeaf("CommandKey", complete.commandKey());
            }
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE ->
                results(((CpeRequest.AutonomousDuStateChangeComplete) request).results(), true, out);
        }
        out.closeMethod(request.name());
    }

    private static void inform(CpeRequest.Inform inform, XmlBytes out) {
        out.open("DeviceId");
        out.leaf("Manufacturer", inform.manufacturer());
        out.leaf("OUI", inform.device().oui());
        out.leaf("ProductClass", inform.device().productClass());
        out.leaf("SerialNumber", inform.device().serial());
        out.close("DeviceId");
        out.openList("Event", "EventStruct", inform.events().size());
        for (Event event : inform.events()) {
            out.open("EventStruct");
            out.leaf("EventCode", event.code());
            out.leaf("CommandKey", event.commandKey());
            out.close("EventStruct");
        }
        out.close("Event");
        out.leaf("MaxEnvelopes", inform.maxEnvelopes());
        out.leaf("CurrentTime", inform.currentTime());
        out.leaf("RetryCount", inform.retryCount());
        Lists.values(inform.parameters(), out);
    }

    private static void autonomous(CpeRequest.AutonomousTransferComplete transfer, XmlBytes out) {
        out.leaf("AnnounceURL", transfer.announceUrl());
        out.leaf("TransferURL", transfer.transferUrl());
        out.leaf("IsDownload", transfer.isDownload());
        out.leaf("FileType", transfer.fileType());
        out.leaf("FileSize", transfer.fileSize());
        out.leaf("TargetFileName", transfer.targetFileName());
        FaultWriter.struct("FaultStruct", transfer.fault(), out);
        out.leaf("StartTime", transfer.startTime());
        out.leaf("CompleteTime", transfer.completeTime());
    }

    private static void requestDownload(CpeRequest.RequestDownload request, XmlBytes out) {
        out.leaf("FileType", request.fileType());
        out.openList("FileTypeArg", "ArgStruct", request.arguments().size());
        for (CpeRequest.Argument argument : request.arguments()) {
            out.open("ArgStruct");
            out.leaf("Name", argument.name());
            out.leaf("Value", argument.value());
            out.close("ArgStruct");
        }
        out.close("FileTypeArg");
    }

    private static void results(List<CpeRequest.DuResult> results, boolean autonomous, XmlBytes out) {
        for (CpeRequest.DuResult result : results) {
            out.open("Results");
            out.leaf("UUID", result.uuid());
            out.leaf("DeploymentUnitRef", result.deploymentUnitRef());
            out.leaf("Version", result.version());
            out.leaf("CurrentState", result.currentState());
            out.leaf("Resolved", result.resolved());
            out.leaf("ExecutionUnitRefList", result.executionUnitRefs());
            out.leaf("StartTime", result.startTime());
            out.leaf("CompleteTime", result.completeTime());
            FaultWriter.struct("Fault", result.fault(), out);
            if (autonomous) {
                out.leaf("OperationPerformed", result.operationPerformed());
            }
            out.close("Results");
        }
    }
}
