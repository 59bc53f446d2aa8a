package carillon.rpc.outbound;

import carillon.cwmp.ParameterValue;
import carillon.db.Device;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A phone's MAC address among what it reported: what most people search by. */
public final class MacAddress {
    private static final Pattern SEPARATORS = Pattern.compile("[:.\\-\\s]");
    private static final Pattern TWELVE_DIGITS = Pattern.compile("[0-9a-f]{12}");

    private MacAddress() {}

    /** The first value whose name ends in {@code .MACAddress} and that is one: twelve lower-case hexadecimal digits. */
    public static Optional<String> among(List<ParameterValue> values) {
        return values.stream()
                .filter(value -> value.path().endsWith(".MACAddress"))
                .map(value -> normal(value.value()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Twelve lower-case hexadecimal digits, whatever stood between them; nothing where it is no address of a device. */
    static Optional<String> normal(String text) {
        if (text.length() > 32) {
            return Optional.empty();
        }
        String digits = SEPARATORS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
        boolean real = TWELVE_DIGITS.matcher(digits).matches()
                && !digits.equals("000000000000")
                && !digits.equals("ffffffffffff");
        return real ? Optional.of(digits) : Optional.empty();
    }

    /** The same report with this address. */
    public static Device.Reported in(Device.Reported was, String mac) {
        return new Device.Reported(
                was.manufacturer(),
                mac,
                was.hardwareVersion(),
                was.softwareVersion(),
                was.ipAddress(),
                was.connectionRequestUrl(),
                was.parameterKey(),
                was.rootObject(),
                was.digest());
    }
}
