package carillon.server.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a config record from flags. */
final class ReadSettings {
    private ReadSettings() {}

    static <T> T read(Function<ConfigReader, T> from, Map<String, String> flags) {
        ConfigReader reader = new ConfigReader(ConfigSources.of(flags, Map.of()));
        T config = from.apply(reader);
        reader.finish();
        return config;
    }

    static List<String> problems(Function<ConfigReader, ?> from, Map<String, String> flags) {
        return catchThrowableOfType(ConfigException.class, () -> read(from, flags))
                .problems();
    }
}
