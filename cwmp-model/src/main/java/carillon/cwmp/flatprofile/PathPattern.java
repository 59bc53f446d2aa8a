package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter's path with places for instance numbers: {@code {s}} the voice service, {@code {p}} the profile,
 * {@code {l}} the line, {@code {n}}, {@code {u}} and {@code {k}} the numbers of the key, {@code {i}} and {@code {c}} any
 * row; {@code {c:G.722}} the row whose parameter {@code Codec} says {@code G.722}.
 *
 * @param text the path
 */
public record PathPattern(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([splnukic])(?::([^{}]+))?}");
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_\\-]*(\\.([A-Za-z_][A-Za-z0-9_\\-]*|\\d+|\\{[splnukic](:[^{}]+)?}))+");

    public PathPattern {
        if (!FORM.matcher(text).matches() || text.length() > 256) {
            throw new IllegalArgumentException("'" + text + "' is no path of a parameter; one looks like"
                    + " Device.Services.VoiceService.{s}.VoiceProfile.{p}.Name");
        }
    }

    /** The path with one sign for every number, as concrete paths are looked up. */
    String shape() {
        return PLACE.matcher(text).replaceAll("#");
    }

    /** Such a shape of a concrete path. */
    static String shape(String path) {
        StringBuilder shape = new StringBuilder(path.length());
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf('.', start);
            end = end < 0 ? path.length() : end;
            shape.append(isNumber(path, start, end) ? "#" : path.substring(start, end));
            if (end < path.length()) {
                shape.append('.');
            }
            start = end + 1;
        }
        return shape.toString();
    }

    private static boolean isNumber(String path, int start, int end) {
        for (int i = start; i < end; i++) {
            if (path.charAt(i) < '0' || path.charAt(i) > '9') {
                return false;
            }
        }
        return end > start && end - start < 8;
    }

    /** Whether it has this place. */
    boolean has(char place) {
        return text.contains("{" + place + "}") || text.contains("{" + place + ":");
    }

    /** The places in their order. */
    List<Character> places() {
        List<Character> places = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            places.add(place.group(1).charAt(0));
        }
        return places;
    }

    /** What the row's parameter {@code Codec} has to say, where the pattern asks for that. */
    Optional<String> codec() {
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            if (place.group(2) != null) {
                return Optional.of(place.group(2));
            }
        }
        return Optional.empty();
    }

    /** The numbers that a path of this shape has at the places. */
    Map<Character, Integer> numbers(String path) {
        Map<Character, Integer> numbers = new LinkedHashMap<>();
        String[] pattern = text.replaceAll("\\{([a-z]):[^{}]+}", "{$1}").split("\\.", -1);
        String[] parts = path.split("\\.", -1);
        for (int i = 0; i < pattern.length && i < parts.length; i++) {
            if (pattern[i].startsWith("{")) {
                numbers.put(pattern[i].charAt(1), Integer.valueOf(parts[i]));
            }
        }
        return numbers;
    }

    /** The path with these numbers; places without a number stay. */
    String with(Map<Character, Integer> numbers) {
        Matcher place = PLACE.matcher(text);
        StringBuilder path = new StringBuilder();
        while (place.find()) {
            Integer number = numbers.get(place.group(1).charAt(0));
            place.appendReplacement(path, Matcher.quoteReplacement(number == null ? place.group() : number.toString()));
        }
        return place.appendTail(path).toString();
    }

    /** The object before a place, such as {@code ….Codec.List.}, with these numbers before it. */
    String tableOf(char wanted, Map<Character, Integer> numbers) {
        int at = text.indexOf("{" + wanted);
        return new PathPattern(text.substring(0, at) + "0").with(numbers).replaceFirst("0$", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
