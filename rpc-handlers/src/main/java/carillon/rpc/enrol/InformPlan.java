package carillon.rpc.enrol;

import carillon.cwmp.DeviceId;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.db.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a phone shall come: every so many seconds, at a phase that is a stable hash of its identity, so that a fleet
 * spreads evenly over the interval (CWMP-114).
 *
 * @param intervalSeconds 1 to 4294967295
 * @param phaseSeconds 0 to the interval, exclusive
 */
public record InformPlan(long intervalSeconds, long phaseSeconds) {
    /** A day in the past that intervals are counted from. */
    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

    /** The plan that this device should have, by its own interval or else the server's. */
    public static InformPlan of(Device device, Duration serverInterval) {
        long seconds = interval(device, serverInterval).toSeconds();
        return new InformPlan(seconds, Long.remainderUnsigned(hash(device.id()), seconds));
    }

    /** How often this device shall come. */
    public static Duration interval(Device device, Duration serverInterval) {
        return device.presence().informInterval().orElse(serverInterval);
    }

    /** When a device is late that has come now: the interval and a tenth of it, at least a minute. */
    public static Instant expectedBy(Device device, Duration serverInterval, Instant now) {
        Duration interval = interval(device, serverInterval);
        Duration tenth = interval.dividedBy(10);
        Duration minute = Duration.ofMinutes(1);
        return now.plus(interval).plus(tenth.compareTo(minute) < 0 ? minute : tenth);
    }

    /** {@code interval@phase}, as the device's row remembers it. */
    public String text() {
        return intervalSeconds + "@" + phaseSeconds;
    }

    /** What is set on the device below this root object. */
    public List<ParameterValue> values(String rootObject) {
        String server = rootObject + "ManagementServer.";
        return List.of(
                new ParameterValue(server + "PeriodicInformEnable", "1", ParameterType.BOOLEAN),
                new ParameterValue(
                        server + "PeriodicInformInterval", Long.toString(intervalSeconds), ParameterType.UNSIGNED_INT),
                new ParameterValue(
                        server + "PeriodicInformTime",
                        EPOCH.plusSeconds(phaseSeconds).toString(),
                        ParameterType.DATE_TIME));
    }

    /** FNV-1a over the parts, stirred once more: even, stable, and cheap enough for every session. */
    private static long hash(DeviceId device) {
        long hash = 0xcbf29ce484222325L;
        for (String part : new String[] {device.oui(), device.productClass(), device.serial()}) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ '-') * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
