package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.message.CpeResponse;
import java.util.List;

/** Writes what a CPE answers, element by element in the order of the schema. */
final class CpeResponseWriter {
    private CpeResponseWriter() {}

    static void write(CpeResponse response, XmlBytes out) {
        out.openMethod(response.name());
        switch (response.method()) {
            case GET_RPC_METHODS ->
                Lists.strings("MethodList", ((CpeResponse.GetRpcMethodsResponse) response).methods(), out);
            case SET_PARAMETER_VALUES ->
                out.leaf("Status", ((CpeResponse.SetParameterValuesResponse) response).status());
            case GET_PARAMETER_VALUES ->
                Lists.values(((CpeResponse.GetParameterValuesResponse) response).values(), out);
            case GET_PARAMETER_NAMES -> infos(((CpeResponse.GetParameterNamesResponse) response).parameters(), out);
            case GET_PARAMETER_ATTRIBUTES ->
                attributes(((CpeResponse.GetParameterAttributesResponse) response).attributes(), out);
            case ADD_OBJECT -> {
                CpeResponse.AddObjectResponse added = (CpeResponse.AddObjectResponse) response;
                out.leaf("InstanceNumber", added.instance());
                out.leaf("Status", added.status());
            }
            case DELETE_OBJECT -> out.leaf("Status", ((CpeResponse.DeleteObjectResponse) response).status());
            case DOWNLOAD -> {
                CpeResponse.DownloadResponse download = (CpeResponse.DownloadResponse) response;
                transfer(download.status(), download.startTime(), download.completeTime(), out);
            }
            case GET_QUEUED_TRANSFERS -> queued(((CpeResponse.GetQueuedTransfersResponse) response).transfers(), out);
            case GET_OPTIONS -> options(((CpeResponse.GetOptionsResponse) response).options(), out);
            case UPLOAD -> {
                CpeResponse.UploadResponse upload = (CpeResponse.UploadResponse) response;
                transfer(upload.status(), upload.startTime(), upload.completeTime(), out);
            }
            case GET_ALL_QUEUED_TRANSFERS ->
                allQueued(((CpeResponse.GetAllQueuedTransfersResponse) response).transfers(), out);
            case SET_PARAMETER_ATTRIBUTES,
                    REBOOT,
                    FACTORY_RESET,
                    SCHEDULE_INFORM,
                    SET_VOUCHERS,
                    SCHEDULE_DOWNLOAD,
                    CANCEL_TRANSFER,
                    CHANGE_DU_STATE -> {}
        }
        out.closeMethod(response.name());
    }

    private static void transfer(int status, CwmpTime start, CwmpTime complete, XmlBytes out) {
        out.leaf("Status", status);
        out.leaf("StartTime", start);
        out.leaf("CompleteTime", complete);
    }

    private static void infos(List<ParameterInfo> infos, XmlBytes out) {
        out.openList("ParameterList", "ParameterInfoStruct", infos.size());
        for (ParameterInfo info : infos) {
            out.open("ParameterInfoStruct");
            out.leaf("Name", info.path());
            out.leaf("Writable", info.writable());
            out.close("ParameterInfoStruct");
        }
        out.close("ParameterList");
    }

    private static void attributes(List<ParameterAttribute> attributes, XmlBytes out) {
        out.openList("ParameterList", "ParameterAttributeStruct", attributes.size());
        for (ParameterAttribute attribute : attributes) {
            out.open("ParameterAttributeStruct");
            out.leaf("Name", attribute.path());
            out.leaf("Notification", attribute.notification());
            Lists.strings("AccessList", attribute.accessList(), out);
            out.close("ParameterAttributeStruct");
        }
        out.close("ParameterList");
    }

    private static void queued(List<CpeResponse.QueuedTransfer> transfers, XmlBytes out) {
        out.openList("TransferList", "QueuedTransferStruct", transfers.size());
        for (CpeResponse.QueuedTransfer transfer : transfers) {
            out.open("QueuedTransferStruct");
            out.leaf("CommandKey", transfer.commandKey());
            out.leaf("State", transfer.state());
            out.close("QueuedTransferStruct");
        }
        out.close("TransferList");
    }

    private static void allQueued(List<CpeResponse.AnyQueuedTransfer> transfers, XmlBytes out) {
        out.openList("TransferList", "AllQueuedTransferStruct", transfers.size());
        for (CpeResponse.AnyQueuedTransfer transfer : transfers) {
            out.open("AllQueuedTransferStruct");
            out.leaf("CommandKey", transfer.commandKey());
            out.leaf("State", transfer.state());
            out.leaf("IsDownload", transfer.isDownload());
            out.leaf("FileType", transfer.fileType());
            out.leaf("FileSize", transfer.fileSize());
            out.leaf("TargetFileName", transfer.targetFileName());
            out.close("AllQueuedTransferStruct");
        }
        out.close("TransferList");
    }

    private static void options(List<CpeResponse.Option> options, XmlBytes out) {
        out.openList("OptionList", "OptionStruct", options.size());
        for (CpeResponse.Option option : options) {
            out.open("OptionStruct");
            out.leaf("OptionName", option.optionName());
            out.leaf("VoucherSN", option.voucherSerialNumber());
            out.leaf("State", option.state());
            out.leaf("Mode", option.mode());
            out.leaf("StartDate", option.startDate());
            out.optionalLeaf("ExpirationDate", option.expirationDate().text());
            out.leaf("IsTransferable", option.transferable());
            out.close("OptionStruct");
        }
        out.close("OptionList");
    }
}
