package carillon.cwmp.message;

import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import java.util.List;
import java.util.Optional;

/** The ACS asks the CPE to do something. Element order, lengths and types: the schemas; one record per method. */
public sealed interface AcsRequest extends CwmpMessage {
    AcsMethod method();

    @Override
    default String name() {
        return method().rpcName();
    }

    /** A.3.1.1: which methods the CPE knows. */
    record GetRpcMethods() implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.GET_RPC_METHODS;
        }
    }

    /** A.3.2.1: all values or none. */
    record SetParameterValues(List<ParameterValue> values, String parameterKey) implements AcsRequest {
        public SetParameterValues {
            values = List.copyOf(values);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.SET_PARAMETER_VALUES;
        }
    }

    /** A.3.2.2: full names or partial paths. */
    record GetParameterValues(List<String> paths) implements AcsRequest {
        public GetParameterValues {
            paths = List.copyOf(paths);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_VALUES;
        }
    }

    /** A.3.2.3: what exists below a path. */
    record GetParameterNames(String path, boolean nextLevel) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_NAMES;
        }
    }

    /** A.3.2.4: notification and access list. */
    record SetParameterAttributes(List<AttributeChange> changes) implements AcsRequest {
        public SetParameterAttributes {
            changes = List.copyOf(changes);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.SET_PARAMETER_ATTRIBUTES;
        }
    }

    /** A.3.2.5. */
    record GetParameterAttributes(List<String> paths) implements AcsRequest {
        public GetParameterAttributes {
            paths = List.copyOf(paths);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_ATTRIBUTES;
        }
    }

    /** A.3.2.6: the table path with its final dot. */
    record AddObject(String objectName, String parameterKey) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.ADD_OBJECT;
        }
    }

    /** A.3.2.7: the instance path with its final dot. */
    record DeleteObject(String objectName, String parameterKey) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.DELETE_OBJECT;
        }
    }

    /** A.3.2.8: sizes in octets, delays in seconds, 0 for unknown and now. */
    record Download(
            String commandKey,
            String fileType,
            String url,
            String username,
            Secret password,
            long fileSize,
            String targetFileName,
            long delaySeconds,
            String successUrl,
            String failureUrl)
            implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.DOWNLOAD;
        }
    }

    /** A.3.2.9: the key comes back in "M Reboot". */
    record Reboot(String commandKey) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.REBOOT;
        }
    }

    /** A.4.1.6. */
    record FactoryReset() implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.FACTORY_RESET;
        }
    }

    /** A.4.1.1, deprecated. */
    record GetQueuedTransfers() implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.GET_QUEUED_TRANSFERS;
        }
    }

    /** A.4.1.2. */
    record ScheduleInform(long delaySeconds, String commandKey) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.SCHEDULE_INFORM;
        }
    }

    /** A.4.1.3, deprecated; base64 texts. */
    record SetVouchers(List<String> vouchers) implements AcsRequest {
        public SetVouchers {
            vouchers = List.copyOf(vouchers);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.SET_VOUCHERS;
        }
    }

    /** A.4.1.4, deprecated. */
    record GetOptions(String optionName) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.GET_OPTIONS;
        }
    }

    /** A.4.1.5. */
    record Upload(String commandKey, String fileType, String url, String username, Secret password, long delaySeconds)
            implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.UPLOAD;
        }
    }

    /** A.4.1.7, from 1.1. */
    record GetAllQueuedTransfers() implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.GET_ALL_QUEUED_TRANSFERS;
        }
    }

    /** A.4.1.8, from 1.2: one or two windows. */
    record ScheduleDownload(
            String commandKey,
            String fileType,
            String url,
            String username,
            Secret password,
            long fileSize,
            String targetFileName,
            List<TimeWindow> windows)
            implements AcsRequest {
        public ScheduleDownload {
            windows = List.copyOf(windows);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.SCHEDULE_DOWNLOAD;
        }
    }

    /** A.4.1.9, from 1.2. */
    record CancelTransfer(String commandKey) implements AcsRequest {
        @Override
        public AcsMethod method() {
            return AcsMethod.CANCEL_TRANSFER;
        }
    }

    /** A.4.1.10, from 1.2. */
    record ChangeDuState(List<DuOperation> operations, String commandKey) implements AcsRequest {
        public ChangeDuState {
            operations = List.copyOf(operations);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.CHANGE_DU_STATE;
        }
    }

    /**
     * One change of a SetParameterAttributes; what is absent stays as it is.
     *
     * @param path a full name or a partial path
     */
    record AttributeChange(String path, Optional<Integer> notification, Optional<List<String>> accessList) {
        public AttributeChange {
            accessList = accessList.map(List::copyOf);
        }
    }

    /** When a ScheduleDownload may run: seconds from its receipt; mode as in A.4.1.8, table 53. */
    record TimeWindow(long startSeconds, long endSeconds, String mode, String userMessage, int maxRetries) {}

    /** One operation of a ChangeDUState; empty texts are left out on the wire. */
    sealed interface DuOperation {
        record Install(String url, String uuid, String username, Secret password, String executionEnvRef)
                implements DuOperation {}

        record Update(String uuid, String version, String url, String username, Secret password)
                implements DuOperation {}

        record Uninstall(String uuid, String version, String executionEnvRef) implements DuOperation {}
    }
}
