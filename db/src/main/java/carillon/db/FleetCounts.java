package carillon.db;

import java.util.Map;

/** The numbers of the dashboard. */
public record FleetCounts(
        long total, Map<DeviceState, Long> byState, long late, Map<String, Long> softwareVersions, long pendingRpcs) {
    public FleetCounts {
        byState = Map.copyOf(byState);
        softwareVersions = Map.copyOf(softwareVersions);
    }
}
