package carillon.server.cli;

import carillon.db.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A role as it is typed. */
final class RoleName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return text;
            }
        }
        throw new TypeConversionException("'" + text + "' is none of "
                + Arrays.stream(Role.values())
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }
}
