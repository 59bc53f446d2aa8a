package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.KeyType.Bool;
import carillon.cwmp.flatprofile.KeyType.Choice;
import carillon.cwmp.flatprofile.KeyType.Formed;
import carillon.cwmp.flatprofile.KeyType.HexByte;
import carillon.cwmp.flatprofile.KeyType.Real;
import carillon.cwmp.flatprofile.KeyType.Str;
import carillon.cwmp.flatprofile.KeyType.Whole;
import carillon.cwmp.flatprofile.KeyType.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of types and the numbers that values are. */
final class KeyTypes {
    private static final Pattern RANGE = Pattern.compile("(-?\\d+)\\.\\.(-?\\d+)");
    private static final Pattern BITS = Pattern.compile("(uns|sig)(\\d{1,2})");
    private static final Pattern WHOLE = Pattern.compile("(-?)(?:0[xX]([0-9A-Fa-f]{1,15})|(\\d{1,18}))");

    private KeyTypes() {}

    /**
     * The type that the text names: {@code bool}, {@code choice a|b}, {@code words a|b}, {@code int 0..9}, {@code uns8},
     * {@code sig16}, {@code hexbyte}, {@code float 2}, {@code time 3}, {@code pwrlevel}, {@code str 63}, or a form's
     * name such as {@code fqdn}.
     */
    static KeyType parse(String text) {
        int blank = text.indexOf(' ');
        String name = blank < 0 ? text : text.substring(0, blank);
        String rest = blank < 0 ? "" : text.substring(blank + 1);
        Matcher bits = BITS.matcher(name);
        if (bits.matches()) {
            return bits(bits.group(1).equals("sig"), Integer.parseInt(bits.group(2)), text);
        }
        Optional<Form> form = Form.of(name);
        if (form.isPresent()) {
            return new Formed(form.get());
        }
        return switch (name) {
            case "bool" -> new Bool();
            case "choice" -> new Choice(words(rest, text));
            case "words" -> new Words(words(rest, text));
            case "int" -> whole(rest, text);
            case "hexbyte" -> new HexByte();
            case "float" -> new Real(name, true, count(rest, text));
            case "time" -> new Real(name, false, count(rest, text));
            case "pwrlevel" -> new Real(name, true, 1);
            case "str" -> new Str(count(rest, text));
            default -> throw unknown(text);
        };
    }

    /** A whole number in decimal or hexadecimal, or nothing. */
    static Optional<Long> whole(String value) {
        Matcher matcher = WHOLE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number =
                matcher.group(2) != null ? Long.parseLong(matcher.group(2), 16) : Long.parseLong(matcher.group(3));
        return Optional.of(matcher.group(1).isEmpty() ? number : -number);
    }

    /** A number as phones print it: no zeros at the end, none before the point of a fraction ({@code .5}). */
    static String decimal(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        String text = number.abs().stripTrailingZeros().toPlainString();
        String brief = text.startsWith("0.") ? text.substring(1) : text;
        return number.signum() < 0 ? "-" + brief : brief;
    }

    private static KeyType bits(boolean signed, int bits, String text) {
        if (bits < 1 || bits > 32) {
            throw unknown(text);
        }
        return signed ? new Whole(-(1L << (bits - 1)), (1L << (bits - 1)) - 1) : new Whole(0, (1L << bits) - 1);
    }

    private static KeyType whole(String rest, String text) {
        Matcher range = RANGE.matcher(rest);
        if (!range.matches()) {
            throw unknown(text);
        }
        return new Whole(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    private static List<String> words(String rest, String text) {
        if (rest.isEmpty()) {
            throw unknown(text);
        }
        return List.of(rest.split("\\|", -1));
    }

    private static int count(String rest, String text) {
        try {
            return Integer.parseInt(rest);
        } catch (NumberFormatException notANumber) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "'" + text + "' names no type of keys; known are bool, choice a|b, words a|b,"
                        + " int 0..9, uns8, sig8, hexbyte, float 2, time 2, pwrlevel, str 63, "
                        + String.join(", ", Form.names()).toLowerCase(Locale.ROOT));
    }
}
