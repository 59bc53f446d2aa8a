package carillon.cwmp.codec;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Reads what an ACS asks: for the phones of the simulator. */
final class AcsRequestReader {
    private AcsRequestReader() {}

    /** The cursor stands on the method's element. */
    static AcsRequest read(AcsMethod method, XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        return method == AcsMethod.SET_PARAMETER_VALUES ? setValues(in) : small(method, in.struct());
    }

    private static AcsRequest small(AcsMethod method, Struct in) {
        return switch (method) {
            case GET_RPC_METHODS -> new AcsRequest.GetRpcMethods();
            case SET_PARAMETER_VALUES -> new AcsRequest.SetParameterValues(List.of(), "");
            case GET_PARAMETER_VALUES -> new AcsRequest.GetParameterValues(strings(in, "ParameterNames", "string"));
            case GET_PARAMETER_NAMES ->
                new AcsRequest.GetParameterNames(in.word("ParameterPath"), in.flag("NextLevel"));
            case SET_PARAMETER_ATTRIBUTES ->
                new AcsRequest.SetParameterAttributes(
                        in.entries("ParameterList", "SetParameterAttributesStruct").stream()
                                .map(AcsRequestReader::change)
                                .toList());
            case GET_PARAMETER_ATTRIBUTES ->
                new AcsRequest.GetParameterAttributes(strings(in, "ParameterNames", "string"));
            case ADD_OBJECT -> new AcsRequest.AddObject(in.word("ObjectName"), in.text("ParameterKey"));
            case DELETE_OBJECT -> new AcsRequest.DeleteObject(in.word("ObjectName"), in.text("ParameterKey"));
            case DOWNLOAD -> download(in);
            case REBOOT -> new AcsRequest.Reboot(in.key("CommandKey"));
            case FACTORY_RESET -> new AcsRequest.FactoryReset();
            case GET_QUEUED_TRANSFERS -> new AcsRequest.GetQueuedTransfers();
            case SCHEDULE_INFORM -> new AcsRequest.ScheduleInform(in.number("DelaySeconds"), in.key("CommandKey"));
            case SET_VOUCHERS -> new AcsRequest.SetVouchers(strings(in, "VoucherList", "base64"));
            case GET_OPTIONS -> new AcsRequest.GetOptions(in.text("OptionName"));
            case UPLOAD ->
                new AcsRequest.Upload(
                        in.key("CommandKey"),
                        in.word("FileType"),
                        in.word("URL"),
                        in.text("Username"),
                        new Secret(in.text("Password")),
                        in.number("DelaySeconds"));
            case GET_ALL_QUEUED_TRANSFERS -> new AcsRequest.GetAllQueuedTransfers();
            case SCHEDULE_DOWNLOAD -> scheduleDownload(in);
            case CANCEL_TRANSFER -> new AcsRequest.CancelTransfer(in.key("CommandKey"));
            case CHANGE_DU_STATE ->
                new AcsRequest.ChangeDuState(
                        in.all("Operations").stream()
                                .map(AcsRequestReader::operation)
                                .toList(),
                        in.key("CommandKey"));
        };
    }

    private static AcsRequest setValues(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterValue> values = new ArrayList<>();
        String parameterKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "ParameterList" -> values.addAll(ParameterLists.values(in));
                case "ParameterKey" -> parameterKey = in.text();
                default -> in.skip();
            }
        }
        return new AcsRequest.SetParameterValues(values, parameterKey);
    }

    private static AcsRequest download(Struct in) {
        return new AcsRequest.Download(
                in.key("CommandKey"),
                in.word("FileType"),
                in.word("URL"),
                in.text("Username"),
                new Secret(in.text("Password")),
                in.number("FileSize"),
                in.text("TargetFileName"),
                in.number("DelaySeconds"),
                in.word("SuccessURL"),
                in.word("FailureURL"));
    }

    private static AcsRequest scheduleDownload(Struct in) {
        return new AcsRequest.ScheduleDownload(
                in.key("CommandKey"),
                in.word("FileType"),
                in.word("URL"),
                in.text("Username"),
                new Secret(in.text("Password")),
                in.number("FileSize"),
                in.text("TargetFileName"),
                in.entries("TimeWindowList", "TimeWindowStruct").stream()
                        .map(window -> new AcsRequest.TimeWindow(
                                window.number("WindowStart"),
                                window.number("WindowEnd"),
                                window.word("WindowMode"),
                                window.text("UserMessage"),
                                window.signed("MaxRetries")))
                        .toList());
    }

    private static AcsRequest.AttributeChange change(Struct in) {
        return new AcsRequest.AttributeChange(
                in.word("Name"),
                in.flag("NotificationChange") ? Optional.of(in.signed("Notification")) : Optional.empty(),
                in.flag("AccessListChange") ? Optional.of(strings(in, "AccessList", "string")) : Optional.empty());
    }

    private static AcsRequest.DuOperation operation(Struct in) {
        Secret password = new Secret(in.text("Password"));
        return switch (in.type()) {
            case "UpdateOpStruct" ->
                new AcsRequest.DuOperation.Update(
                        in.word("UUID"), in.text("Version"), in.word("URL"), in.text("Username"), password);
            case "UninstallOpStruct" ->
                new AcsRequest.DuOperation.Uninstall(in.word("UUID"), in.text("Version"), in.word("ExecutionEnvRef"));
            default ->
                new AcsRequest.DuOperation.Install(
                        in.word("URL"), in.word("UUID"), in.text("Username"), password, in.word("ExecutionEnvRef"));
        };
    }

    private static List<String> strings(Struct in, String list, String entry) {
        return in.entries(list, entry).stream()
                .map(found -> found.text().strip())
                .toList();
    }
}
