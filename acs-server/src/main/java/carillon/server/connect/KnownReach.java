package carillon.server.connect;

import carillon.db.Device;
import carillon.db.Reach;
import carillon.db.ReportedParameter;
import carillon.db.Stores;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a device showed of how it can be reached (CWMP-214, CWMP-219).
 *
 * @param methods its SupportedConnReqMethods; empty where it did not say
 * @param natDetected whether it found itself behind a NAT
 * @param udp where it hears UDP connection requests, the newer of what it reported and what the STUN server saw
 * @param bound where the STUN server saw it, if that is what {@code udp} says: then it has proven to be there
 * @param jabberId empty where it has none, or its XMPP connection is down
 */
record KnownReach(Set<String> methods, boolean natDetected, Optional<UdpAddress> udp, boolean bound, String jabberId) {
    private static final int MOST_PARAMETERS = 500;

    KnownReach {
        methods = Set.copyOf(methods);
    }

    /** Reads it from what the device reported. */
    static KnownReach of(Device device, Stores stores) {
        String server = device.reported().rootObject() + "ManagementServer.";
        Map<String, ReportedParameter> told = new HashMap<>();
        stores.parameters()
                .list(device.key(), server, 1, MOST_PARAMETERS, "")
                .items()
                .forEach(parameter -> told.put(parameter.path().substring(server.length()), parameter));
        String connection = text(told, "ConnReqXMPPConnection");
        boolean down = !connection.isEmpty()
                && stores.parameters()
                        .find(device.key(), connection + (connection.endsWith(".") ? "" : ".") + "Status")
                        .flatMap(ReportedParameter::value)
                        .filter(status -> !status.isEmpty() && !status.equalsIgnoreCase("Up"))
                        .isPresent();
        return judged(told, stores.reach().find(device.key()), down);
    }

    private static KnownReach judged(Map<String, ReportedParameter> told, Reach reach, boolean xmppDown) {
        Optional<UdpAddress> reported = UdpAddress.parse(text(told, "UDPConnectionRequestAddress"));
        Optional<UdpAddress> seen = reach.address().isEmpty()
                ? Optional.empty()
                : Optional.of(new UdpAddress(reach.address(), reach.port()));
        ReportedParameter parameter = told.get("UDPConnectionRequestAddress");
        Instant reportedAt = parameter == null || reported.isEmpty() ? Instant.MIN : parameter.at();
        boolean bound = seen.isPresent() && !reach.boundAt().orElse(Instant.MIN).isBefore(reportedAt);
        boolean sameAnyway = seen.isPresent() && seen.equals(reported);
        return new KnownReach(
                methods(text(told, "SupportedConnReqMethods")),
                List.of("1", "true").contains(text(told, "NATDetected").toLowerCase(Locale.ROOT)),
                bound ? seen : reported,
                bound || sameAnyway,
                xmppDown ? "" : text(told, "ConnReqJabberID"));
    }

    private static String text(Map<String, ReportedParameter> told, String name) {
        ReportedParameter parameter = told.get(name);
        return parameter == null ? "" : parameter.value().orElse("").strip();
    }

    private static Set<String> methods(String text) {
        return Arrays.stream(text.toUpperCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(method -> !method.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the device says that it knows this method, or says nothing. */
    boolean knows(String method) {
        return methods.isEmpty() || methods.contains(method);
    }
}
