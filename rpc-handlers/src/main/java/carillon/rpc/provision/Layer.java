package carillon.rpc.provision;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of the configuration of some phones.
 *
 * @param name what people call it
 * @param scope whom it is for
 * @param priority of two layers with equally particular scopes the one with the greater number wins
 * @param values what it says, by the keys' names; a name with {@code {n}} is said of each account's extension
 */
public record Layer(String name, LayerScope scope, int priority, Map<String, LayerValue> values) {
    /** From the one that loses to the one that wins. */
    static final Comparator<Layer> ORDER = Comparator.comparingInt(
                    (Layer layer) -> layer.scope().particularity())
            .thenComparingInt(Layer::priority)
            .thenComparing(Layer::name);

    public Layer {
        values = Map.copyOf(new LinkedHashMap<>(values));
    }
}
