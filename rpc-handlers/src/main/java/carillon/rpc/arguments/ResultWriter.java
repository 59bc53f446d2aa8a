package carillon.rpc.arguments;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import carillon.cwmp.message.CpeResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A phone's answer as the result of an RPC in the REST API. */
final class ResultWriter {
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
            case SET_PARAMETER_ATTRIBUTES,
                    REBOOT,
                    FACTORY_RESET,
                    GET_QUEUED_TRANSFERS,
                    SCHEDULE_INFORM,
                    SET_VOUCHERS,
                    GET_OPTIONS,
                    UPLOAD,
                    GET_ALL_QUEUED_TRANSFERS,
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
}
