package carillon.server.cli;

import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.ProfileEntry;
import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import carillon.cwmp.flatprofile.ProfileValue;
import carillon.cwmp.flatprofile.UserAccess;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keys and values as people write them: lines {@code key=value}, or an object in JSON or YAML whose members are values
 * or objects {@code {value, ua, user-pref, preserve-value}}. Texts stay as they are written: {@code Yes} is no boolean,
 * {@code 0x68} no number.
 */
final class ProfileInput {
    /** How the text is written. */
    enum Format {
        /** Lines, {@code #} before remarks. */
        KEYS,
        /** An object in JSON. */
        JSON,
        /** A mapping in YAML. */
        YAML
    }

    private ProfileInput() {}

    /** Which format the text is probably in, by the name of its file and by its first letter. */
    static Format guess(String name, String text) {
        if (name.endsWith(".json") || text.stripLeading().startsWith("{")) {
            return Format.JSON;
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Format.YAML : Format.KEYS;
    }

    /** The entries of the text; what is wrong with it is told with its line. */
    static FlatProfile read(String text, Format format) {
        try {
            return FlatProfile.of(
                    switch (format) {
                        case KEYS -> lines(text);
                        case JSON -> members(strict(new JsonFactory()).createParser(text));
                        case YAML -> members(strict(new YAMLFactory()).createParser(text));
                    });
        } catch (IOException | IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw new CommandFailedException(
                    "the input cannot be used: " + message.lines().findFirst().orElse(message));
        }
    }

    private static JsonFactory strict(JsonFactory factory) {
        return factory.configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
    }

    private static List<ProfileEntry> lines(String text) {
        List<ProfileEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("line " + number + " has no = between a key and a value");
            }
            entries.add(ProfileEntry.of(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip()));
        }
        return entries;
    }

    private static List<ProfileEntry> members(JsonParser in) throws IOException {
        List<ProfileEntry> entries = new ArrayList<>();
        try (in) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is no object of keys and values");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                JsonToken value = in.nextToken();
                entries.add(
                        value == JsonToken.START_OBJECT
                                ? described(key, in)
                                : ProfileEntry.of(key, scalar(key, value, in)));
            }
        }
        return entries;
    }

    private static ProfileEntry described(String key, JsonParser in) throws IOException {
        String text = "";
        Optional<UserAccess> access = Optional.empty();
        Optional<Boolean> preference = Optional.empty();
        boolean preserve = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            String value = scalar(key, in.nextToken(), in);
            switch (field) {
                case "value" -> text = value;
                case "ua" ->
                    access = Optional.of(UserAccess.of(value)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "ua of " + key + " is '" + value + "' and takes na, ro or rw")));
                case "user-pref" -> preference = Optional.of(flag(key, field, value));
                case "preserve-value" -> preserve = flag(key, field, value);
                default ->
                    throw new IllegalArgumentException(
                            "'" + field + "' of " + key + " is none of value, ua, user-pref, preserve-value");
            }
        }
        return new ProfileEntry(
                "", key, new ProfileValue.Text(text), new Attributes(access, preserve, preference, false));
    }

    private static boolean flag(String key, String field, String value) {
        return switch (value) {
            case "y", "true" -> true;
            case "n", "false" -> false;
            default ->
                throw new IllegalArgumentException(field + " of " + key + " is '" + value + "' and takes y or n");
        };
    }

    private static String scalar(String key, JsonToken token, JsonParser in) throws IOException {
        if (!token.isScalarValue()) {
            throw new IllegalArgumentException("the value of " + key + " is neither text nor a number");
        }
        return token == JsonToken.VALUE_NULL ? "" : in.getText();
    }
}
