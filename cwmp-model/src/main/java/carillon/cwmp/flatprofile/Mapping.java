package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;

/**
 * One parameter of TR-069 and one key of flat profiles that are the same setting.
 *
 * @param path the parameter
 * @param key the key's base such as {@code Proxy_{n}_}; empty where the parameter has none
 * @param type the parameter's type on the wire
 * @param typeCertain whether the type is documented; where not, what the phone reports decides
 * @param longest the most characters that the parameter takes; 0 where nothing says
 * @param writable whether it can be set
 * @param conversion how the values become each other
 * @param fidelity how much comes through
 * @param reason what does not, and why; may be empty for an exact one
 * @param evidence who says so
 * @param adapter whether it is for analogue adapters (ATA) alone, not for phones
 */
public record Mapping(
        PathPattern path,
        String key,
        ParameterType type,
        boolean typeCertain,
        int longest,
        boolean writable,
        Conversion conversion,
        Fidelity fidelity,
        String reason,
        Evidence evidence,
        boolean adapter) {
    public Mapping {
        if (key.isEmpty() != (fidelity == Fidelity.NONE)) {
            throw new IllegalArgumentException("a mapping without a key is marked none, and only such a one: " + path);
        }
        if (reason.isBlank() && (fidelity == Fidelity.LOSSY || fidelity == Fidelity.NONE)) {
            throw new IllegalArgumentException(
                    "a mapping marked " + fidelity.text() + " needs its reason after a #: " + path);
        }
    }

    /** The key's value for the parameter's. */
    public Translation toKey(String value, String before) {
        return conversion.toKey(value, before);
    }

    /** The parameter's value for the key's, in the type that the phone reports or else in the documented one. */
    public Translation toPath(String value, String before, ParameterType reported) {
        ParameterType wire = typeCertain ? type : reported;
        Translation translated = conversion.toPath(value, before, wire);
        if (!(translated instanceof Translation.Value text)) {
            return translated;
        }
        if (longest > 0 && text.text().length() > longest) {
            return Translation.impossible("it is longer than the " + longest + " characters that the parameter takes");
        }
        return wire == ParameterType.UNSIGNED_INT || wire == ParameterType.INT ? decimal(text.text(), wire) : text;
    }

    /** Keys may have hexadecimal numbers, parameters of a number's type have not. */
    private static Translation decimal(String text, ParameterType wire) {
        return KeyTypes.whole(text)
                .filter(number -> number >= 0 || wire == ParameterType.INT)
                .map(number -> Translation.of(String.valueOf(number)))
                .orElseGet(
                        () -> Translation.impossible("'" + text + "' is no whole number, which the parameter takes"));
    }

    /** The mapping as one line, as {@link MappingLines} reads it. */
    public String line() {
        StringBuilder line = new StringBuilder(path.text())
                .append("  ")
                .append(key.isEmpty() ? "-" : key)
                .append("  ")
                .append(type.localName())
                .append(typeCertain ? "" : "?");
        if (longest > 0) {
            line.append(" max(").append(longest).append(')');
        }
        if (!writable) {
            line.append(" read-only");
        }
        if (!conversion.equals(Conversion.Named.SAME)) {
            line.append(' ').append(conversion.text());
        }
        line.append(' ').append(fidelity.text()).append(' ').append(evidence.text());
        if (adapter) {
            line.append(" adapter");
        }
        return reason.isEmpty()
                ? line.toString()
                : line.append("  # ").append(reason).toString();
    }
}
