package carillon.server.config;

import carillon.cwmp.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads settings: a flag wins over the environment, that over the file, that over the default. It remembers every key it
 * was asked for, and every problem; {@link #finish()} throws them all at once. A bad value reads as the default until
 * then. Not thread-safe.
 */
public final class ConfigReader {
    private static final String PREFIX = "CARILLON_";
    private static final long MAX_SECRET_BYTES = 64 * 1024;

    /** Ours, but not settings; and what Kubernetes puts there for a service of our name. */
    private static final Set<String> OTHER_VARIABLES = Set.of("CARILLON_CONFIG", "CARILLON_JAVA_OPTS", "CARILLON_PORT");

    private final ConfigSources sources;
    private final Map<String, Setting> asked = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    public ConfigReader(ConfigSources sources) {
        this.sources = sources;
    }

    /** The environment variable of a key: {@code cwmp.http.port} is {@code CARILLON_CWMP_HTTP_PORT}. */
    public static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** A text; may be empty. */
    public String text(String key, String defaultValue, String meaning) {
        return read(key, defaultValue, defaultValue, meaning, Function.identity());
    }

    /** A whole number within these bounds. */
    public int number(String key, int defaultValue, int min, int max, String meaning) {
        return read(key, defaultValue, Integer.toString(defaultValue), meaning, text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean defaultValue, String meaning) {
        return read(key, defaultValue, Boolean.toString(defaultValue), meaning, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("must be true or false");
            }
            return text.equals("true");
        });
    }

    /** A length of time such as {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}, within these bounds. */
    public Duration duration(String key, Duration defaultValue, Duration min, Duration max, String meaning) {
        return read(key, defaultValue, DurationText.print(defaultValue), meaning, text -> {
            Duration value = DurationText.parse(text);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(
                        "must be from " + DurationText.print(min) + " to " + DurationText.print(max));
            }
            return value;
        });
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> E choice(String key, E defaultValue, String meaning) {
        E[] all = defaultValue.getDeclaringClass().getEnumConstants();
        return read(key, defaultValue, lower(defaultValue), meaning, text -> Arrays.stream(all)
                .filter(constant -> lower(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(all).map(ConfigReader::lower).collect(Collectors.joining(", ")))));
    }

    /** A path of the file system. */
    public Path path(String key, Path defaultValue, String meaning) {
        return read(key, defaultValue, defaultValue.toString(), meaning, text -> {
            try {
                if (!text.isEmpty()) {
                    return Path.of(text);
                }
            } catch (InvalidPathException invalid) {
                // told below
            }
            throw new IllegalArgumentException("must be a path");
        });
    }

    /** Values parted by commas, each read by this function, which throws {@link IllegalArgumentException}. */
    public <T> List<T> list(String key, String defaultValue, String meaning, Function<String, T> item) {
        Function<String, List<T>> all = text -> Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(item)
                .toList();
        return read(key, all.apply(defaultValue), defaultValue, meaning, all);
    }

    /** A secret; empty where it is not set. {@code key.file} names a file to read it from. */
    public Secret secret(String key, String meaning) {
        String fileKey = key + ".file";
        known.add(fileKey);
        Optional<Found> direct = find(key);
        Optional<Found> fromFile = find(fileKey);
        if (direct.isPresent() && fromFile.isPresent()) {
            problems.add(key + " and " + fileKey + " are both set; keep one of them");
        }
        if (sources.flags().containsKey(key)) {
            warnings.add(key + " was given as a flag, which process lists show; use " + variable(fileKey) + " or --"
                    + fileKey + "=PATH instead");
        }
        Secret secret = new Secret(direct.map(Found::text)
                .or(() -> fromFile.map(found -> readSecret(fileKey, found)))
                .orElse(""));
        String origin = direct.or(() -> fromFile).map(Found::origin).orElse("default");
        remember(new Setting(key, secret.isEmpty() ? "" : "***", "", origin, meaning, true));
        return secret;
    }

    /** A problem that only several settings together show. */
    public void problem(String line) {
        problems.add(line);
    }

    /** Something a person should know although the settings can be used. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Everything that was asked for, in that order. */
    public List<Setting> settings() {
        return List.copyOf(asked.values());
    }

    /** Throws {@link ConfigException} with all problems, keys that nobody asked for among them. */
    public void finish() {
        sources.flags().keySet().stream()
                .sorted()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add("--" + key + ": there is no such setting" + nearest(key, "--", known)));
        Set<String> variables = known.stream().map(ConfigReader::variable).collect(Collectors.toSet());
        sources.environment().keySet().stream()
                .sorted()
                .filter(name -> name.startsWith(PREFIX) && !variables.contains(name) && !isOther(name))
                .forEach(name -> problems.add(name + ": there is no such setting" + nearest(name, "", variables)));
        sources.file().keySet().stream()
                .sorted()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        problems.add(sources.fileName() + ": there is no setting " + key + nearest(key, "", known)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static boolean isOther(String name) {
        return OTHER_VARIABLES.contains(name)
                || name.startsWith("CARILLON_PORT_")
                || name.startsWith("CARILLON_SERVICE_");
    }

    private static String nearest(String key, String dashes, Set<String> candidates) {
        return Spelling.nearest(key, candidates)
                .map(name -> "; did you mean " + dashes + name + "?")
                .orElse("; 'carillon config' lists them all");
    }

    private <T> T read(String key, T defaultValue, String defaultText, String meaning, Function<String, T> parse) {
        Optional<Found> found = find(key);
        T value = defaultValue;
        if (found.isPresent()) {
            try {
                value = parse.apply(found.get().text());
            } catch (IllegalArgumentException bad) {
                problems.add(key + " is '" + found.get().text() + "' ("
                        + found.get().origin() + "); it " + bad.getMessage());
            }
        }
        remember(new Setting(
                key,
                found.map(Found::text).orElse(defaultText),
                defaultText,
                found.map(Found::origin).orElse("default"),
                meaning,
                false));
        return value;
    }

    private void remember(Setting setting) {
        if (asked.put(setting.key(), setting) != null) {
            throw new IllegalStateException(setting.key() + " is read twice");
        }
        known.add(setting.key());
    }

    private record Found(String text, String origin) {}

    private Optional<Found> find(String key) {
        String flag = sources.flags().get(key);
        if (flag != null) {
            return Optional.of(new Found(flag.strip(), "flag"));
        }
        String variable = sources.environment().get(variable(key));
        if (variable != null) {
            return Optional.of(new Found(variable.strip(), "environment"));
        }
        String file = sources.file().get(key);
        return file == null ? Optional.empty() : Optional.of(new Found(file.strip(), sources.fileName()));
    }

    private String readSecret(String fileKey, Found found) {
        Path path = Path.of(found.text());
        try {
            if (Files.size(path) <= MAX_SECRET_BYTES) {
                return Files.readString(path).strip();
            }
            problems.add(fileKey + " names " + path + ", which is too large for a secret");
        } catch (IOException unreadable) {
            problems.add(fileKey + " names " + path + ", which cannot be read ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
        return "";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
