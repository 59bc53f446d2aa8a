package carillon.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where envelopes are not written as the phone writes its own.
 *
 * @param declarations for a product class, or {@code *} for all: whether our envelopes begin with an XML declaration
 */
public record EnvelopeConfig(Map<String, Boolean> declarations) {
    public EnvelopeConfig {
        declarations = Map.copyOf(declarations);
    }

    public static EnvelopeConfig from(ConfigReader reader) {
        List<Map.Entry<String, Boolean>> lines = reader.list(
                "cwmp.declaration",
                "",
                "Models to which our envelopes always, or never, begin with an XML declaration, such as"
                        + " CP-8851-3PCC=always,*=never; by default they begin as the phone's own do.",
                EnvelopeConfig::line);
        Map<String, Boolean> declarations = new HashMap<>();
        lines.forEach(line -> declarations.put(line.getKey(), line.getValue()));
        return new EnvelopeConfig(declarations);
    }

    private static Map.Entry<String, Boolean> line(String text) {
        int equals = text.lastIndexOf('=');
        String wanted = text.substring(equals + 1).strip();
        if (equals < 1 || !wanted.equals("always") && !wanted.equals("never")) {
            throw new IllegalArgumentException(text + " is not MODEL=always or MODEL=never");
        }
        return Map.entry(text.substring(0, equals).strip(), wanted.equals("always"));
    }

    /** Whether envelopes to this product class begin with a declaration; empty where the phone decides. */
    public Optional<Boolean> declaration(String productClass) {
        return Optional.ofNullable(declarations.getOrDefault(productClass, declarations.get("*")));
    }
}
