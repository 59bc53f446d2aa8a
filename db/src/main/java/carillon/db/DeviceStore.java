package carillon.db;

import carillon.cwmp.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The devices that are known. */
public final class DeviceStore {

    /** The device with this identity (in any tenant: identities are unique). */
    public Optional<Device> find(DeviceId id) {
        throw new UnsupportedOperationException("contract");
    }

    /** The device with this key. */
    public Optional<Device> find(long key) {
        throw new UnsupportedOperationException("contract");
    }

    /** The devices of a scope that this text names: encoded, decoded, or encoded once more. */
    public List<Device> named(Scope scope, String idText) {
        throw new UnsupportedOperationException("contract");
    }

    /** One page of what was asked for. */
    public Page<DeviceRow> search(Scope scope, DeviceQuery query) {
        throw new UnsupportedOperationException("contract");
    }

    /** Inserts; the result carries key and version. Throws {@link IllegalStateException} if the identity is taken. */
    public Device insert(Device device) {
        throw new UnsupportedOperationException("contract");
    }

    /** Updates if the version is still the one given; false if not. Raises the version. */
    public boolean update(Device device) {
        throw new UnsupportedOperationException("contract");
    }

    /** Deletes the device and all that belongs to it. */
    public boolean delete(long key) {
        throw new UnsupportedOperationException("contract");
    }

    /** The dashboard numbers. */
    public FleetCounts counts(Scope scope) {
        throw new UnsupportedOperationException("contract");
    }

    /** Marks devices late whose time has come, by index, and returns them as they now are. */
    public List<Device> markLate(Instant now, int limit) {
        throw new UnsupportedOperationException("contract");
    }
}
