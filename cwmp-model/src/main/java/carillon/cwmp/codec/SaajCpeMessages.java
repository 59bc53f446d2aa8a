package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.codec.MalformedEnvelopeException.Kind;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeMethod;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import java.util.List;
import java.util.Optional;

/** What a CPE asks and answers, from the elements of a SOAP document. */
final class SaajCpeMessages {
    private SaajCpeMessages() {}

    static CpeRequest request(CpeMethod method, SaajElement in) throws MalformedEnvelopeException {
        return switch (method) {
            case INFORM -> inform(in);
            case GET_RPC_METHODS -> new CpeRequest.GetRpcMethods();
            case TRANSFER_COMPLETE ->
                new CpeRequest.TransferComplete(
                        in.key("CommandKey"), in.fault("FaultStruct"), in.time("StartTime"), in.time("CompleteTime"));
            case AUTONOMOUS_TRANSFER_COMPLETE ->
                new CpeRequest.AutonomousTransferComplete(
                        in.word("AnnounceURL"),
                        in.word("TransferURL"),
                        in.flag("IsDownload"),
                        in.word("FileType"),
                        in.number("FileSize"),
                        in.text("TargetFileName"),
                        in.fault("FaultStruct"),
                        in.time("StartTime"),
                        in.time("CompleteTime"));
            case KICKED ->
                new CpeRequest.Kicked(in.text("Command"), in.text("Referer"), in.text("Arg"), in.text("Next"));
            case REQUEST_DOWNLOAD ->
                new CpeRequest.RequestDownload(
                        in.word("FileType"),
                        in.entries("FileTypeArg", "ArgStruct").stream()
                                .map(entry -> new CpeRequest.Argument(entry.word("Name"), entry.text("Value")))
                                .toList());
            case DU_STATE_CHANGE_COMPLETE -> new CpeRequest.DuStateChangeComplete(results(in), in.key("CommandKey"));
            case AUTONOMOUS_DU_STATE_CHANGE_COMPLETE -> new CpeRequest.AutonomousDuStateChangeComplete(results(in));
            case UNKNOWN -> new CpeRequest.Unknown(in.name());
        };
    }

    static CpeResponse response(AcsMethod method, SaajElement in) {
        return switch (method) {
            case GET_RPC_METHODS -> new CpeResponse.GetRpcMethodsResponse(in.words("MethodList", "string"));
            case SET_PARAMETER_VALUES -> new CpeResponse.SetParameterValuesResponse(in.small("Status"));
            case GET_PARAMETER_VALUES ->
                new CpeResponse.GetParameterValuesResponse(
                        in.last("ParameterList").map(SaajParameters::values).orElse(List.of()));
            case GET_PARAMETER_NAMES -> new CpeResponse.GetParameterNamesResponse(infos(in));
            case SET_PARAMETER_ATTRIBUTES -> new CpeResponse.SetParameterAttributesResponse();
            case GET_PARAMETER_ATTRIBUTES -> new CpeResponse.GetParameterAttributesResponse(attributes(in));
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
                        .map(SaajCpeMessages::option)
                        .toList());
            case UPLOAD ->
                new CpeResponse.UploadResponse(in.small("Status"), in.time("StartTime"), in.time("CompleteTime"));
            case GET_ALL_QUEUED_TRANSFERS ->
                new CpeResponse.GetAllQueuedTransfersResponse(
                        in.entries("TransferList", "AllQueuedTransferStruct").stream()
                                .map(SaajCpeMessages::transfer)
                                .toList());
            case SCHEDULE_DOWNLOAD -> new CpeResponse.ScheduleDownloadResponse();
            case CANCEL_TRANSFER -> new CpeResponse.CancelTransferResponse();
            case CHANGE_DU_STATE -> new CpeResponse.ChangeDuStateResponse();
        };
    }

    private static CpeRequest inform(SaajElement in) throws MalformedEnvelopeException {
        Optional<SaajElement> device = in.last("DeviceId");
        if (device.isEmpty()) {
            throw new MalformedEnvelopeException(Kind.INVALID_ARGUMENTS, "the Inform has no DeviceId");
        }
        return new CpeRequest.Inform(
                identity(device.get()),
                device.get().word("Manufacturer"),
                in.last("Event").map(SaajCpeMessages::events).orElse(List.of()),
                in.last("MaxEnvelopes").map(SaajElement::number).orElse(1L),
                in.last("CurrentTime").map(found -> new CwmpTime(found.word())).orElse(CwmpTime.UNKNOWN),
                in.last("RetryCount")
                        .map(found -> (int) Math.min(Integer.MAX_VALUE, found.number()))
                        .orElse(0),
                in.last("ParameterList").map(SaajParameters::values).orElse(List.of()));
    }

    private static DeviceId identity(SaajElement device) throws MalformedEnvelopeException {
        String oui = device.word("OUI");
        if (oui.isEmpty()) {
            throw new MalformedEnvelopeException(Kind.INVALID_ARGUMENTS, "the Inform's OUI is empty");
        }
        try {
            return new DeviceId(oui, device.word("ProductClass"), device.word("SerialNumber"));
        } catch (IllegalArgumentException refused) {
            throw new MalformedEnvelopeException(
                    Kind.INVALID_ARGUMENTS, "the Inform's DeviceId is refused: " + refused.getMessage());
        }
    }

    private static List<Event> events(SaajElement list) {
        return list.all("EventStruct").stream()
                .map(entry -> new Event(
                        entry.last("EventCode").map(SaajElement::word).orElse(""),
                        entry.last("CommandKey").map(SaajElement::key).orElse("")))
                .filter(event -> !event.code().isEmpty())
                .toList();
    }

    private static List<CpeRequest.DuResult> results(SaajElement in) {
        return in.all("Results").stream()
                .map(result -> new CpeRequest.DuResult(
                        result.word("UUID"),
                        result.word("DeploymentUnitRef"),
                        result.text("Version"),
                        result.word("CurrentState"),
                        result.flag("Resolved"),
                        result.word("ExecutionUnitRefList"),
                        result.time("StartTime"),
                        result.time("CompleteTime"),
                        result.fault("Fault"),
                        result.word("OperationPerformed")))
                .toList();
    }

    private static List<ParameterInfo> infos(SaajElement in) {
        return SaajParameters.named(
                in.last("ParameterList")
                        .map(list -> list.all("ParameterInfoStruct"))
                        .orElse(List.of()),
                (name, entry) -> Optional.of(new ParameterInfo(
                        name, entry.last("Writable").map(SaajElement::writable).orElse(false))));
    }

    private static List<ParameterAttribute> attributes(SaajElement in) {
        return SaajParameters.named(
                in.last("ParameterList")
                        .map(list -> list.all("ParameterAttributeStruct"))
                        .orElse(List.of()),
                (name, entry) -> Optional.of(new ParameterAttribute(
                        name,
                        entry.last("Notification").map(SaajElement::signed).orElse(0),
                        entry.last("AccessList")
                                .map(list -> list.all("string").stream()
                                        .map(SaajElement::word)
                                        .toList())
                                .orElse(List.of()))));
    }

    private static CpeResponse.Option option(SaajElement in) {
        return new CpeResponse.Option(
                in.text("OptionName"),
                in.number("VoucherSN"),
                in.number("State"),
                in.small("Mode"),
                in.time("StartDate"),
                new CwmpTime(in.word("ExpirationDate")),
                in.flag("IsTransferable"));
    }

    private static CpeResponse.AnyQueuedTransfer transfer(SaajElement in) {
        return new CpeResponse.AnyQueuedTransfer(
                in.key("CommandKey"),
                in.small("State"),
                in.flag("IsDownload"),
                in.word("FileType"),
                in.number("FileSize"),
                in.text("TargetFileName"));
    }
}
