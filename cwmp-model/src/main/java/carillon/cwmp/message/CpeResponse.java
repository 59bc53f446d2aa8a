package carillon.cwmp.message;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import java.util.List;

/** The CPE's answer to an {@link AcsRequest}; a refusal is a {@link FaultMessage}. */
public sealed interface CpeResponse extends CwmpMessage {
    /** The method this is the answer to. */
    AcsMethod method();

    @Override
    default String name() {
        return method().rpcName() + "Response";
    }

    /** Answer to GetRPCMethods. */
    record GetRpcMethodsResponse(List<String> methods) implements CpeResponse {
        public GetRpcMethodsResponse {
            methods = List.copyOf(methods);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_RPC_METHODS;
        }
    }

    /** Answer to SetParameterValues; status 0 done, 1 accepted and done later. */
    record SetParameterValuesResponse(int status) implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.SET_PARAMETER_VALUES;
        }
    }

    /** Answer to GetParameterValues. */
    record GetParameterValuesResponse(List<ParameterValue> values) implements CpeResponse {
        public GetParameterValuesResponse {
            values = List.copyOf(values);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_VALUES;
        }
    }

    /** Answer to GetParameterNames. */
    record GetParameterNamesResponse(List<ParameterInfo> parameters) implements CpeResponse {
        public GetParameterNamesResponse {
            parameters = List.copyOf(parameters);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_NAMES;
        }
    }

    /** Answer to SetParameterAttributes. */
    record SetParameterAttributesResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.SET_PARAMETER_ATTRIBUTES;
        }
    }

    /** Answer to GetParameterAttributes. */
    record GetParameterAttributesResponse(List<ParameterAttribute> attributes) implements CpeResponse {
        public GetParameterAttributesResponse {
            attributes = List.copyOf(attributes);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_PARAMETER_ATTRIBUTES;
        }
    }

    /** Answer to AddObject; status 0 done, 1 accepted and done later. */
    record AddObjectResponse(long instance, int status) implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.ADD_OBJECT;
        }
    }

    /** Answer to DeleteObject; status 0 done, 1 accepted and done later. */
    record DeleteObjectResponse(int status) implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.DELETE_OBJECT;
        }
    }

    /** Answer to Download; status 0 done, 1 accepted and done later. */
    record DownloadResponse(int status, CwmpTime startTime, CwmpTime completeTime) implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.DOWNLOAD;
        }
    }

    /** Answer to Reboot. */
    record RebootResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.REBOOT;
        }
    }

    /** Answer to FactoryReset. */
    record FactoryResetResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.FACTORY_RESET;
        }
    }

    /** Answer to GetQueuedTransfers. */
    record GetQueuedTransfersResponse(List<QueuedTransfer> transfers) implements CpeResponse {
        public GetQueuedTransfersResponse {
            transfers = List.copyOf(transfers);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_QUEUED_TRANSFERS;
        }
    }

    /** Answer to ScheduleInform. */
    record ScheduleInformResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.SCHEDULE_INFORM;
        }
    }

    /** Answer to SetVouchers. */
    record SetVouchersResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.SET_VOUCHERS;
        }
    }

    /** Answer to GetOptions. */
    record GetOptionsResponse(List<Option> options) implements CpeResponse {
        public GetOptionsResponse {
            options = List.copyOf(options);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_OPTIONS;
        }
    }

    /** Answer to Upload; status 0 done, 1 accepted and done later. */
    record UploadResponse(int status, CwmpTime startTime, CwmpTime completeTime) implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.UPLOAD;
        }
    }

    /** Answer to GetAllQueuedTransfers. */
    record GetAllQueuedTransfersResponse(List<AnyQueuedTransfer> transfers) implements CpeResponse {
        public GetAllQueuedTransfersResponse {
            transfers = List.copyOf(transfers);
        }

        @Override
        public AcsMethod method() {
            return AcsMethod.GET_ALL_QUEUED_TRANSFERS;
        }
    }

    /** Answer to ScheduleDownload. */
    record ScheduleDownloadResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.SCHEDULE_DOWNLOAD;
        }
    }

    /** Answer to CancelTransfer. */
    record CancelTransferResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.CANCEL_TRANSFER;
        }
    }

    /** Answer to ChangeDUState. */
    record ChangeDuStateResponse() implements CpeResponse {
        @Override
        public AcsMethod method() {
            return AcsMethod.CHANGE_DU_STATE;
        }
    }

    /** A line of GetQueuedTransfersResponse; state 1 not started, 2 in progress, 3 completed. */
    record QueuedTransfer(String commandKey, int state) {}

    /** A line of GetAllQueuedTransfersResponse. */
    record AnyQueuedTransfer(
            String commandKey, int state, boolean isDownload, String fileType, long fileSize, String targetFileName) {}

    /** A line of GetOptionsResponse. */
    record Option(
            String optionName,
            long voucherSerialNumber,
            long state,
            int mode,
            CwmpTime startDate,
            CwmpTime expirationDate,
            boolean transferable) {}
}
