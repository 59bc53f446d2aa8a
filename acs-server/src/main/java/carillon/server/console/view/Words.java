package carillon.server.console.view;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The console's words in one language. A key that has none is shown as it is. */
public record Words(String language, Map<String, String> texts) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Words {
        texts = Map.copyOf(texts);
    }

    /** The text of a key; {@code {0}}, {@code {1}} … stand for the arguments. */
    public String say(String key, Object... arguments) {
        String text = texts.getOrDefault(key, key);
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", shown(arguments[i]));
        }
        return text;
    }

    private String shown(Object argument) {
        return argument instanceof Number number ? number(number.longValue()) : String.valueOf(argument);
    }

    /** A number as it is written in this language. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.forLanguageTag(language)).format(number);
    }

    /** A moment for people; the page's script shows it in their own time zone. */
    public String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** How long something took. */
    public String took(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
