package carillon.rpc.arguments;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A parameter value as it goes on the wire for its type (TR-106, 3.2); booleans as 0 and 1, which every phone reads. */
final class ValueText {
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})*");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]*={0,2}\\s*");

    private ValueText() {}

    /** The text to send; empty where the text is none of this type. */
    static Optional<String> of(ParameterType type, String text) {
        return switch (type) {
            case STRING -> Optional.of(text);
            case BOOLEAN -> bool(text);
            case INT -> whole(text, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE));
            case UNSIGNED_INT -> whole(text, BigInteger.ZERO, BigInteger.valueOf(0xffff_ffffL));
            case LONG -> whole(text, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));
            case UNSIGNED_LONG ->
                whole(text, BigInteger.ZERO, BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
            case DECIMAL -> decimal(text);
            case DATE_TIME -> time(new CwmpTime(text));
            case HEX_BINARY -> HEX.matcher(text).matches() ? Optional.of(text) : Optional.empty();
            case BASE64 -> BASE64.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        };
    }

    /** What is allowed, for a complaint. */
    static String allowed(ParameterType type) {
        return switch (type) {
            case STRING -> "any text";
            case BOOLEAN -> "true, false, 1 or 0";
            case INT -> "a whole number from -2147483648 to 2147483647";
            case UNSIGNED_INT -> "a whole number from 0 to 4294967295";
            case LONG -> "a whole number of 64 bits";
            case UNSIGNED_LONG -> "a whole number from 0 to 18446744073709551615";
            case DECIMAL -> "a decimal number";
            case DATE_TIME -> "a time such as 2026-01-01T00:00:00Z";
            case HEX_BINARY -> "pairs of hexadecimal digits";
            case BASE64 -> "base64";
        };
    }

    /** A moment goes out in UTC; the unknown time and the time since a restart as they are. */
    private static Optional<String> time(CwmpTime time) {
        Optional<String> moment = time.instant().map(CwmpTime::of).map(CwmpTime::text);
        boolean special = time.isUnknown() || time.sinceBoot().isPresent();
        return moment.isPresent() || !special ? moment : Optional.of(time.text());
    }

    private static Optional<String> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true" -> Optional.of("1");
            case "0", "false" -> Optional.of("0");
            default -> Optional.empty();
        };
    }

    private static Optional<String> whole(String text, BigInteger least, BigInteger most) {
        if (text.isEmpty() || text.length() > 24) {
            return Optional.empty();
        }
        try {
            BigInteger number = new BigInteger(text);
            return number.compareTo(least) >= 0 && number.compareTo(most) <= 0
                    ? Optional.of(number.toString())
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> decimal(String text) {
        if (text.length() > 64) {
            return Optional.empty();
        }
        try {
            return Optional.of(text)
                    .filter(t -> new BigDecimal(t).scale() > -64 && !t.contains("e") && !t.contains("E"));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
