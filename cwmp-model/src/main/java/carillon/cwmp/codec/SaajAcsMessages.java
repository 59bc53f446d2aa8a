package carillon.cwmp.codec;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeMethod;
import java.util.List;
import java.util.Optional;

/** What an ACS asks and answers, from the elements of a SOAP document. */
final class SaajAcsMessages {
    private SaajAcsMessages() {}

    static AcsRequest request(AcsMethod method, SaajElement in) {
        return switch (method) {
            case GET_RPC_METHODS -> new AcsRequest.GetRpcMethods();
            case SET_PARAMETER_VALUES -> setValues(in);
            case GET_PARAMETER_VALUES -> new AcsRequest.GetParameterValues(in.words("ParameterNames", "string"));
            case GET_PARAMETER_NAMES ->
                new AcsRequest.GetParameterNames(in.word("ParameterPath"), in.flag("NextLevel"));
            case SET_PARAMETER_ATTRIBUTES ->
                new AcsRequest.SetParameterAttributes(
                        in.entries("ParameterList", "SetParameterAttributesStruct").stream()
                                .map(SaajAcsMessages::change)
                                .toList());
            case GET_PARAMETER_ATTRIBUTES ->
                new AcsRequest.GetParameterAttributes(in.words("ParameterNames", "string"));
            case ADD_OBJECT -> new AcsRequest.AddObject(in.word("ObjectName"), in.text("ParameterKey"));
            case DELETE_OBJECT -> new AcsRequest.DeleteObject(in.word("ObjectName"), in.text("ParameterKey"));
            case DOWNLOAD ->
                new AcsRequest.Download(
                        in.key("CommandKey"),
                        in.word("FileType"),
                        in.word("URL"),
                        in.text("Username"),
                        password(in),
                        in.number("FileSize"),
                        in.text("TargetFileName"),
                        in.number("DelaySeconds"),
                        in.word("SuccessURL"),
                        in.word("FailureURL"));
            case REBOOT -> new AcsRequest.Reboot(in.key("CommandKey"));
            case FACTORY_RESET -> new AcsRequest.FactoryReset();
            case GET_QUEUED_TRANSFERS -> new AcsRequest.GetQueuedTransfers();
            case SCHEDULE_INFORM -> new AcsRequest.ScheduleInform(in.number("DelaySeconds"), in.key("CommandKey"));
            case SET_VOUCHERS -> new AcsRequest.SetVouchers(in.words("VoucherList", "base64"));
            case GET_OPTIONS -> new AcsRequest.GetOptions(in.text("OptionName"));
            case UPLOAD ->
                new AcsRequest.Upload(
                        in.key("CommandKey"),
                        in.word("FileType"),
                        in.word("URL"),
                        in.text("Username"),
                        password(in),
                        in.number("DelaySeconds"));
            case GET_ALL_QUEUED_TRANSFERS -> new AcsRequest.GetAllQueuedTransfers();
            case SCHEDULE_DOWNLOAD ->
                new AcsRequest.ScheduleDownload(
                        in.key("CommandKey"),
                        in.word("FileType"),
                        in.word("URL"),
                        in.text("Username"),
                        password(in),
                        in.number("FileSize"),
                        in.text("TargetFileName"),
                        in.entries("TimeWindowList", "TimeWindowStruct").stream()
                                .map(SaajAcsMessages::window)
                                .toList());
            case CANCEL_TRANSFER -> new AcsRequest.CancelTransfer(in.key("CommandKey"));
            case CHANGE_DU_STATE ->
                new AcsRequest.ChangeDuState(
                        in.all("Operations").stream()
                                .map(SaajAcsMessages::operation)
                                .toList(),
                        in.key("CommandKey"));
        };
    }

    /** Empty where there is no such response. */
    static Optional<AcsResponse> response(CpeMethod method, SaajElement in) {
        return switch (method) {
            case INFORM ->
                Optional.of(new AcsResponse.InformResponse(
                        in.first("MaxEnvelopes").map(SaajElement::number).orElse(1L)));
            case GET_RPC_METHODS ->
                Optional.of(new AcsResponse.GetRpcMethodsResponse(in.words("MethodList", "string")));
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

    private static AcsRequest setValues(SaajElement in) {
        List<ParameterValue> values = in.all("ParameterList").stream()
                .flatMap(list -> SaajParameters.values(list).stream())
                .toList();
        return new AcsRequest.SetParameterValues(
                values, in.last("ParameterKey").map(SaajElement::text).orElse(""));
    }

    private static AcsRequest.AttributeChange change(SaajElement in) {
        return new AcsRequest.AttributeChange(
                in.word("Name"),
                in.flag("NotificationChange") ? Optional.of(in.signed("Notification")) : Optional.empty(),
                in.flag("AccessListChange") ? Optional.of(in.words("AccessList", "string")) : Optional.empty());
    }

    private static AcsRequest.TimeWindow window(SaajElement in) {
        return new AcsRequest.TimeWindow(
                in.number("WindowStart"),
                in.number("WindowEnd"),
                in.word("WindowMode"),
                in.text("UserMessage"),
                in.signed("MaxRetries"));
    }

    private static AcsRequest.DuOperation operation(SaajElement in) {
        return switch (in.type()) {
            case "UpdateOpStruct" ->
                new AcsRequest.DuOperation.Update(
                        in.word("UUID"), in.text("Version"), in.word("URL"), in.text("Username"), password(in));
            case "UninstallOpStruct" ->
                new AcsRequest.DuOperation.Uninstall(in.word("UUID"), in.text("Version"), in.word("ExecutionEnvRef"));
            default ->
                new AcsRequest.DuOperation.Install(
                        in.word("URL"), in.word("UUID"), in.text("Username"), password(in), in.word("ExecutionEnvRef"));
        };
    }

    private static Secret password(SaajElement in) {
        return new Secret(in.text("Password"));
    }
}
