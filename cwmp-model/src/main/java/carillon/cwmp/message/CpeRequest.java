package carillon.cwmp.message;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterValue;
import java.util.List;
import java.util.Optional;

/** The CPE asks, or tells, the ACS something. */
public sealed interface CpeRequest extends CwmpMessage {
    CpeMethod method();

    @Override
    default String name() {
        return method().rpcName();
    }

    /** A.3.3.1. */
    record Inform(
            DeviceId device,
            String manufacturer,
            List<Event> events,
            long maxEnvelopes,
            CwmpTime currentTime,
            int retryCount,
            List<ParameterValue> parameters)
            implements CpeRequest {
        public Inform {
            events = List.copyOf(events);
            parameters = List.copyOf(parameters);
        }

        @Override
        public CpeMethod method() {
            return CpeMethod.INFORM;
        }

        /** Whether this event is among those reported. */
        public boolean has(EventCode code) {
            for (Event event : events) {
                if (event.is(code)) {
                    return true;
                }
            }
            return false;
        }

        /** The value of the first parameter whose name ends so, such as {@code .ManagementServer.ParameterKey}. */
        public Optional<String> valueOf(String pathEnding) {
            for (ParameterValue parameter : parameters) {
                if (parameter.path().endsWith(pathEnding)) {
                    return Optional.of(parameter.value());
                }
            }
            return Optional.empty();
        }
    }

    /** A.3.1.1, asked by the CPE. */
    record GetRpcMethods() implements CpeRequest {
        @Override
        public CpeMethod method() {
            return CpeMethod.GET_RPC_METHODS;
        }
    }

    /** A.3.3.2; fault code 0 is success. */
    record TransferComplete(String commandKey, Fault fault, CwmpTime startTime, CwmpTime completeTime)
            implements CpeRequest {
        @Override
        public CpeMethod method() {
            return CpeMethod.TRANSFER_COMPLETE;
        }
    }

    /** A.3.3.3, from 1.1. */
    record AutonomousTransferComplete(
            String announceUrl,
            String transferUrl,
            boolean isDownload,
            String fileType,
            long fileSize,
            String targetFileName,
            Fault fault,
            CwmpTime startTime,
            CwmpTime completeTime)
            implements CpeRequest {
        @Override
        public CpeMethod method() {
            return CpeMethod.AUTONOMOUS_TRANSFER_COMPLETE;
        }
    }

    /** A.4.2.1, deprecated. */
    record Kicked(String command, String referer, String arg, String next) implements CpeRequest {
        @Override
        public CpeMethod method() {
            return CpeMethod.KICKED;
        }
    }

    /** A.4.2.2. */
    record RequestDownload(String fileType, List<Argument> arguments) implements CpeRequest {
        public RequestDownload {
            arguments = List.copyOf(arguments);
        }

        @Override
        public CpeMethod method() {
            return CpeMethod.REQUEST_DOWNLOAD;
        }
    }

    /** A.4.2.3, from 1.2. */
    record DuStateChangeComplete(List<DuResult> results, String commandKey) implements CpeRequest {
        public DuStateChangeComplete {
            results = List.copyOf(results);
        }

        @Override
        public CpeMethod method() {
            return CpeMethod.DU_STATE_CHANGE_COMPLETE;
        }
    }

    /** A.4.2.4, from 1.2. */
    record AutonomousDuStateChangeComplete(List<DuResult> results) implements CpeRequest {
        public AutonomousDuStateChangeComplete {
            results = List.copyOf(results);
        }

        @Override
        public CpeMethod method() {
            return CpeMethod.AUTONOMOUS_DU_STATE_CHANGE_COMPLETE;
        }
    }

    /** A method that no CWMP version has, or that is not an ACS's; the arguments are not kept. */
    record Unknown(String name) implements CpeRequest {
        @Override
        public CpeMethod method() {
            return CpeMethod.UNKNOWN;
        }
    }

    /** A name and value of a RequestDownload (ArgStruct). */
    record Argument(String name, String value) {}

    /**
     * The outcome for one deployment unit; the last field is empty unless the change was autonomous.
     *
     * @param fault code 0 is success
     */
    record DuResult(
            String uuid,
            String deploymentUnitRef,
            String version,
            String currentState,
            boolean resolved,
            String executionUnitRefs,
            CwmpTime startTime,
            CwmpTime completeTime,
            Fault fault,
            String operationPerformed) {}
}
