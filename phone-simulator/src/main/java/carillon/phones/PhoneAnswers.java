package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the phone does when it is asked, and what it answers. */
final class PhoneAnswers {
    private static final String PING = "Device.LAN.IPPingDiagnostics.";

    private final Phone phone;

    PhoneAnswers(Phone phone) {
        this.phone = phone;
    }

    CwmpMessage answer(AcsRequest request) {
        Optional<Integer> refusal = phone.refusal(request.method());
        if (refusal.isPresent()) {
            int code = refusal.get();
            return new FaultMessage(
                    new Fault(code, FaultCode.of(code).map(FaultCode::text).orElse("Refused"), List.of()));
        }
        CwmpMessage answer = isKnown(request.method()) ? carriedOut(request) : fault(FaultCode.METHOD_NOT_SUPPORTED);
        if (!(answer instanceof FaultMessage)) {
            phone.executed(request.method());
        }
        return answer;
    }

    private CwmpMessage carriedOut(AcsRequest request) {
        return switch (request.method()) {
            case GET_RPC_METHODS -> new CpeResponse.GetRpcMethodsResponse(methods());
            case GET_PARAMETER_NAMES -> names((AcsRequest.GetParameterNames) request);
            case GET_PARAMETER_VALUES -> read((AcsRequest.GetParameterValues) request);
            case SET_PARAMETER_VALUES -> set((AcsRequest.SetParameterValues) request);
            case GET_PARAMETER_ATTRIBUTES -> attributes((AcsRequest.GetParameterAttributes) request);
            case SET_PARAMETER_ATTRIBUTES -> notify((AcsRequest.SetParameterAttributes) request);
            case ADD_OBJECT -> add((AcsRequest.AddObject) request);
            case DELETE_OBJECT -> delete((AcsRequest.DeleteObject) request);
            case REBOOT -> reboot((AcsRequest.Reboot) request);
            case FACTORY_RESET -> factoryReset();
            case DOWNLOAD -> download((AcsRequest.Download) request);
            case UPLOAD -> upload((AcsRequest.Upload) request);
            case SCHEDULE_INFORM -> scheduleInform((AcsRequest.ScheduleInform) request);
            case SCHEDULE_DOWNLOAD -> scheduleDownload((AcsRequest.ScheduleDownload) request);
            case CANCEL_TRANSFER -> cancel((AcsRequest.CancelTransfer) request);
            case GET_QUEUED_TRANSFERS ->
                new CpeResponse.GetQueuedTransfersResponse(phone.transfers().asked());
            case GET_ALL_QUEUED_TRANSFERS ->
                new CpeResponse.GetAllQueuedTransfersResponse(phone.transfers().all());
            case CHANGE_DU_STATE -> changeSoftware((AcsRequest.ChangeDuState) request);
            case SET_VOUCHERS -> vouchers((AcsRequest.SetVouchers) request);
            case GET_OPTIONS -> options((AcsRequest.GetOptions) request);
        };
    }

    /** What its CWMP has, but for what it was told not to know. */
    private boolean isKnown(AcsMethod method) {
        return method.since().compareTo(phone.version()) <= 0
                && phone.refusal(method)
                        .filter(code -> code == FaultCode.METHOD_NOT_SUPPORTED.number())
                        .isEmpty();
    }

    private List<String> methods() {
        return Arrays.stream(AcsMethod.values())
                .filter(this::isKnown)
                .map(AcsMethod::rpcName)
                .toList();
    }

    private static FaultMessage fault(FaultCode code) {
        return new FaultMessage(Fault.of(code));
    }

    private CwmpMessage names(AcsRequest.GetParameterNames request) {
        if (request.nextLevel() && !request.path().isEmpty() && !request.path().endsWith(".")) {
            return fault(FaultCode.INVALID_ARGUMENTS);
        }
        return phone.values()
                .names(request.path(), request.nextLevel())
                .<CwmpMessage>map(CpeResponse.GetParameterNamesResponse::new)
                .orElseGet(() -> fault(FaultCode.INVALID_PARAMETER_NAME));
    }

    private CwmpMessage read(AcsRequest.GetParameterValues request) {
        List<ParameterValue> values = new ArrayList<>();
        for (String path : request.paths()) {
            List<String> below = phone.values().below(path);
            if (below.isEmpty()) {
                return fault(FaultCode.INVALID_PARAMETER_NAME);
            }
            below.forEach(name -> phone.values().read(name).ifPresent(values::add));
        }
        return new CpeResponse.GetParameterValuesResponse(values);
    }

    private CwmpMessage set(AcsRequest.SetParameterValues request) {
        List<Fault.ParameterFault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ParameterValue value : request.values()) {
            Optional<FaultCode> wrong =
                    seen.add(value.path()) ? check(value) : Optional.of(FaultCode.INVALID_ARGUMENTS);
            phone.refusal(value.path())
                    .ifPresentOrElse(
                            code -> faults.add(new Fault.ParameterFault(
                                    value.path(),
                                    code,
                                    FaultCode.of(code).map(FaultCode::text).orElse("Refused"))),
                            () -> wrong.ifPresent(code ->
                                    faults.add(new Fault.ParameterFault(value.path(), code.number(), code.text()))));
        }
        if (!faults.isEmpty()) {
            return new FaultMessage(
                    new Fault(FaultCode.INVALID_ARGUMENTS.number(), FaultCode.INVALID_ARGUMENTS.text(), faults));
        }
        String server = phone.value(Phone.MANAGEMENT + "URL");
        request.values().forEach(value -> phone.values().set(value.path(), value.value()));
        if (!server.equals(phone.value(Phone.MANAGEMENT + "URL"))) {
            phone.movesToAnotherServer();
        }
        request.values().stream()
                .filter(value -> value.path().equals(PING + "DiagnosticsState"))
                .filter(value -> value.value().equals("Requested"))
                .forEach(value -> phone.later(Duration.ZERO, this::ping));
        phone.values().set(Phone.MANAGEMENT + "ParameterKey", request.parameterKey());
        return new CpeResponse.SetParameterValuesResponse(0);
    }

    /** Every host answers at once. */
    private void ping() {
        phone.values().set(PING + "SuccessCount", phone.values().value(PING + "NumberOfRepetitions"));
        phone.values().set(PING + "AverageResponseTime", "1");
        phone.values().set(PING + "DiagnosticsState", "Complete");
        phone.happens(Event.of(EventCode.DIAGNOSTICS_COMPLETE));
    }

    private Optional<FaultCode> check(ParameterValue value) {
        Optional<PhoneModel.Definition> definition = phone.values().definition(value.path());
        if (definition.isEmpty()) {
            return Optional.of(FaultCode.INVALID_PARAMETER_NAME);
        }
        if (!definition.get().writable()) {
            return Optional.of(FaultCode.ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER);
        }
        if (value.type() != definition.get().type()) {
            return Optional.of(FaultCode.INVALID_PARAMETER_TYPE);
        }
        return fits(value) ? Optional.empty() : Optional.of(FaultCode.INVALID_PARAMETER_VALUE);
    }

    private static boolean fits(ParameterValue value) {
        ParameterType type = value.type();
        String text = value.value();
        if (type == ParameterType.BOOLEAN) {
            return text.matches("0|1|true|false");
        }
        if (type == ParameterType.UNSIGNED_INT) {
            return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xffffffffL;
        }
        if (type == ParameterType.DATE_TIME) {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*");
        }
        return text.length() <= 4096;
    }

    private CwmpMessage attributes(AcsRequest.GetParameterAttributes request) {
        List<ParameterAttribute> attributes = new ArrayList<>();
        for (String path : request.paths()) {
            List<String> below = phone.values().below(path);
            if (below.isEmpty()) {
                return fault(FaultCode.INVALID_PARAMETER_NAME);
            }
            below.forEach(name -> attributes.add(
                    new ParameterAttribute(name, phone.notifications().getOrDefault(name, 0), List.of("Subscriber"))));
        }
        return new CpeResponse.GetParameterAttributesResponse(attributes);
    }

    private CwmpMessage notify(AcsRequest.SetParameterAttributes request) {
        for (AcsRequest.AttributeChange change : request.changes()) {
            if (phone.values().below(change.path()).isEmpty()) {
                return fault(FaultCode.INVALID_PARAMETER_NAME);
            }
            boolean forced = change.path().equals("Device.DeviceInfo.SoftwareVersion");
            if (forced && change.notification().orElse(2) != 2) {
                return fault(FaultCode.NOTIFICATION_REQUEST_REJECTED);
            }
        }
        for (AcsRequest.AttributeChange change : request.changes()) {
            change.notification().ifPresent(notification -> phone.values()
                    .below(change.path())
                    .forEach(name -> phone.notifications().put(name, notification)));
        }
        return new CpeResponse.SetParameterAttributesResponse();
    }

    private CwmpMessage add(AcsRequest.AddObject request) {
        Optional<Integer> instance = phone.values().add(request.objectName());
        if (instance.isEmpty()) {
            return fault(FaultCode.INVALID_PARAMETER_NAME);
        }
        phone.values().set(Phone.MANAGEMENT + "ParameterKey", request.parameterKey());
        return new CpeResponse.AddObjectResponse(instance.get(), 0);
    }

    private CwmpMessage delete(AcsRequest.DeleteObject request) {
        if (!phone.values().delete(request.objectName())) {
            return fault(FaultCode.INVALID_PARAMETER_NAME);
        }
        phone.values().set(Phone.MANAGEMENT + "ParameterKey", request.parameterKey());
        return new CpeResponse.DeleteObjectResponse(0);
    }

    private CwmpMessage reboot(AcsRequest.Reboot request) {
        phone.restarts(Event.of(EventCode.M_REBOOT, request.commandKey()));
        return new CpeResponse.RebootResponse();
    }

    private CwmpMessage factoryReset() {
        phone.resetsToFactory();
        return new CpeResponse.FactoryResetResponse();
    }

    private CwmpMessage download(AcsRequest.Download request) {
        phone.transfers().download(request);
        return new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }

    private CwmpMessage upload(AcsRequest.Upload request) {
        phone.transfers().upload(request);
        return new CpeResponse.UploadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }

    private CwmpMessage scheduleInform(AcsRequest.ScheduleInform request) {
        if (request.delaySeconds() < 1) {
            return fault(FaultCode.INVALID_ARGUMENTS);
        }
        phone.later(Duration.ofSeconds(request.delaySeconds()), () -> {
            phone.happens(Event.of(EventCode.SCHEDULED));
            phone.happens(Event.of(EventCode.M_SCHEDULE_INFORM, request.commandKey()));
        });
        return new CpeResponse.ScheduleInformResponse();
    }

    private CwmpMessage scheduleDownload(AcsRequest.ScheduleDownload request) {
        if (request.windows().isEmpty()) {
            return fault(FaultCode.INVALID_ARGUMENTS);
        }
        phone.transfers().schedule(request);
        return new CpeResponse.ScheduleDownloadResponse();
    }

    private CwmpMessage cancel(AcsRequest.CancelTransfer request) {
        return phone.transfers().cancel(request.commandKey())
                ? new CpeResponse.CancelTransferResponse()
                : fault(FaultCode.CANCEL_NOT_PERMITTED_IN_THIS_STATE);
    }

    private CwmpMessage changeSoftware(AcsRequest.ChangeDuState request) {
        if (request.operations().isEmpty()) {
            return fault(FaultCode.INVALID_ARGUMENTS);
        }
        phone.modules().change(request);
        return new CpeResponse.ChangeDuStateResponse();
    }

    /** A voucher is taken at its word: each enables one option. */
    private CwmpMessage vouchers(AcsRequest.SetVouchers request) {
        for (int i = 0; i < request.vouchers().size(); i++) {
            phone.enables("Option" + (i + 1));
        }
        return new CpeResponse.SetVouchersResponse();
    }

    private CwmpMessage options(AcsRequest.GetOptions request) {
        return new CpeResponse.GetOptionsResponse(phone.options().stream()
                .filter(name -> request.optionName().isEmpty() || name.equals(request.optionName()))
                .map(name -> new CpeResponse.Option(name, 1, 1, 2, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN, false))
                .toList());
    }
}
