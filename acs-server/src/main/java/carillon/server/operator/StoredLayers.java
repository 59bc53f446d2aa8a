package carillon.server.operator;

import carillon.db.Device;
import carillon.db.StoredLayer;
import carillon.rpc.provision.Layer;
import carillon.rpc.provision.LayerJson;
import carillon.rpc.provision.LayerScope;
import carillon.rpc.provision.PhoneFacts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Layers and phones as they are stored, as what is decided upon. */
public final class StoredLayers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_SCOPE = 200;

    private StoredLayers() {}

    /** A layer. */
    public static Layer layer(StoredLayer stored) {
        try {
            return new Layer(
                    stored.name(),
                    scope(stored.scopeKind(), stored.scopeValue()),
                    stored.priority(),
                    LayerJson.stored(JSON.readTree(stored.content())));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the stored layer " + stored.name() + " is no JSON", broken);
        }
    }

    /** Its scope; throws on kinds that there are not. */
    static LayerScope scope(String kind, String value) {
        boolean all = kind.equals("all");
        if (all != value.isEmpty() || value.length() > LONGEST_SCOPE) {
            throw new IllegalArgumentException(
                    all ? "the scope all has no value" : "the scope needs a value of 1 to 200 characters");
        }
        return switch (kind) {
            case "all" -> new LayerScope.All();
            case "model" -> new LayerScope.Model(value);
            case "tag" -> new LayerScope.Tag(value);
            case "site" -> new LayerScope.Site(value);
            case "device" -> new LayerScope.Device(value);
            default ->
                throw new IllegalArgumentException(
                        "the scope is of the kind '" + kind + "'; allowed: all, model, tag, site, device");
        };
    }

    /** What a phone's configuration depends on. */
    public static PhoneFacts facts(Device device) {
        return new PhoneFacts(
                device.id().encoded(),
                device.id().oui(),
                device.id().productClass(),
                device.id().serial(),
                device.reported().mac(),
                device.reported().softwareVersion(),
                device.site(),
                device.tags(),
                Map.of(),
                List.of());
    }
}
