package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a parameter's value and a key's value become each other. */
public sealed interface Conversion {
    /** What a parameter's value is to the key's. */
    enum Role {
        /** All of it. */
        WHOLE,
        /** The host of host and port. */
        HOST,
        /** The port of host and port. */
        PORT,
        /** Whether there is one. */
        FLAG
    }

    /** As mappings write it. */
    String text();

    /** What the parameter's value is to the key's. */
    default Role role() {
        return Role.WHOLE;
    }

    /**
     * The key's value.
     *
     * @param value the parameter's value
     * @param before the key's value as far as it is known; empty where it is not
     */
    Translation toKey(String value, String before);

    /**
     * The parameter's value.
     *
     * @param value the key's value
     * @param before the parameter's value as far as it is known; empty where it is not
     * @param type the type of the parameter on the wire
     */
    Translation toPath(String value, String before, ParameterType type);

    /** Pairs of words. */
    record Choices(Map<String, String> pairs) implements Conversion {
        public Choices {
            pairs = new LinkedHashMap<>(pairs);
        }

        @Override
        public String text() {
            List<String> texts = new ArrayList<>();
            pairs.forEach((path, key) -> texts.add(quoted(path) + "=" + quoted(key)));
            return "choice(" + String.join(",", texts) + ")";
        }

        @Override
        public Translation toKey(String value, String before) {
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                if (pair.getKey().equalsIgnoreCase(value)) {
                    return Translation.of(pair.getValue());
                }
            }
            return Translation.impossible(
                    "'" + value + "' has no counterpart among " + String.join(", ", pairs.values()));
        }

        @Override
        public Translation toPath(String value, String before, ParameterType type) {
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                if (pair.getValue().equals(value)) {
                    return Translation.of(pair.getKey());
                }
            }
            return Translation.impossible(
                    "'" + value + "' has no counterpart among " + String.join(", ", pairs.keySet()));
        }

        private static String quoted(String text) {
            return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "+-._/".indexOf(c) >= 0)
                    ? text
                    : '"' + text + '"';
        }
    }

    /** One that has a name and needs nothing else. */
    enum Named implements Conversion {
        /** The same text. */
        SAME,
        /** {@code 1} and {@code Yes}, {@code 0} and {@code No}; a text parameter has the words. */
        YES_NO,
        /** The other way round: {@code 1} and {@code No}. */
        INVERSE,
        /** A boolean as a digit on both sides. */
        ONE_ZERO,
        /** Milliseconds and seconds with decimals. */
        THOUSANDTHS,
        /** A code point of DSCP and the octet that holds it, in hexadecimal. */
        TOS_BYTE,
        /** The host of host and port. */
        HOST,
        /** The port of host and port. */
        PORT,
        /** The first of a list with commas. */
        FIRST,
        /** The second of a list with commas. */
        SECOND,
        /** Whether the key has a value. */
        SET,
        /** Whether the key is more than 0. */
        ABOVE_ZERO,
        /** Rings and seconds, six to a ring. */
        RINGS,
        /** A number that is one of the key's list. */
        LISTED,
        /** A zone in the form of POSIX and the phone's {@code GMT+01:00}. */
        TIME_ZONE;

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Conversion> of(String text) {
            return Arrays.stream(values())
                    .filter(named -> named.text().equals(text))
                    .map(named -> (Conversion) named)
                    .findFirst();
        }

        @Override
        public Role role() {
            return switch (this) {
                case HOST -> Role.HOST;
                case PORT -> Role.PORT;
                case SET, ABOVE_ZERO -> Role.FLAG;
                case SAME, YES_NO, INVERSE, ONE_ZERO, THOUSANDTHS, TOS_BYTE, FIRST, SECOND, RINGS, LISTED, TIME_ZONE ->
                    Role.WHOLE;
            };
        }

        @Override
        public Translation toKey(String value, String before) {
            return switch (this) {
                case SAME -> Translation.of(value);
                case YES_NO -> Values.flag(value, "Yes", "No");
                case INVERSE -> Values.flag(value, "No", "Yes");
                case ONE_ZERO -> Values.flag(value, "1", "0");
                case THOUSANDTHS -> Values.seconds(value);
                case TOS_BYTE -> Values.tosByte(value);
                case HOST -> Values.withHost(value, before);
                case PORT -> Values.withPort(value, before);
                case FIRST -> Translation.of(Values.element(value, 0));
                case SECOND -> Translation.of(Values.element(value, 1));
                case SET -> Values.keptIf(value, before, "", "there is no value to set");
                case ABOVE_ZERO ->
                    Values.keptIf(value, before.equals("0") ? "" : before, "0", "the interval is not known");
                case RINGS -> Values.ringsToSeconds(value);
                case LISTED -> Translation.of(before.isEmpty() ? value : before + "," + value);
                case TIME_ZONE -> Zones.toKey(value);
            };
        }

        @Override
        public Translation toPath(String value, String before, ParameterType type) {
            return switch (this) {
                case SAME -> Translation.of(value);
                case YES_NO -> Values.toFlag(value, "Yes", "No", type);
                case INVERSE -> Values.toFlag(value, "No", "Yes", type);
                case ONE_ZERO -> Values.toFlag(value, "1", "0", type);
                case THOUSANDTHS -> Values.thousandths(value);
                case TOS_BYTE -> Values.codePoint(value);
                case HOST -> Translation.of(Addresses.HostPort.of(value).host());
                case PORT ->
                    Translation.of(
                            String.valueOf(Addresses.HostPort.of(value).port().orElse(Values.SIP_PORT)));
                case FIRST -> Values.withElement(value, before, 0);
                case SECOND -> Values.withElement(value, before, 1);
                case SET -> Translation.of(Values.wire(!value.isEmpty(), type));
                case ABOVE_ZERO -> Translation.of(Values.wire(!value.isEmpty() && !value.equals("0"), type));
                case RINGS -> Values.secondsToRings(value);
                case LISTED -> Translation.impossible("a list of options is rows of a table on the other side");
                case TIME_ZONE -> Zones.toPath(value);
            };
        }
    }
}
