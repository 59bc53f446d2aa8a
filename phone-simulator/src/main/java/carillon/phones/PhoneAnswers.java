package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.FaultMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the phone does when it is asked, and what it answers. */
final class PhoneAnswers {
    private static final List<String> METHODS = List.of(
            "GetRPCMethods",
            "SetParameterValues",
            "GetParameterValues",
            "GetParameterNames",
            "SetParameterAttributes",
            "GetParameterAttributes",
            "AddObject",
            "DeleteObject",
            "Reboot",
            "FactoryReset",
            "Download");

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
        CwmpMessage answer = carriedOut(request);
        if (!(answer instanceof FaultMessage)) {
            phone.executed(request.method());
        }
        return answer;
    }

    private CwmpMessage carriedOut(AcsRequest request) {
        return switch (request.method()) {
            case GET_RPC_METHODS -> new CpeResponse.GetRpcMethodsResponse(METHODS);
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
            case GET_QUEUED_TRANSFERS,
                    SCHEDULE_INFORM,
                    SET_VOUCHERS,
                    GET_OPTIONS,
                    UPLOAD,
                    GET_ALL_QUEUED_TRANSFERS,
                    SCHEDULE_DOWNLOAD,
                    CANCEL_TRANSFER,
                    CHANGE_DU_STATE -> fault(FaultCode.METHOD_NOT_SUPPORTED);
        };
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
        phone.values().set(Phone.MANAGEMENT + "ParameterKey", request.parameterKey());
        return new CpeResponse.SetParameterValuesResponse(0);
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
        phone.later(() -> new FileFetch(phone).fetch(request));
        return new CpeResponse.DownloadResponse(1, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }
}
