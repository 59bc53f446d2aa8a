package carillon.phones;

import carillon.cwmp.ParameterType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What all phones of a model have in common: parameters with type, access and factory value, and the tables. Immutable, and
 * shared by every phone of the model.
 */
public final class PhoneModel {
    // before the models, which are read with its help
    private static final Pattern NUMBER = Pattern.compile("\\.[0-9]+(?=\\.)");

    /** The 8851 with multiplatform firmware. */
    public static final PhoneModel CP_8851 = new PhoneModel("CP-8851-3PCC", 10);

    /** The 8841 with multiplatform firmware. */
    public static final PhoneModel CP_8841 = new PhoneModel("CP-8841-3PCC", 4);

    /** The 7832 conference phone with multiplatform firmware. */
    public static final PhoneModel CP_7832 = new PhoneModel("CP-7832-3PCC", 1);

    /** One parameter of the model. */
    record Definition(ParameterType type, boolean writable, String factoryValue) {}

    private final String productClass;
    private final NavigableMap<String, Definition> parameters = new TreeMap<>();
    private final Set<String> tables = new TreeSet<>();

    private PhoneModel(String productClass, int lines) {
        this.productClass = productClass;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PhoneModel.class.getResourceAsStream("cp-88xx.csv"), "cp-88xx.csv"),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> fields = fields(line);
                Definition definition = new Definition(
                        ParameterType.of(fields.get(1)).orElseThrow(),
                        fields.get(2).equals("RW"),
                        fields.get(3));
                expand(fields.get(0), definition, lines);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The model of this product class. */
    public static PhoneModel of(String productClass) {
        for (PhoneModel model : List.of(CP_8851, CP_8841, CP_7832)) {
            if (model.productClass.equals(productClass)) {
                return model;
            }
        }
        throw new IllegalArgumentException(
                "there is no model '" + productClass + "'; there are CP-8851-3PCC, CP-8841-3PCC and CP-7832-3PCC");
    }

    /** {@code CP-8851-3PCC}. */
    public String productClass() {
        return productClass;
    }

    NavigableMap<String, Definition> parameters() {
        return parameters;
    }

    /**
     * Whether it is the path of a table, such as {@code …VoiceProfile.1.Line.}: instances come and go below it. What the
     * numbers in it are does not matter here.
     */
    boolean isTable(String path) {
        return tables.contains(template(path));
    }

    /** The same path in the first rows of all tables, which every row looks like when it is made. */
    static String template(String path) {
        return NUMBER.matcher(path).replaceAll(".1");
    }

    private void expand(String path, Definition definition, int lines) {
        int at = path.indexOf("{i}");
        if (at < 0) {
            parameters.put(path, definition);
            return;
        }
        String table = path.substring(0, at);
        tables.add(template(table));
        int instances = table.endsWith(".Line.") ? lines : 1;
        for (int i = 1; i <= instances; i++) {
            // a factory value that is the number of its row
            Definition own = definition.factoryValue().equals("{i}")
                    ? new Definition(definition.type(), definition.writable(), Integer.toString(i))
                    : definition;
            boolean last = path.indexOf("{i}", at + 3) < 0;
            expand(table + i + path.substring(at + 3), last ? own : definition, lines);
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
