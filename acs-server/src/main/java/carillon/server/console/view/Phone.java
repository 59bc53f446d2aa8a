package carillon.server.console.view;

import carillon.db.Device;
import carillon.db.DeviceState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A phone as pages show it.
 *
 * @param pending how many RPCs wait for it; -1 where that was not asked
 */
public record Phone(Device device, int pending) {
    /** The path of its page. */
    public String link() {
        // once more encoded: a path is decoded once on its way in
        return "/phones/" + device.id().encoded().replace("%", "%25");
    }

    /** The name by which live events call it. */
    public String id() {
        return device.id().encoded();
    }

    /** What a person calls it: its label, else its MAC, else its serial number. */
    public String name() {
        if (!device.label().isEmpty()) {
            return device.label();
        }
        return mac().isEmpty() ? device.id().serial() : mac();
    }

    /** The MAC with colons, empty where it is not known. */
    public String mac() {
        return address(device.reported().mac());
    }

    /** An address of twelve digits as people read it. */
    public static String address(String digits) {
        String mac = digits.toUpperCase(Locale.ROOT);
        return mac.length() == 12 ? String.join(":", mac.split("(?<=\\G..)")) : mac;
    }

    public String serial() {
        return device.id().serial();
    }

    /** What it is called by its maker. */
    public String model() {
        return device.id().productClass();
    }

    public String manufacturer() {
        return device.reported().manufacturer();
    }

    public String software() {
        return device.reported().softwareVersion();
    }

    /** Where it is reached: what it reported, else where it came from. */
    public String address() {
        String reported = device.reported().ipAddress();
        return reported.isEmpty() ? device.presence().sourceAddress() : reported;
    }

    /** Its tags in order. */
    public List<String> tags() {
        return device.tags().stream().sorted().toList();
    }

    /** The tags as they are typed. */
    public String tagText() {
        return String.join(", ", tags());
    }

    /** {@code approved}, {@code waiting}, {@code announced} or {@code refused}. */
    public String state() {
        return device.state().name().toLowerCase(Locale.ROOT);
    }

    /** The state, or {@code late} for one that should have come. */
    public String condition() {
        return device.state() == DeviceState.APPROVED && device.presence().late() ? "late" : state();
    }

    public boolean waits() {
        return device.state() == DeviceState.WAITING;
    }

    public Optional<Instant> lastInform() {
        return device.presence().lastInform();
    }

    public Optional<Instant> expectedBy() {
        return device.presence().expectedBy();
    }
}
