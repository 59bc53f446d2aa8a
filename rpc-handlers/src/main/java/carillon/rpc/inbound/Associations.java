package carillon.rpc.inbound;

import carillon.cwmp.DeviceId;
import carillon.cwmp.ParameterValue;
import carillon.db.Association;
import carillon.db.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reported values tell of the gateway that a phone is behind (Device.GatewayInfo) and of the phones behind a gateway
 * (ManagementServer.ManageableDevice), TR-069 Annex F.
 */
public final class Associations {
    private static final int LONGEST = 64;
    private static final int MOST = 1000;
    private static final String OUI = "ManufacturerOUI";
    private static final String PRODUCT_CLASS = "ProductClass";
    private static final String SERIAL = "SerialNumber";
    private static final Pattern PLACE = Pattern.compile("(?:Device\\.GatewayInfo|(?:Device|InternetGatewayDevice)"
            + "\\.ManagementServer\\.ManageableDevice\\.([1-9]\\d{0,8}))\\.(" + OUI + "|" + PRODUCT_CLASS + "|" + SERIAL
            + ")");

    private Associations() {}

    /** What these effects tell of, as an effect; empty where they tell of nothing of the kind. */
    public static Optional<Effect> in(List<Effect> effects) {
        Map<Integer, Map<String, String>> told = new TreeMap<>();
        Optional<Instant> at = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Effect.ValuesReported reported) {
                for (ParameterValue value : reported.values()) {
                    if (mayTell(value.path()) && note(value, told)) {
                        at = Optional.of(reported.at());
                    }
                }
            }
        }
        List<Association> associations = new ArrayList<>();
        told.forEach((place, parts) -> association(place, parts).ifPresent(associations::add));
        return associations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Effect.AssociationsTold(associations, at.orElseThrow()));
    }

    /** Nearly no parameter does: this is quick to see. */
    private static boolean mayTell(String path) {
        return path.startsWith("GatewayInfo.", 7) || path.contains(".ManageableDevice.");
    }

    private static boolean note(ParameterValue value, Map<Integer, Map<String, String>> told) {
        Matcher matcher = PLACE.matcher(value.path());
        if (!matcher.matches() || value.value().length() > LONGEST) {
            return false;
        }
        int place = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        if (told.size() >= MOST && !told.containsKey(place)) {
            return false;
        }
        told.computeIfAbsent(place, any -> new TreeMap<>())
                .put(matcher.group(2), value.value().strip());
        return true;
    }

    /** The class may be missing, the other two may not: half an identity is none. */
    private static Optional<Association> association(int place, Map<String, String> parts) {
        if (!parts.containsKey(OUI) || !parts.containsKey(SERIAL)) {
            return Optional.empty();
        }
        // nothing in it: the phone is behind no gateway (any more)
        Optional<DeviceId> other = parts.get(SERIAL).isEmpty()
                ? Optional.empty()
                : Optional.of(new DeviceId(parts.get(OUI), parts.getOrDefault(PRODUCT_CLASS, ""), parts.get(SERIAL)));
        return Optional.of(
                new Association(place == 0 ? Association.Side.GATEWAY : Association.Side.PHONE, place, other));
    }
}
