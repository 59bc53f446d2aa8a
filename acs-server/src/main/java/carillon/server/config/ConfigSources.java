package carillon.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from, strongest first.
 *
 * @param flags dotted name to text
 * @param environment all of it; only what begins with {@code CARILLON_} counts
 * @param file dotted name to text
 * @param fileName for messages; empty where there is no file
 */
public record ConfigSources(
        Map<String, String> flags, Map<String, String> environment, Map<String, String> file, String fileName) {
    /** The file that is read where no other is named and it exists. */
    public static final Path DEFAULT_FILE = Path.of("carillon.yaml");

    private static final long MAX_FILE_BYTES = 1 << 20;

    public ConfigSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        file = Map.copyOf(file);
    }

    /** Flags and environment alone. */
    public static ConfigSources of(Map<String, String> flags, Map<String, String> environment) {
        return new ConfigSources(flags, environment, Map.of(), "");
    }

    /**
     * With the file named, else {@code CARILLON_CONFIG}, else {@code carillon.yaml} of the working directory.
     *
     * @throws ConfigException if a named file cannot be read or is not what it should be
     */
    public static ConfigSources load(Map<String, String> flags, Map<String, String> environment, Optional<Path> named) {
        Optional<Path> chosen = named.or(
                () -> Optional.ofNullable(environment.get("CARILLON_CONFIG")).map(Path::of));
        if (chosen.isEmpty() && !Files.exists(DEFAULT_FILE)) {
            return of(flags, environment);
        }
        Path path = chosen.orElse(DEFAULT_FILE);
        return new ConfigSources(flags, environment, read(path), path.toString());
    }

    private static Map<String, String> read(Path path) {
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw refused(path + " is larger than 1 MiB; this is not a settings file");
            }
            ObjectMapper yaml = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build());
            JsonNode root = yaml.readTree(Files.readString(path));
            Map<String, String> found = new LinkedHashMap<>();
            if (root != null && !root.isNull() && !root.isMissingNode()) {
                flatten(path, "", root, found);
            }
            return found;
        } catch (JsonProcessingException broken) {
            throw refused(path + " is not YAML: "
                    + broken.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException unreadable) {
            throw refused(path + " cannot be read (" + unreadable.getClass().getSimpleName()
                    + "); name a readable file with --config");
        }
    }

    private static void flatten(Path path, String prefix, JsonNode node, Map<String, String> found) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path,
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                            field.getValue(),
                            found));
        } else if (prefix.isEmpty()) {
            throw refused(path + " must hold 'name: value' lines");
        } else if (found.put(prefix, text(path, prefix, node)) != null) {
            throw refused(path + " sets " + prefix + " twice");
        }
    }

    private static String text(Path path, String key, JsonNode node) {
        if (node.isNull()) {
            return "";
        }
        if (!node.isArray()) {
            return node.asText();
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isValueNode()) {
                throw refused(path + " gives " + key + " a list of something other than plain values");
            }
            items.add(item.asText());
        }
        return String.join(",", items);
    }

    private static ConfigException refused(String problem) {
        return new ConfigException(List.of(problem));
    }
}
