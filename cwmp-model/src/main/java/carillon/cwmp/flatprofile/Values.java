package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sums of conversions. */
final class Values {
    static final int SIP_PORT = 5060;
    private static final int SECONDS_PER_RING = 6;
    private static final int MOST_CODE_POINTS = 63;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Values() {}

    /** The word for a boolean as devices write it. */
    static Translation flag(String value, String yes, String no) {
        return truth(value)
                .map(truth -> Translation.of(truth ? yes : no))
                .orElseGet(() -> Translation.impossible("'" + value + "' is neither true nor false"));
    }

    /** The boolean for one of two words. */
    static Translation toFlag(String value, String yes, String no, ParameterType type) {
        if (value.equals(yes) || value.equals(no)) {
            return Translation.of(wire(value.equals(yes), type));
        }
        return Translation.impossible("'" + value + "' is neither " + yes + " nor " + no);
    }

    /** A boolean as a parameter of this type has it. */
    static String wire(boolean truth, ParameterType type) {
        if (type == ParameterType.STRING) {
            return truth ? "Yes" : "No";
        }
        return truth ? "1" : "0";
    }

    static Optional<Boolean> truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes" -> Optional.of(true);
            case "0", "false", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Translation seconds(String thousandths) {
        return KeyTypes.whole(thousandths)
                .map(number -> Translation.of(
                        KeyTypes.decimal(BigDecimal.valueOf(number).divide(THOUSAND))))
                .orElseGet(() -> noNumber(thousandths));
    }

    static Translation thousandths(String seconds) {
        try {
            return Translation.of(new BigDecimal(seconds)
                    .multiply(THOUSAND)
                    .toBigIntegerExact()
                    .toString());
        } catch (ArithmeticException fraction) {
            return Translation.impossible("'" + seconds + "' seconds are no whole number of milliseconds");
        } catch (NumberFormatException none) {
            return noNumber(seconds);
        }
    }

    static Translation tosByte(String codePoint) {
        Optional<Long> number = KeyTypes.whole(codePoint);
        if (number.isEmpty() || number.get() < 0 || number.get() > MOST_CODE_POINTS) {
            return Translation.impossible("'" + codePoint + "' is no code point from 0 to 63");
        }
        return Translation.of(String.format(Locale.ROOT, "0x%02x", number.get() << 2));
    }

    static Translation codePoint(String octet) {
        Optional<Long> number = KeyTypes.whole(octet);
        if (number.isEmpty() || number.get() < 0 || number.get() > 0xff) {
            return Translation.impossible("'" + octet + "' is no octet");
        }
        if ((number.get() & 3) != 0) {
            return Translation.impossible("the two lowest bits of '" + octet + "' are no part of the code point");
        }
        return Translation.of(String.valueOf(number.get() >> 2));
    }

    static Translation withHost(String host, String before) {
        Addresses.HostPort own = Addresses.HostPort.of(host);
        Optional<Integer> port = own.port().isPresent()
                ? own.port()
                : Addresses.HostPort.of(before).port();
        return Translation.of(host.isEmpty() || port.isEmpty() ? host : own.host() + ":" + port.get());
    }

    static Translation withPort(String port, String before) {
        Optional<Long> number = KeyTypes.whole(port);
        if (number.isEmpty() || number.get() < 0 || number.get() > 65535) {
            return Translation.impossible("'" + port + "' is no port");
        }
        String host = Addresses.HostPort.of(before).host();
        if (host.isEmpty()) {
            return Translation.impossible("a port needs a host before it");
        }
        return Translation.of(number.get() == SIP_PORT || number.get() == 0 ? host : host + ":" + number.get());
    }

    static String element(String list, int index) {
        String[] elements = list.split(",", -1);
        return index < elements.length ? elements[index].strip() : "";
    }

    static Translation withElement(String value, String before, int index) {
        List<String> elements = new ArrayList<>(Arrays.asList(before.split(",", -1)));
        elements.replaceAll(String::strip);
        if (before.isBlank()) {
            elements.clear();
        }
        if (index > elements.size() && !value.isEmpty()) {
            return Translation.impossible("it would be the second of a list without a first");
        }
        if (index >= elements.size()) {
            elements.add(value);
        } else {
            elements.set(index, value);
        }
        elements.removeIf(String::isEmpty);
        return Translation.of(String.join(",", elements));
    }

    /** What was before where the flag is true, else nothing. */
    static Translation keptIf(String flag, String before, String nothing, String unknown) {
        Optional<Boolean> truth = truth(flag);
        if (truth.isEmpty()) {
            return Translation.impossible("'" + flag + "' is neither true nor false");
        }
        if (!truth.get()) {
            return Translation.of(nothing);
        }
        return before.isEmpty() ? Translation.impossible(unknown) : Translation.of(before);
    }

    static Translation ringsToSeconds(String rings) {
        return KeyTypes.whole(rings)
                .map(number -> Translation.of(String.valueOf(number * SECONDS_PER_RING)))
                .orElseGet(() -> noNumber(rings));
    }

    static Translation secondsToRings(String seconds) {
        return KeyTypes.whole(seconds)
                .map(number ->
                        Translation.of(String.valueOf(Math.max(1, Math.round(number / (double) SECONDS_PER_RING)))))
                .orElseGet(() -> noNumber(seconds));
    }

    private static Translation noNumber(String value) {
        return Translation.impossible("'" + value + "' is no number");
    }
}
