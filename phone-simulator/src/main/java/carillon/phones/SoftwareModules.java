package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsRequest.DuOperation;
import carillon.cwmp.message.CpeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The deployment units on a phone, by UUID. Used under the phone's lock. */
final class SoftwareModules {
    private static final String FIRST_VERSION = "1.0";

    private final Phone phone;
    private final Map<String, String> versions = new LinkedHashMap<>();

    SoftwareModules(Phone phone) {
        this.phone = phone;
    }

    void clear() {
        versions.clear();
    }

    /** After the session: each operation is really tried, and the outcome of all is told in one call. */
    void change(AcsRequest.ChangeDuState request) {
        phone.later(Duration.ZERO, () -> {
            List<CpeRequest.DuResult> results = new ArrayList<>();
            request.operations().forEach(operation -> results.add(done(operation)));
            phone.tells(
                    new CpeRequest.DuStateChangeComplete(results, request.commandKey()),
                    Event.of(EventCode.DU_STATE_CHANGE_COMPLETE),
                    Event.of(EventCode.M_CHANGE_DU_STATE, request.commandKey()));
        });
    }

    private CpeRequest.DuResult done(DuOperation operation) {
        if (operation instanceof DuOperation.Install install) {
            return install(install);
        }
        if (operation instanceof DuOperation.Update update) {
            return update(update);
        }
        return uninstall((DuOperation.Uninstall) operation);
    }

    private CpeRequest.DuResult install(DuOperation.Install install) {
        String uuid = install.uuid().isEmpty()
                ? UUID.nameUUIDFromBytes(install.url().getBytes(StandardCharsets.UTF_8))
                        .toString()
                : install.uuid();
        if (versions.containsKey(uuid)) {
            return result(uuid, "Failed", Fault.of(FaultCode.DUPLICATE_DEPLOYMENT_UNIT));
        }
        Fault fetched = FileFetch.fetch(install.url(), install.username(), install.password(), 0, none -> {});
        if (fetched.code() != 0) {
            return result(uuid, "Failed", fetched);
        }
        versions.put(uuid, FIRST_VERSION);
        return result(uuid, "Installed", NONE);
    }

    private CpeRequest.DuResult update(DuOperation.Update update) {
        if (!versions.containsKey(update.uuid())) {
            return result(update.uuid(), "Failed", Fault.of(FaultCode.UNKNOWN_DEPLOYMENT_UNIT));
        }
        if (update.version().equals(versions.get(update.uuid()))) {
            return result(update.uuid(), "Installed", Fault.of(FaultCode.UPDATE_VERSION_ALREADY_EXISTS));
        }
        if (!update.url().isEmpty()) {
            Fault fetched = FileFetch.fetch(update.url(), update.username(), update.password(), 0, none -> {});
            if (fetched.code() != 0) {
                return result(update.uuid(), "Installed", fetched);
            }
        }
        versions.put(update.uuid(), update.version().isEmpty() ? FIRST_VERSION : update.version());
        return result(update.uuid(), "Installed", NONE);
    }

    private CpeRequest.DuResult uninstall(DuOperation.Uninstall uninstall) {
        if (!versions.containsKey(uninstall.uuid())) {
            return result(uninstall.uuid(), "Failed", Fault.of(FaultCode.UNKNOWN_DEPLOYMENT_UNIT));
        }
        CpeRequest.DuResult result = result(uninstall.uuid(), "Uninstalled", NONE);
        versions.remove(uninstall.uuid());
        return result;
    }

    private static final Fault NONE = new Fault(0, "", List.of());

    private CpeRequest.DuResult result(String uuid, String state, Fault fault) {
        CwmpTime now = CwmpTime.of(Instant.now());
        String known = uuid.isEmpty() ? new UUID(0, 0).toString() : uuid;
        return new CpeRequest.DuResult(
                known, "", versions.getOrDefault(uuid, ""), state, fault.code() == 0, "", now, now, fault, "");
    }
}
