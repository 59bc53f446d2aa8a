package carillon.db;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Parameters as phones of one model report them: the names are the same, two thirds of the values are what the whole fleet
 * has, the others (addresses, counters, keys, times) are the device's own and do not compress.
 */
final class SampleParameters {
    private static final String[] OBJECTS = {
        "Device.DeviceInfo.",
        "Device.ManagementServer.",
        "Device.Ethernet.Interface.1.",
        "Device.IP.Interface.1.IPv4Address.1.",
        "Device.Services.VoiceService.1.VoiceProfile.1.SIP.",
        "Device.Services.VoiceService.1.VoiceProfile.1.Line.1.",
        "Device.Services.VoiceService.1.VoiceProfile.1.Line.2.SIP.",
        "Device.X_CISCO_SPA.Phone.LineKey.1."
    };
    private static final String[] NAMES = {"Enable", "Status", "Address", "Timeout", "Server", "Name", "Counter", "Key"
    };
    private static final ParameterType[] TYPES = {
        ParameterType.BOOLEAN, ParameterType.STRING, ParameterType.UNSIGNED_INT, ParameterType.STRING
    };
    private static final String[] COMMON = {"1", "Enabled", "3600", "sip.example.com", "", "0", "Up", "UTC+1"};

    private final int size;

    SampleParameters(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** All of one device. */
    List<ParameterValue> of(int device) {
        List<ParameterValue> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(value(device, i, 0));
        }
        return values;
    }

    /** Three values of a device's own that are different in each round. */
    List<ParameterValue> changed(int device, int round) {
        return List.of(value(device, 2, round), value(device, size / 2 / 3 * 3 + 2, round), value(device, 5, round));
    }

    private static ParameterValue value(int device, int i, int round) {
        String name = OBJECTS[i % OBJECTS.length] + NAMES[i / 8 % NAMES.length] + i;
        String value = i % 3 == 2 ? own(device, i, round) : COMMON[i % COMMON.length];
        return new ParameterValue(name, value, TYPES[i % TYPES.length]);
    }

    private static String own(int device, int i, int round) {
        Random random = new Random(((long) device << 32) + ((long) i << 8) + round);
        return switch (i % 4) {
            case 0 -> Integer.toString(random.nextInt(1_000_000));
            case 1 -> "192.0.2." + random.nextInt(256);
            case 2 -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            default -> "2026-03-" + (10 + random.nextInt(20)) + "T08:00:" + (10 + random.nextInt(50)) + "Z";
        };
    }
}
