package carillon.cwmp;

/**
 * A parameter and its value (ParameterValueStruct). The text is kept as it came, whatever the type says: devices label
 * free text as numbers, and blanks at the end of a password count.
 *
 * @param path the full name, as the device wrote it
 * @param value the text; empty is a value
 * @param type what the device said it is, or what we say it is
 */
public record ParameterValue(String path, String value, ParameterType type) {
    public static ParameterValue string(String path, String value) {
        return new ParameterValue(path, value, ParameterType.STRING);
    }
}
