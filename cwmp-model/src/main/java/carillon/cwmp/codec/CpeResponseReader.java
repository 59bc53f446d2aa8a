package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeResponse;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Reads what a CPE answers. */
final class CpeResponseReader {
    private CpeResponseReader() {}

    /** The cursor stands on the response's element. */
    static CpeResponse read(AcsMethod method, XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        return switch (method) {
            case GET_PARAMETER_VALUES -> values(in);
            case GET_PARAMETER_NAMES -> names(in);
            case GET_PARAMETER_ATTRIBUTES -> attributes(in);
            default -> small(method, in.struct());
        };
    }

    private static CpeResponse small(AcsMethod method, Struct in) {
        return switch (method) {
            case GET_RPC_METHODS ->
                new CpeResponse.GetRpcMethodsResponse(in.entries("MethodList", "string").stream()
                        .map(entry -> entry.text().strip())
                        .toList());
            case SET_PARAMETER_VALUES -> new CpeResponse.SetParameterValuesResponse(in.small("Status"));
            case GET_PARAMETER_VALUES -> new CpeResponse.GetParameterValuesResponse(List.of());
            case GET_PARAMETER_NAMES -> new CpeResponse.GetParameterNamesResponse(List.of());
            case SET_PARAMETER_ATTRIBUTES -> new CpeResponse.SetParameterAttributesResponse();
            case GET_PARAMETER_ATTRIBUTES -> new CpeResponse.GetParameterAttributesResponse(List.of());
            case ADD_OBJECT -> new CpeResponse.AddObjectResponse(in.number("InstanceNumber"), in.small("Status"));
            case DELETE_OBJECT -> new CpeResponse.DeleteObjectResponse(in.small("Status"));
            case DOWNLOAD ->
                new CpeResponse.DownloadResponse(in.small("Status"), in.time("StartTime"), in.time("CompleteTime"));
            case REBOOT -> new CpeResponse.RebootResponse();
            case FACTORY_RESET -> new CpeResponse.FactoryResetResponse();
            case GET_QUEUED_TRANSFERS ->
                new CpeResponse.GetQueuedTransfersResponse(in.entries("TransferList", "QueuedTransferStruct").stream()
                        .map(entry -> new CpeResponse.QueuedTransfer(entry.key("CommandKey"), entry.small("State")))
                        .toList());
            case SCHEDULE_INFORM -> new CpeResponse.ScheduleInformResponse();
            case SET_VOUCHERS -> new CpeResponse.SetVouchersResponse();
            case GET_OPTIONS ->
                new CpeResponse.GetOptionsResponse(in.entries("OptionList", "OptionStruct").stream()
                        .map(CpeResponseReader::option)
                        .toList());
            case UPLOAD ->
                new CpeResponse.UploadResponse(in.small("Status"), in.time("StartTime"), in.time("CompleteTime"));
            case GET_ALL_QUEUED_TRANSFERS ->
                new CpeResponse.GetAllQueuedTransfersResponse(
                        in.entries("TransferList", "AllQueuedTransferStruct").stream()
                                .map(CpeResponseReader::transfer)
                                .toList());
            case SCHEDULE_DOWNLOAD -> new CpeResponse.ScheduleDownloadResponse();
            case CANCEL_TRANSFER -> new CpeResponse.CancelTransferResponse();
            case CHANGE_DU_STATE -> new CpeResponse.ChangeDuStateResponse();
        };
    }

    private static CpeResponse.Option option(Struct in) {
        return new CpeResponse.Option(
                in.text("OptionName"),
                in.number("VoucherSN"),
                in.number("State"),
                in.small("Mode"),
                in.time("StartDate"),
                in.child("ExpirationDate").isPresent() ? in.time("ExpirationDate") : new CwmpTime(""),
                in.flag("IsTransferable"));
    }

    private static CpeResponse.AnyQueuedTransfer transfer(Struct in) {
        return new CpeResponse.AnyQueuedTransfer(
                in.key("CommandKey"),
                in.small("State"),
                in.flag("IsDownload"),
                in.word("FileType"),
                in.number("FileSize"),
                in.text("TargetFileName"));
    }

    private static CpeResponse values(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterValue> values = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                values = ParameterLists.values(in);
            } else {
                in.skip();
            }
        }
        return new CpeResponse.GetParameterValuesResponse(values);
    }

    private static CpeResponse names(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterInfo> infos = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                infos = ParameterLists.infos(in);
            } else {
                in.skip();
            }
        }
        return new CpeResponse.GetParameterNamesResponse(infos);
    }

    private static CpeResponse attributes(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterAttribute> attributes = List.of();
        while (in.nextChild()) {
            if (in.name().equals("ParameterList")) {
                attributes = ParameterLists.attributes(in);
            } else {
                in.skip();
            }
        }
        return new CpeResponse.GetParameterAttributesResponse(attributes);
    }
}
