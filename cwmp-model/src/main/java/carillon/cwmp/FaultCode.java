package carillon.cwmp;

import java.util.Optional;

/**
 * The fault codes of TR-069 Amendment 6, A.5.1 and A.5.2, each with whom SOAP blames for it and whether the same request
 * may succeed later.
 */
public enum FaultCode {
    ACS_METHOD_NOT_SUPPORTED(8000, Blame.SERVER, "Method not supported", false),
    ACS_REQUEST_DENIED(8001, Blame.SERVER, "Request denied", false),
    ACS_INTERNAL_ERROR(8002, Blame.SERVER, "Internal error", false),
    ACS_INVALID_ARGUMENTS(8003, Blame.CLIENT, "Invalid arguments", false),
    ACS_RESOURCES_EXCEEDED(8004, Blame.SERVER, "Resources exceeded", true),
    ACS_RETRY_REQUEST(8005, Blame.SERVER, "Retry request", true),
    ACS_VERSION_NOT_COMPATIBLE(8006, Blame.SERVER, "CWMP version not compatible", false),
    METHOD_NOT_SUPPORTED(9000, Blame.SERVER, "Method not supported", false),
    REQUEST_DENIED(9001, Blame.SERVER, "Request denied", true),
    INTERNAL_ERROR(9002, Blame.SERVER, "Internal error", true),
    INVALID_ARGUMENTS(9003, Blame.CLIENT, "Invalid arguments", false),
    RESOURCES_EXCEEDED(9004, Blame.SERVER, "Resources exceeded", true),
    INVALID_PARAMETER_NAME(9005, Blame.CLIENT, "Invalid parameter name", false),
    INVALID_PARAMETER_TYPE(9006, Blame.CLIENT, "Invalid parameter type", false),
    INVALID_PARAMETER_VALUE(9007, Blame.CLIENT, "Invalid parameter value", false),
    ATTEMPT_TO_SET_A_NON_WRITABLE_PARAMETER(9008, Blame.CLIENT, "Attempt to set a non-writable parameter", false),
    NOTIFICATION_REQUEST_REJECTED(9009, Blame.SERVER, "Notification request rejected", false),
    FILE_TRANSFER_FAILURE(9010, Blame.SERVER, "File transfer failure", true),
    UPLOAD_FAILURE(9011, Blame.SERVER, "Upload failure", true),
    FILE_TRANSFER_SERVER_AUTHENTICATION_FAILURE(
            9012, Blame.SERVER, "File transfer server authentication failure", false),
    UNSUPPORTED_PROTOCOL_FOR_FILE_TRANSFER(9013, Blame.SERVER, "Unsupported protocol for file transfer", false),
    UNABLE_TO_JOIN_MULTICAST_GROUP(9014, Blame.SERVER, "Unable to join multicast group", true),
    UNABLE_TO_CONTACT_FILE_SERVER(9015, Blame.SERVER, "Unable to contact file server", true),
    UNABLE_TO_ACCESS_FILE(9016, Blame.SERVER, "Unable to access file", true),
    UNABLE_TO_COMPLETE_DOWNLOAD(9017, Blame.SERVER, "Unable to complete download", true),
    FILE_CORRUPTED(9018, Blame.SERVER, "File corrupted", true),
    FILE_AUTHENTICATION_FAILURE(9019, Blame.SERVER, "File authentication failure", true),
    NOT_COMPLETED_INSIDE_THE_TIME_WINDOWS(9020, Blame.SERVER, "Not completed inside the time windows", true),
    CANCEL_NOT_PERMITTED_IN_THIS_STATE(9021, Blame.CLIENT, "Cancel not permitted in this state", false),
    INVALID_UUID_FORMAT(9022, Blame.CLIENT, "Invalid UUID format", false),
    UNKNOWN_EXECUTION_ENVIRONMENT(9023, Blame.CLIENT, "Unknown execution environment", false),
    DISABLED_EXECUTION_ENVIRONMENT(9024, Blame.CLIENT, "Disabled execution environment", false),
    DEPLOYMENT_UNIT_DOES_NOT_FIT_THE_ENVIRONMENT(
            9025, Blame.CLIENT, "Deployment unit does not fit the environment", false),
    DUPLICATE_DEPLOYMENT_UNIT(9026, Blame.CLIENT, "Duplicate deployment unit", false),
    SYSTEM_RESOURCES_EXCEEDED(9027, Blame.SERVER, "System resources exceeded", false),
    UNKNOWN_DEPLOYMENT_UNIT(9028, Blame.CLIENT, "Unknown deployment unit", false),
    INVALID_DEPLOYMENT_UNIT_STATE(9029, Blame.CLIENT, "Invalid deployment unit state", false),
    UPDATE_DOWNGRADE_NOT_PERMITTED(9030, Blame.CLIENT, "Update: downgrade not permitted", false),
    UPDATE_VERSION_NOT_GIVEN(9031, Blame.CLIENT, "Update: version not given", false),
    UPDATE_VERSION_ALREADY_EXISTS(9032, Blame.CLIENT, "Update: version already exists", false);

    /** The SOAP faultcode: the side that has to change something. */
    public enum Blame {
        CLIENT("Client"),
        SERVER("Server");

        private final String text;

        Blame(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final int number;
    private final Blame blame;
    private final String text;
    private final boolean worthRetrying;

    FaultCode(int number, Blame blame, String text, boolean worthRetrying) {
        this.number = number;
        this.blame = blame;
        this.text = text;
        this.worthRetrying = worthRetrying;
    }

    public int number() {
        return number;
    }

    public Blame blame() {
        return blame;
    }

    public String text() {
        return text;
    }

    /** Whether the very same request may succeed at another time. */
    public boolean worthRetrying() {
        return worthRetrying;
    }

    /** The catalogue's entry for a number; vendor and reserved numbers have none. */
    public static Optional<FaultCode> of(int number) {
        for (FaultCode code : values()) {
            if (code.number == number) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
