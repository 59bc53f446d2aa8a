package carillon.rpc.arguments;

import carillon.cwmp.ParameterPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object of the arguments, read strictly: each has its type and its bounds, and what nobody asked
 * for is refused. Every complaint names the field, the value and what is allowed.
 *
 * @param where the field's place for complaints, {@code values[2].}, empty at the top
 */
record Fields(ObjectNode node, String where) {
    /** The longest path, URL, user name or password (rpc-arguments of the standard: string(256)). */
    static final int LONG_TEXT = 256;

    /** The longest key (string(32)). */
    static final int KEY = 32;

    /** The most that the standard's unsigned numbers hold: sizes in octets, times in seconds. */
    static final long UNSIGNED_INT = 0xffff_ffffL;

    /** How many entries a list may have. */
    static final int MOST_ENTRIES = 1024;

    /** How many characters one value may have. */
    static final int LONGEST_VALUE = 65_536;

    private static final Pattern DELAY = Pattern.compile("(\\d{1,10})(s|m|h)");
    private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "ftps", "sftp", "tftp");

    /** Refuses fields of other names. */
    Fields only(String... names) {
        Set<String> known = Set.of(names);
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (!known.contains(name)) {
                String allowed = known.isEmpty() ? "no fields at all" : String.join(", ", new TreeSet<>(known));
                throw complaint("field '" + where + shown(name) + "' is not known; allowed: " + allowed);
            }
        }
        return this;
    }

    String text(String name, int longest) {
        return optionalText(name, longest).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name, int longest) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw complaint("field '" + where + name + "' is " + shown(value.toString()) + ", but must be a text");
        }
        return Optional.of(checked(name, value.textValue(), longest));
    }

    /** A full or partial path. */
    String path(String name, boolean mayBeEmpty) {
        String text = text(name, LONG_TEXT);
        if (text.isEmpty() && !mayBeEmpty) {
            throw complaint("field '" + where + name + "' is empty, but must be a parameter name");
        }
        return checkedPath(name, text);
    }

    /** Names or partial paths, at least one, none twice. */
    List<String> paths(String name) {
        List<String> out = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode entry : array(name)) {
            if (!entry.isTextual()) {
                throw complaint("field '" + where + name + "' holds " + shown(entry.toString())
                        + ", but must hold parameter names as texts");
            }
            String path = checkedPath(name, checked(name, entry.textValue(), LONG_TEXT));
            if (!seen.add(path)) {
                throw twice(name, path);
            }
            out.add(path);
        }
        return out;
    }

    /** Objects, at least one. */
    List<Fields> objects(String name) {
        List<Fields> out = new ArrayList<>();
        for (JsonNode entry : array(name)) {
            String place = where + name + "[" + out.size() + "].";
            if (!(entry instanceof ObjectNode object)) {
                throw complaint("'" + place.substring(0, place.length() - 1) + "' is " + shown(entry.toString())
                        + ", but must be an object");
            }
            out.add(new Fields(object, place));
        }
        return out;
    }

    private JsonNode array(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw missing(name);
        }
        if (!value.isArray()) {
            throw complaint("field '" + where + name + "' is " + shown(value.toString()) + ", but must be a list");
        }
        if (value.isEmpty()) {
            throw complaint("field '" + where + name + "' is an empty list; name at least one");
        }
        if (value.size() > MOST_ENTRIES) {
            throw complaint("field '" + where + name + "' has " + value.size() + " entries; at most " + MOST_ENTRIES
                    + " are allowed, split it");
        }
        return value;
    }

    Optional<Boolean> optionalFlag(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw complaint(
                    "field '" + where + name + "' is " + shown(value.toString()) + ", but must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    Optional<Long> optionalNumber(String name, long least, long most) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw complaint("field '" + where + name + "' is " + shown(value.toString())
                    + ", but must be a whole number from " + least + " to " + most);
        }
        return Optional.of(value.longValue());
    }

    /** The address of a file, in field {@code url}. */
    String url() {
        return url(text("url", LONG_TEXT));
    }

    /** An address that may be left out. */
    Optional<String> optionalUrl() {
        return optionalText("url", LONG_TEXT).filter(text -> !text.isEmpty()).map(this::url);
    }

    private String url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException wrong) {
            throw complaint("field '" + where + "url' is no URL: " + wrong.getReason());
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || url.getHost() == null) {
            throw complaint("field '" + where
                    + "url' must begin with http://, https://, ftp://, ftps://, sftp:// or tftp:// and name a host");
        }
        if (url.getRawUserInfo() != null) {
            throw complaint("field '" + where + "url' holds a user name; give 'username' and 'password' instead,"
                    + " addresses are written to logs");
        }
        return text;
    }

    /** A length of time such as {@code 30s}, in seconds. */
    Optional<Long> delay(String name) {
        Optional<String> given = optionalText(name, 16);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = DELAY.matcher(given.get());
        long seconds = -1;
        if (form.matches()) {
            long unit =
                    switch (form.group(2)) {
                        case "h" -> 3600;
                        case "m" -> 60;
                        default -> 1;
                    };
            seconds = Long.parseLong(form.group(1)) * unit;
        }
        if (seconds < 0 || seconds > UNSIGNED_INT) {
            throw complaint("field '" + where + name + "' is '" + given.get()
                    + "', but must be a time such as 0s, 30s, 5m or 2h, at most 4294967295s");
        }
        return Optional.of(seconds);
    }

    /** Texts that may be none. */
    Optional<List<String>> optionalTexts(String name, int most, int longest) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isArray() || value.size() > most) {
            throw complaint("field '" + where + name + "' is " + shown(value.toString())
                    + ", but must be a list of at most " + most + " texts");
        }
        List<String> out = new ArrayList<>();
        for (JsonNode entry : value) {
            if (!entry.isTextual()) {
                throw complaint("field '" + where + name + "' holds " + shown(entry.toString()) + ", which is no text");
            }
            out.add(checked(name, entry.textValue(), longest));
        }
        return Optional.of(out);
    }

    IllegalArgumentException complaint(String sentence) {
        return new IllegalArgumentException(sentence);
    }

    IllegalArgumentException twice(String name, String path) {
        return complaint("'" + path + "' is named twice in '" + where + name + "'; name it once");
    }

    IllegalArgumentException missing(String name) {
        return complaint("field '" + where + name + "' is missing");
    }

    String checkedPath(String name, String path) {
        try {
            return new ParameterPath(path).text();
        } catch (IllegalArgumentException wrong) {
            throw complaint("field '" + where + name + "': " + wrong.getMessage());
        }
    }

    /** A text that XML can carry (CWMP-081) and that is not too long. */
    String checked(String name, String text, int longest) {
        if (text.length() > longest) {
            throw complaint("field '" + where + name + "' has " + text.length() + " characters; at most " + longest
                    + " are allowed");
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean allowed =
                    c >= 0x20 ? c < 0xd800 || c > 0xdfff && c != 0xfffe && c != 0xffff : c == 9 || c == 10 || c == 13;
            if (!allowed) {
                throw complaint("field '" + where + name + "' holds the character U+" + String.format("%04X", c)
                        + ", which XML cannot carry; leave it out");
            }
            i += Character.charCount(c);
        }
        return text;
    }

    /** A value as a complaint may show it: bounded. */
    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
