package carillon.server.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An Authorization header, read loosely: any order, any blanks, quoted or not, unknown parameters ignored (CWMP-051).
 *
 * @param scheme in lower case
 * @param parameters of a digest, names in lower case; for Basic: {@code username} and {@code password}
 */
public record Authorization(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 4096;

    public Authorization {
        parameters = Map.copyOf(parameters);
    }

    /** One of the parameters, empty where it is missing. */
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** What the header says; empty where it is neither Digest nor Basic. */
    public static Optional<Authorization> parse(String header) {
        String text = header.strip();
        int blank = text.indexOf(' ');
        if (blank < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String scheme = text.substring(0, blank).toLowerCase(Locale.ROOT);
        String rest = text.substring(blank + 1).strip();
        return switch (scheme) {
            case "digest" -> Optional.of(new Authorization(scheme, pairs(rest)));
            case "basic" -> basic(rest);
            default -> Optional.empty();
        };
    }

    /** The count of a Digest's nonce, 0 where there is none. */
    public long count() {
        try {
            return get("nc").isEmpty() ? 0 : Long.parseLong(get("nc"), 16);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    private static Optional<Authorization> basic(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Authorization(
                            "basic",
                            Map.of("username", pair.substring(0, colon), "password", pair.substring(colon + 1))));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).replace(",", "").strip().toLowerCase(Locale.ROOT);
            int start = equals + 1;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            StringBuilder value = new StringBuilder();
            at = start < text.length() && text.charAt(start) == '"'
                    ? quoted(text, start + 1, value)
                    : bare(text, start, value);
            pairs.put(name, value.toString());
        }
        return pairs;
    }

    private static int quoted(String text, int start, StringBuilder value) {
        int i = start;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            value.append(text.charAt(i++));
        }
        int comma = text.indexOf(',', i);
        return comma < 0 ? text.length() : comma + 1;
    }

    private static int bare(String text, int start, StringBuilder value) {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        value.append(text.substring(start, end).strip());
        return comma < 0 ? end : comma + 1;
    }
}
