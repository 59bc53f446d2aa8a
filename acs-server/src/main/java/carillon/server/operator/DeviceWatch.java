package carillon.server.operator;

import carillon.cwmp.DeviceId;

/** Who wants to know that a device was changed or deleted; called after the commit, and must not block. */
@FunctionalInterface
public interface DeviceWatch {
    void changed(DeviceId device);
}
