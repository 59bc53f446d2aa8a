package carillon.cwmp;

import java.util.Locale;
import java.util.Optional;

/** The types that a parameter value may have on the wire (TR-069 Amendment 6, A.2.4, table 34; TR-106). */
public enum ParameterType {
    STRING("string"),
    INT("int"),
    UNSIGNED_INT("unsignedInt"),
    LONG("long"),
    UNSIGNED_LONG("unsignedLong"),
    BOOLEAN("boolean"),
    DATE_TIME("dateTime"),
    BASE64("base64Binary"),
    HEX_BINARY("hexBinary"),
    DECIMAL("decimal");

    private final String local;

    ParameterType(String local) {
        this.local = local;
    }

    /** The name without prefix, as in XML Schema. */
    public String localName() {
        return local;
    }

    /** {@code xsd:} and the name, as the REST API writes it. */
    public String text() {
        return "xsd:" + local;
    }

    /** Reads a type as devices write it: any prefix, any case, a length in brackets, {@code base64}. */
    public static Optional<ParameterType> of(String text) {
        String name = text.strip();
        name = name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < name.length() && Character.isLetterOrDigit(name.charAt(end))) {
            end++;
        }
        name = name.substring(0, end);
        if (name.equals("base64")) {
            return Optional.of(BASE64);
        }
        for (ParameterType type : values()) {
            if (type.local.toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
