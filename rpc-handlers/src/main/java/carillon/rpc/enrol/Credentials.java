package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Secret;

/** A device's own credentials, derived from the server's key, the device and a generation. */
public final class Credentials {
    /** What a user name and password are for. */
    public enum Purpose {
        CWMP,
        CONNECTION_REQUEST
    }

    public Credentials(byte[] key) {}

    /** {@code OUI-ProductClass-Serial}, percent-encoded. */
    public String username(DeviceId device) {
        throw new UnsupportedOperationException("contract");
    }

    /** Letters and digits, 26 of them. */
    public Secret password(DeviceId device, int generation, Purpose purpose) {
        throw new UnsupportedOperationException("contract");
    }
}
