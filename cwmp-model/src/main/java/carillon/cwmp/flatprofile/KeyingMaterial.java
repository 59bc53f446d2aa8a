package carillon.cwmp.flatprofile;

import carillon.cwmp.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the value of {@code IKM_HTTP_Encrypt_Content} becomes the octets that {@link EncryptedContent} is given. No document
 * says which way phones go, so it is a choice.
 */
public enum KeyingMaterial {
    /** As base64url where it is 22 to 43 characters of that, the text of 16 to 32 octets; else as text. */
    AUTO,
    /** Always as base64url without padding, as in RFC 8188. */
    BASE64URL,
    /** Its characters as UTF-8. */
    TEXT;

    private static final Pattern URL_TEXT = Pattern.compile("[A-Za-z0-9_-]{22,43}");

    /** The one with this name. Throws an {@link IllegalArgumentException} that lists all. */
    public static KeyingMaterial of(String text) {
        for (KeyingMaterial way : values()) {
            if (way.text().equals(text)) {
                return way;
            }
        }
        throw new IllegalArgumentException(
                "the way to read the key '" + text + "' is not one of auto, base64url, text");
    }

    /** Its name in settings and arguments. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The octets. Throws an {@link IllegalArgumentException} where this value cannot be read so. */
    public byte[] octets(Secret value) {
        String text = value.reveal();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the key is empty");
        }
        return switch (this) {
            case TEXT -> text.getBytes(StandardCharsets.UTF_8);
            case BASE64URL -> decoded(text);
            // a remainder of one character is no base64 at all
            case AUTO ->
                URL_TEXT.matcher(text).matches() && text.length() % 4 != 1
                        ? decoded(text)
                        : text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "the key is no base64url; its " + text.length()
                            + " characters must be letters, digits, '-' and '_'",
                    wrong);
        }
    }
}
