package carillon.rpc.arguments;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.SecretUrls;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A phone's answer as the result of an RPC in the REST API. */
final class ResultWriter {
    /** A report of more units is cut. */
    private static final int MOST_UNITS = 64;

    private final ObjectMapper json;

    ResultWriter(ObjectMapper json) {
        this.json = json;
    }

    String write(CpeResponse response) {
        ObjectNode out = json.createObjectNode();
        switch (response.method()) {
            case GET_RPC_METHODS -> {
                ArrayNode methods = out.putArray("methods");
                ((CpeResponse.GetRpcMethodsResponse) response).methods().forEach(methods::add);
            }
            case GET_PARAMETER_NAMES -> names(out, (CpeResponse.GetParameterNamesResponse) response);
            case GET_PARAMETER_VALUES -> values(out, (CpeResponse.GetParameterValuesResponse) response);
            case GET_PARAMETER_ATTRIBUTES -> attributes(out, (CpeResponse.GetParameterAttributesResponse) response);
            case SET_PARAMETER_VALUES ->
                out.put("status", ((CpeResponse.SetParameterValuesResponse) response).status());
            case ADD_OBJECT -> {
                CpeResponse.AddObjectResponse added = (CpeResponse.AddObjectResponse) response;
                out.put("instance", added.instance()).put("status", added.status());
            }
            case DELETE_OBJECT -> out.put("status", ((CpeResponse.DeleteObjectResponse) response).status());
            case DOWNLOAD -> out.put("status", ((CpeResponse.DownloadResponse) response).status());
            case UPLOAD -> out.put("status", ((CpeResponse.UploadResponse) response).status());
            case GET_QUEUED_TRANSFERS -> queued(out, (CpeResponse.GetQueuedTransfersResponse) response);
            case GET_ALL_QUEUED_TRANSFERS -> allQueued(out, (CpeResponse.GetAllQueuedTransfersResponse) response);
            case GET_OPTIONS -> options(out, (CpeResponse.GetOptionsResponse) response);
            case SET_PARAMETER_ATTRIBUTES,
                    REBOOT,
                    FACTORY_RESET,
                    SCHEDULE_INFORM,
                    SET_VOUCHERS,
                    SCHEDULE_DOWNLOAD,
                    CANCEL_TRANSFER,
                    CHANGE_DU_STATE -> {
                // the answer says no more than that it is one
            }
        }
        return out.toString();
    }

    private static void names(ObjectNode out, CpeResponse.GetParameterNamesResponse answer) {
        ArrayNode parameters = out.putArray("parameters");
        for (ParameterInfo info : answer.parameters()) {
            parameters.addObject().put("path", info.path()).put("writable", info.writable());
        }
    }

    private static void values(ObjectNode out, CpeResponse.GetParameterValuesResponse answer) {
        ArrayNode values = out.putArray("values");
        for (ParameterValue value : answer.values()) {
            values.addObject()
                    .put("path", value.path())
                    .put("value", SecretPaths.masked(value).value())
                    .put("type", value.type().text());
        }
    }

    private static void attributes(ObjectNode out, CpeResponse.GetParameterAttributesResponse answer) {
        ArrayNode attributes = out.putArray("attributes");
        for (ParameterAttribute attribute : answer.attributes()) {
            ArrayNode accessList = attributes
                    .addObject()
                    .put("path", attribute.path())
                    .put("notification", attribute.notification())
                    .putArray("accessList");
            attribute.accessList().forEach(accessList::add);
        }
    }

    private static void queued(ObjectNode out, CpeResponse.GetQueuedTransfersResponse answer) {
        ArrayNode transfers = out.putArray("transfers");
        for (CpeResponse.QueuedTransfer transfer : answer.transfers()) {
            transfers.addObject().put("commandKey", transfer.commandKey()).put("state", transfer.state());
        }
    }

    private static void allQueued(ObjectNode out, CpeResponse.GetAllQueuedTransfersResponse answer) {
        ArrayNode transfers = out.putArray("transfers");
        for (CpeResponse.AnyQueuedTransfer transfer : answer.transfers()) {
            transfers
                    .addObject()
                    .put("commandKey", transfer.commandKey())
                    .put("state", transfer.state())
                    .put("isDownload", transfer.isDownload())
                    .put("fileType", transfer.fileType())
                    .put("fileSize", transfer.fileSize())
                    .put("targetFileName", transfer.targetFileName());
        }
    }

    private static void options(ObjectNode out, CpeResponse.GetOptionsResponse answer) {
        ArrayNode options = out.putArray("options");
        for (CpeResponse.Option option : answer.options()) {
            options.addObject()
                    .put("option", option.optionName())
                    .put("voucherSerialNumber", option.voucherSerialNumber())
                    .put("state", option.state())
                    .put("mode", option.mode())
                    .put("start", option.startDate().text())
                    .put("expiration", option.expirationDate().text())
                    .put("transferable", option.transferable());
        }
    }

    String write(List<CpeRequest.DuResult> units) {
        ObjectNode out = json.createObjectNode();
        ArrayNode list = out.putArray("units");
        units.stream().limit(MOST_UNITS).forEach(unit -> unit(list.addObject(), unit));
        return out.toString();
    }

    private static void unit(ObjectNode out, CpeRequest.DuResult unit) {
        out.put("uuid", unit.uuid())
                .put("version", unit.version())
                .put("state", unit.currentState())
                .put("resolved", unit.resolved())
                .put("unit", unit.deploymentUnitRef())
                .put("executionUnits", unit.executionUnitRefs());
        if (!unit.operationPerformed().isEmpty()) {
            out.put("operation", unit.operationPerformed());
        }
        if (unit.fault().code() != 0) {
            out.putObject("fault")
                    .put("code", unit.fault().code())
                    .put("text", SecretUrls.masked(unit.fault().text()));
        }
    }
}
