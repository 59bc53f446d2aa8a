package carillon.cwmp.codec;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lists of named parameters, from the elements of a SOAP document. */
final class SaajParameters {
    private SaajParameters() {}

    /** The values of a list of ParameterValueStruct. */
    static List<ParameterValue> values(SaajElement list) {
        return named(list.all("ParameterValueStruct"), (name, entry) -> entry.last("Value")
                .map(value -> new ParameterValue(name, value.text(), type(value))));
    }

    /** One for each entry whose name can be one and of which something can be made; of two with one name the later. */
    static <T> List<T> named(List<SaajElement> entries, BiFunction<String, SaajElement, Optional<T>> make) {
        Map<String, T> made = new LinkedHashMap<>();
        for (SaajElement entry : entries) {
            String name = entry.last("Name").map(SaajElement::word).orElse("");
            if (isName(name)) {
                make.apply(name, entry).ifPresent(one -> made.put(name, one));
            }
        }
        return new ArrayList<>(made.values());
    }

    private static ParameterType type(SaajElement value) {
        return value.attribute("type").flatMap(ParameterType::of).orElse(ParameterType.STRING);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 256
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c <= ' ');
    }
}
