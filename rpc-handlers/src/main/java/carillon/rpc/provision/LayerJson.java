package carillon.rpc.provision;

import carillon.cwmp.SecretPaths;
import carillon.cwmp.flatprofile.KeyCatalogue;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.UserAccess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of a layer as JSON: a text, a number or a boolean ({@code Yes}, {@code No}) for a value, null for a key that
 * is left alone, an object {@code {value, ua, userPref, preserveValue, userChangesCount}} for one with attributes.
 */
public final class LayerJson {
    /** How many keys a layer may have. */
    public static final int MOST_KEYS = 5_000;

    private static final int LONGEST = 16_384;

    private LayerJson() {}

    /**
     * Reads values. One that is masked stands for what was there before.
     *
     * @param before the values that masked ones stand for
     * @throws IllegalArgumentException with a sentence that names the key
     */
    public static Map<String, LayerValue> read(JsonNode values, Map<String, LayerValue> before) {
        if (!values.isObject() || values.size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "values must be an object of at most " + MOST_KEYS + " keys and their values");
        }
        Map<String, LayerValue> read = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            read.put(field.getKey(), value(field.getKey(), field.getValue(), before));
        }
        return read;
    }

    /** Reads values as they were written, secrets too. */
    public static Map<String, LayerValue> stored(JsonNode values) {
        Map<String, LayerValue> same = new TreeMap<>();
        values.fieldNames().forEachRemaining(key -> same.put(key, LayerValue.Put.of(SecretPaths.MASK)));
        return read(values, same);
    }

    /** Writes values as they are, secrets too. */
    public static ObjectNode write(Map<String, LayerValue> values) {
        return write(values, false);
    }

    /** Writes values with secrets masked. */
    public static ObjectNode masked(Map<String, LayerValue> values) {
        return write(values, true);
    }

    /** Whether a layer's value of this key is masked where people see it. */
    public static boolean isSecret(String key) {
        String name = key.replace("{n}", "1");
        return KeyCatalogue.standard().isSecret(name) || SecretPaths.isSecret(name);
    }

    private static LayerValue value(String key, JsonNode node, Map<String, LayerValue> before) {
        if (node.isNull()) {
            return new LayerValue.Leave();
        }
        if (!node.isObject()) {
            return new LayerValue.Put(text(key, node, before), Attributes.NONE, false);
        }
        Optional<UserAccess> access = Optional.empty();
        Optional<Boolean> preference = Optional.empty();
        boolean preserve = false;
        boolean count = false;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            switch (field.getKey()) {
                case "value" -> {}
                case "ua" ->
                    access = Optional.of(UserAccess.of(field.getValue().asText())
                            .orElseThrow(() -> new IllegalArgumentException("ua of " + key + " must be na, ro or rw")));
                case "userPref" -> preference = Optional.of(flag(key, field));
                case "preserveValue" -> preserve = flag(key, field);
                case "userChangesCount" -> count = flag(key, field);
                default ->
                    throw new IllegalArgumentException(
                            "a field of " + key + " is none of value, ua, userPref, preserveValue, userChangesCount");
            }
        }
        JsonNode text = node.path("value");
        if (text.isMissingNode()) {
            throw new IllegalArgumentException("the value of " + key + " is missing");
        }
        return new LayerValue.Put(text(key, text, before), new Attributes(access, preserve, preference, false), count);
    }

    private static boolean flag(String key, Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isBoolean()) {
            throw new IllegalArgumentException(field.getKey() + " of " + key + " must be true or false");
        }
        return field.getValue().booleanValue();
    }

    private static String text(String key, JsonNode node, Map<String, LayerValue> before) {
        if (node.isBoolean()) {
            return node.booleanValue() ? "Yes" : "No";
        }
        if (!node.isTextual() && !node.isNumber()) {
            throw new IllegalArgumentException("the value of " + key + " is neither a text nor a number");
        }
        String text = node.asText();
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the value of " + key + " has more than " + LONGEST + " characters");
        }
        if (isSecret(key) && text.equals(SecretPaths.MASK)) {
            if (before.get(key) instanceof LayerValue.Put put) {
                return put.text();
            }
            throw new IllegalArgumentException("the value of " + key + " is masked, and there is none before it");
        }
        return text;
    }

    private static ObjectNode write(Map<String, LayerValue> values, boolean masked) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(values).forEach((key, value) -> {
            if (!(value instanceof LayerValue.Put put)) {
                object.putNull(key);
                return;
            }
            String text = masked && isSecret(key) && !put.text().isEmpty() ? SecretPaths.MASK : put.text();
            if (put.attributes().equals(Attributes.NONE) && !put.userChangesCount()) {
                object.put(key, text);
                return;
            }
            ObjectNode described = object.putObject(key);
            described.put("value", text);
            put.attributes().userAccess().ifPresent(access -> described.put("ua", access.text()));
            put.attributes().userPreference().ifPresent(first -> described.put("userPref", first));
            if (put.attributes().preserveValue()) {
                described.put("preserveValue", true);
            }
            if (put.userChangesCount()) {
                described.put("userChangesCount", true);
            }
        });
        return object;
    }
}
