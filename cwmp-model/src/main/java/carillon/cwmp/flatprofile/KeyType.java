package carillon.cwmp.flatprofile;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What kind of value a key takes, as the vendor's guides name the kinds. The empty value is no type's business: it
 * clears a key, whatever its type.
 */
public sealed interface KeyType {
    /** How the catalogue writes this type, such as {@code int 0..65535}; {@link KeyTypes#parse} reads it. */
    String text();

    /** What is allowed, in words that follow "takes". */
    String allowed();

    /** Whether the value, not empty, is legal. */
    boolean accepts(String value);

    /** One spelling for all values that mean the same: {@code .5} for {@code 0.50}, {@code 104} for {@code 0x68}. */
    default String canonical(String value) {
        return value;
    }

    /** Why the value is not legal, as the end of a sentence about it; empty where it is. */
    default Optional<String> refusal(String value) {
        if (value.isEmpty() || accepts(value)) {
            return Optional.empty();
        }
        return Optional.of("takes " + allowed());
    }

    /** {@code Yes} or {@code No}. */
    record Bool() implements KeyType {
        @Override
        public String text() {
            return "bool";
        }

        @Override
        public String allowed() {
            return "Yes or No";
        }

        @Override
        public boolean accepts(String value) {
            return value.equals("Yes") || value.equals("No");
        }

        @Override
        public String canonical(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "yes", "1", "true" -> "Yes";
                case "no", "0", "false" -> "No";
                default -> value;
            };
        }
    }

    /** One of some words. */
    record Choice(List<String> values) implements KeyType {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return "choice " + String.join("|", values);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", values);
        }

        @Override
        public boolean accepts(String value) {
            return values.contains(value);
        }

        @Override
        public String canonical(String value) {
            for (String allowed : values) {
                if (allowed.equalsIgnoreCase(value)) {
                    return allowed;
                }
            }
            return value;
        }
    }

    /** Some of some words, with a bar between them. */
    record Words(List<String> values) implements KeyType {
        public Words {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return "words " + String.join("|", values);
        }

        @Override
        public String allowed() {
            return "some of " + String.join(", ", values) + ", with | between them";
        }

        @Override
        public boolean accepts(String value) {
            return values.containsAll(parts(value));
        }

        @Override
        public String canonical(String value) {
            return String.join("|", new TreeSet<>(parts(value)));
        }

        private static List<String> parts(String value) {
            return Arrays.asList(value.split("\\|", -1));
        }
    }

    /** A whole number, decimal or hexadecimal with {@code 0x} ({@code Uns}, {@code Sig}, {@code Port}). */
    record Whole(long least, long most) implements KeyType {
        @Override
        public String text() {
            return "int " + least + ".." + most;
        }

        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most + ", decimal or hexadecimal as 0x1f";
        }

        @Override
        public boolean accepts(String value) {
            Optional<Long> number = KeyTypes.whole(value);
            return number.isPresent() && number.get() >= least && number.get() <= most;
        }

        @Override
        public String canonical(String value) {
            return KeyTypes.whole(value).map(String::valueOf).orElse(value);
        }
    }

    /** One octet, written in hexadecimal such as {@code 0xb8} ({@code Uns8} of the traffic class). */
    record HexByte() implements KeyType {
        @Override
        public String text() {
            return "hexbyte";
        }

        @Override
        public String allowed() {
            return "one octet such as 0xb8";
        }

        @Override
        public boolean accepts(String value) {
            Optional<Long> number = KeyTypes.whole(value);
            return number.isPresent() && number.get() >= 0 && number.get() <= 0xff;
        }

        @Override
        public String canonical(String value) {
            return KeyTypes.whole(value)
                    .map(number -> String.format(Locale.ROOT, "0x%02x", number))
                    .orElse(value);
        }
    }

    /** A number with at most so many decimals ({@code Float}, {@code Time}, {@code PwrLevel}); none may be missing. */
    record Real(String name, boolean signed, int places) implements KeyType {
        private static final Pattern FORM = Pattern.compile("-?(\\d{1,9}(\\.\\d*)?|\\.\\d+)");

        @Override
        public String text() {
            return name.equals("pwrlevel") ? name : name + " " + places;
        }

        @Override
        public String allowed() {
            String what =
                    switch (name) {
                        case "time" -> "seconds";
                        case "pwrlevel" -> "a level in dBm";
                        default -> "a number";
                    };
            return what + " with at most " + places + (places == 1 ? " decimal" : " decimals")
                    + (signed ? "" : " and no sign");
        }

        @Override
        public boolean accepts(String value) {
            if (!FORM.matcher(value).matches() || (!signed && value.startsWith("-"))) {
                return false;
            }
            int point = value.indexOf('.');
            return point < 0 || value.length() - point - 1 <= places;
        }

        @Override
        public String canonical(String value) {
            return FORM.matcher(value).matches() ? KeyTypes.decimal(new BigDecimal(value)) : value;
        }
    }

    /** Text of at most so many characters. */
    record Str(int longest) implements KeyType {
        @Override
        public String text() {
            return "str " + longest;
        }

        @Override
        public String allowed() {
            return "at most " + longest + " characters";
        }

        @Override
        public boolean accepts(String value) {
            return value.length() <= longest;
        }
    }

    /** Text of a form that has a name: addresses, numbers of telephones, templates, scripts. */
    record Formed(Form form) implements KeyType {
        @Override
        public String text() {
            return form.text();
        }

        @Override
        public String allowed() {
            return form.allowed();
        }

        @Override
        public boolean accepts(String value) {
            return value.length() <= form.longest() && form.accepts(value);
        }

        @Override
        public String canonical(String value) {
            return form == Form.PORT
                    ? KeyTypes.whole(value).map(String::valueOf).orElse(value)
                    : value;
        }
    }
}
