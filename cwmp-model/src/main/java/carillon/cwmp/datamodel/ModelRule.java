package carillon.cwmp.datamodel;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.SecretPaths;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a data model says of one parameter or object.
 *
 * @param writable of a parameter: it can be set; of a table: rows can be added and deleted
 * @param type empty for objects
 * @param list the value is a list, parted by commas
 * @param length in characters
 * @param values of an enumeration; of a list, what each of its items may be
 * @param hidden it reads empty
 */
public record ModelRule(
        boolean writable,
        Optional<ParameterType> type,
        boolean list,
        List<Span> length,
        List<Span> range,
        List<String> values,
        NotificationMark notification,
        boolean hidden) {
    private static final int MOST_SHOWN = 12;

    public ModelRule {
        length = List.copyOf(length);
        range = List.copyOf(range);
        values = List.copyOf(values);
    }

    /** A line of a table, behind the path; the columns are described in scripts/datamodel. */
    static ModelRule of(String[] columns) {
        return new ModelRule(
                columns[1].equals("w"),
                type(columns[2]),
                columns[3].equals("l"),
                Span.all(columns[4]),
                Span.all(columns[5]),
                columns[6].isEmpty() ? List.of() : List.of(columns[6].split("\\|", -1)),
                NotificationMark.of(columns[7]),
                columns[8].equals("h"));
    }

    private static Optional<ParameterType> type(String name) {
        for (ParameterType type : ParameterType.values()) {
            if (type.localName().equals(name) || name.equals("base64") && type == ParameterType.BASE64) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * What the phone itself told of a parameter, which counts for more.
     *
     * @param type its type is the value's
     * @param writable it can be set
     */
    public record Told(boolean type, boolean writable) {
        /** Nothing. */
        public static final Told NOTHING = new Told(false, false);
    }

    /** What speaks against setting this value, if anything does; the value of a secret is not told. */
    Optional<String> complaint(ParameterValue value, Told told) {
        if (!writable && !told.writable()) {
            return Optional.of("it is read-only");
        }
        if (type.isPresent() && type.get() != value.type() && !told.type()) {
            return Optional.of("it is of type " + type.get().text() + ", not "
                    + value.type().text());
        }
        return ofLength(value).or(() -> ofRange(value)).or(() -> ofValues(value));
    }

    private Optional<String> ofLength(ParameterValue value) {
        int characters = value.value().codePointCount(0, value.value().length());
        boolean fits =
                length.isEmpty() || length.stream().anyMatch(span -> span.contains(BigInteger.valueOf(characters)));
        return fits
                ? Optional.empty()
                : Optional.of("it has " + characters + " characters, and the model allows " + Span.shown(length));
    }

    private Optional<String> ofRange(ParameterValue value) {
        if (range.isEmpty() || list || !value.value().matches("[+-]?\\d{1,30}")) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(value.value());
        return range.stream().anyMatch(span -> span.contains(number))
                ? Optional.empty()
                : Optional.of("it is " + (SecretPaths.isSecret(value.path()) ? SecretPaths.MASK : number)
                        + ", and the model allows " + Span.shown(range));
    }

    private Optional<String> ofValues(ParameterValue value) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String[] items = list ? value.value().strip().split("\\s*,\\s*", -1) : new String[] {value.value()};
        if (list && value.value().isBlank()) {
            return Optional.empty();
        }
        for (String item : items) {
            // vendors add values of their own
            if (!values.contains(item) && !item.startsWith("X_")) {
                String shown = SecretPaths.isSecret(value.path()) ? SecretPaths.MASK : shown(item);
                return Optional.of("'" + shown + "' is not among the values of the model: " + allowed());
            }
        }
        return Optional.empty();
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private String allowed() {
        String some = String.join(", ", values.subList(0, Math.min(MOST_SHOWN, values.size())));
        return values.size() > MOST_SHOWN ? some + ", …" : some;
    }
}
