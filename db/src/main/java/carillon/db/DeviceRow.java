package carillon.db;

/** A device as it is listed, with what is still to be done for it. */
public record DeviceRow(Device device, int pendingRpcs) {}
