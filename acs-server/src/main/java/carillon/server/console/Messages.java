package carillon.server.console;

import carillon.server.console.view.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** The console's words in English and French. */
final class Messages {
    static final List<String> LANGUAGES = List.of("en", "fr");

    private final Map<String, Words> words = new HashMap<>();

    Messages() {
        LANGUAGES.forEach(language -> words.put(language, new Words(language, read(language))));
    }

    /** The words of this language, which is one of {@link #LANGUAGES}. */
    Words in(String language) {
        Words found = words.get(language);
        if (found == null) {
            throw new IllegalArgumentException("there are no words in " + language);
        }
        return found;
    }

    /** The words for a person: as they chose, else as their browser asks, else English. */
    Words choose(String chosen, String acceptLanguage) {
        if (words.containsKey(chosen)) {
            return in(chosen);
        }
        return in(byBrowser(acceptLanguage).orElse("en"));
    }

    private Optional<String> byBrowser(String acceptLanguage) {
        try {
            return Locale.LanguageRange.parse(acceptLanguage.isBlank() ? "en" : acceptLanguage).stream()
                    .map(range -> range.getRange().split("-")[0])
                    .filter(words::containsKey)
                    .findFirst();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<String, String> read(String language) {
        Properties properties = new Properties();
        String name = "messages_" + language + ".properties";
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, key -> String.valueOf(properties.getProperty(key))));
    }
}
