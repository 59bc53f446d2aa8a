package carillon.cwmp.codec;

import carillon.cwmp.message.AcsRequest;
import java.util.List;

/** Writes what an ACS asks, element by element in the order of the schema. */
final class AcsRequestWriter {
    private AcsRequestWriter() {}

    static void write(AcsRequest request, XmlBytes out) {
        out.openMethod(request.name());
        switch (request.method()) {
            case GET_RPC_METHODS, FACTORY_RESET, GET_QUEUED_TRANSFERS, GET_ALL_QUEUED_TRANSFERS -> {}
            case SET_PARAMETER_VALUES -> {
                AcsRequest.SetParameterValues set = (AcsRequest.SetParameterValues) request;
                Lists.values(set.values(), out);
                out.leaf("ParameterKey", set.parameterKey());
            }
            case GET_PARAMETER_VALUES ->
                Lists.strings("ParameterNames", ((AcsRequest.GetParameterValues) request).paths(), out);
            case GET_PARAMETER_NAMES -> {
                AcsRequest.GetParameterNames names = (AcsRequest.GetParameterNames) request;
                out.leaf("ParameterPath", names.path());
                out.leaf("NextLevel", names.nextLevel());
            }
            case SET_PARAMETER_ATTRIBUTES -> changes(((AcsRequest.SetParameterAttributes) request).changes(), out);
            case GET_PARAMETER_ATTRIBUTES ->
                Lists.strings("ParameterNames", ((AcsRequest.GetParameterAttributes) request).paths(), out);
            case ADD_OBJECT -> {
                AcsRequest.AddObject add = (AcsRequest.AddObject) request;
                out.leaf("ObjectName", add.objectName());
                out.leaf("ParameterKey", add.parameterKey());
            }
            case DELETE_OBJECT -> {
                AcsRequest.DeleteObject delete = (AcsRequest.DeleteObject) request;
                out.leaf("ObjectName", delete.objectName());
                out.leaf("ParameterKey", delete.parameterKey());
            }
            case DOWNLOAD -> download((AcsRequest.Download) request, out);
            case REBOOT -> out.leaf("CommandKey", ((AcsRequest.Reboot) request).commandKey());
            case SCHEDULE_INFORM -> {
                AcsRequest.ScheduleInform schedule = (AcsRequest.ScheduleInform) request;
                out.leaf("DelaySeconds", schedule.delaySeconds());
                out.leaf("CommandKey", schedule.commandKey());
            }
            case SET_VOUCHERS -> vouchers(((AcsRequest.SetVouchers) request).vouchers(), out);
            case GET_OPTIONS -> out.leaf("OptionName", ((AcsRequest.GetOptions) request).optionName());
            case UPLOAD -> upload((AcsRequest.Upload) request, out);
            case SCHEDULE_DOWNLOAD -> scheduleDownload((AcsRequest.ScheduleDownload) request, out);
            case CANCEL_TRANSFER -> out.leaf("CommandKey", ((AcsRequest.CancelTransfer) request).commandKey());
            case CHANGE_DU_STATE -> {
                AcsRequest.ChangeDuState change = (AcsRequest.ChangeDuState) request;
                for (AcsRequest.DuOperation operation : change.operations()) {
                    operation(operation, out);
                }
                out.optionalLeaf("CommandKey", change.commandKey());
            }
        }
        out.closeMethod(request.name());
    }

    private static void changes(List<AcsRequest.AttributeChange> changes, XmlBytes out) {
        out.openList("ParameterList", "SetParameterAttributesStruct", changes.size());
        for (AcsRequest.AttributeChange change : changes) {
            out.open("SetParameterAttributesStruct");
            out.leaf("Name", change.path());
            out.leaf("NotificationChange", change.notification().isPresent());
            out.leaf("Notification", change.notification().orElse(0));
            out.leaf("AccessListChange", change.accessList().isPresent());
            Lists.strings("AccessList", change.accessList().orElse(List.of()), out);
            out.close("SetParameterAttributesStruct");
        }
        out.close("ParameterList");
    }

    private static void download(AcsRequest.Download download, XmlBytes out) {
        out.leaf("CommandKey", download.commandKey());
        out.leaf("FileType", download.fileType());
        out.leaf("URL", download.url());
        out.leaf("Username", download.username());
        out.leaf("Password", download.password().reveal());
        out.leaf("FileSize", download.fileSize());
        out.leaf("TargetFileName", download.targetFileName());
        out.leaf("DelaySeconds", download.delaySeconds());
        out.leaf("SuccessURL", download.successUrl());
        out.leaf("FailureURL", download.failureUrl());
    }

    private static void upload(AcsRequest.Upload upload, XmlBytes out) {
        out.leaf("CommandKey", upload.commandKey());
        out.leaf("FileType", upload.fileType());
        out.leaf("URL", upload.url());
        out.leaf("Username", upload.username());
        out.leaf("Password", upload.password().reveal());
        out.leaf("DelaySeconds", upload.delaySeconds());
    }

    private static void scheduleDownload(AcsRequest.ScheduleDownload download, XmlBytes out) {
        out.leaf("CommandKey", download.commandKey());
        out.leaf("FileType", download.fileType());
        out.leaf("URL", download.url());
        out.leaf("Username", download.username());
        out.leaf("Password", download.password().reveal());
        out.leaf("FileSize", download.fileSize());
        out.leaf("TargetFileName", download.targetFileName());
        out.openList("TimeWindowList", "TimeWindowStruct", download.windows().size());
        for (AcsRequest.TimeWindow window : download.windows()) {
            out.open("TimeWindowStruct");
            out.leaf("WindowStart", window.startSeconds());
            out.leaf("WindowEnd", window.endSeconds());
            out.leaf("WindowMode", window.mode());
            out.leaf("UserMessage", window.userMessage());
            out.leaf("MaxRetries", window.maxRetries());
            out.close("TimeWindowStruct");
        }
        out.close("TimeWindowList");
    }

    private static void vouchers(List<String> vouchers, XmlBytes out) {
        out.openArray("VoucherList", out.encodingPrefix() + ":base64", vouchers.size());
        for (String voucher : vouchers) {
            out.leaf("base64", voucher);
        }
        out.close("VoucherList");
    }

    private static void operation(AcsRequest.DuOperation operation, XmlBytes out) {
        if (operation instanceof AcsRequest.DuOperation.Install install) {
            openOperation("InstallOpStruct", out);
            out.leaf("URL", install.url());
            out.optionalLeaf("UUID", install.uuid());
            out.optionalLeaf("Username", install.username());
            out.optionalLeaf("Password", install.password().reveal());
            out.optionalLeaf("ExecutionEnvRef", install.executionEnvRef());
        } else if (operation instanceof AcsRequest.DuOperation.Update update) {
            openOperation("UpdateOpStruct", out);
            out.optionalLeaf("UUID", update.uuid());
            out.optionalLeaf("Version", update.version());
            out.optionalLeaf("URL", update.url());
            out.optionalLeaf("Username", update.username());
            out.optionalLeaf("Password", update.password().reveal());
        } else if (operation instanceof AcsRequest.DuOperation.Uninstall uninstall) {
            openOperation("UninstallOpStruct", out);
            out.leaf("UUID", uninstall.uuid());
            out.optionalLeaf("Version", uninstall.version());
            out.optionalLeaf("ExecutionEnvRef", uninstall.executionEnvRef());
        }
        out.close("Operations");
    }

    private static void openOperation(String type, XmlBytes out) {
        out.raw("<Operations xsi:type=\"");
        out.raw(out.methodPrefix());
        out.raw(":");
        out.raw(type);
        out.raw("\">");
    }
}
