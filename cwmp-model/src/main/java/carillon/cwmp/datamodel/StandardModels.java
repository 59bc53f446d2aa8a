package carillon.cwmp.datamodel;

import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The data models of TR-098, TR-104, TR-106 and TR-181 together. A phone does not always say by which of them it goes, so
 * a complaint is one of every model that has the parameter. Names that no model has are not judged: vendors have their own.
 */
public final class StandardModels {
    private static final int COLUMNS = 9;
    private static final Pattern INSTANCE = Pattern.compile("(?<=\\.)(\\d+|\\[[^\\]]*\\]|\\*)(?=\\.)");
    private static final Pattern SERVICES = Pattern.compile("^(Device|InternetGatewayDevice)\\.Services\\.");

    /** The newest first. */
    private static final List<String> DEVICES =
            List.of("Device-2", "Device-1", "Device-1-base", "InternetGatewayDevice-1");

    private static final List<String> SERVICE_MODELS = List.of("VoiceService-1", "VoiceService-2");

    private final List<Map<String, ModelRule>> devices;
    private final List<Map<String, ModelRule>> services;

    private StandardModels(List<Map<String, ModelRule>> devices, List<Map<String, ModelRule>> services) {
        this.devices = devices;
        this.services = services;
    }

    /** Read once, when they are first asked for: some ten thousand names. */
    private static final class Loaded {
        private static final StandardModels ALL = new StandardModels(tables(DEVICES), tables(SERVICE_MODELS));
    }

    public static StandardModels all() {
        return Loaded.ALL;
    }

    private static List<Map<String, ModelRule>> tables(List<String> names) {
        List<Map<String, ModelRule>> tables = new ArrayList<>();
        names.forEach(name -> tables.add(table(name + ".tsv")));
        return tables;
    }

    private static Map<String, ModelRule> table(String name) {
        Map<String, ModelRule> rules = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(StandardModels.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] columns = Arrays.copyOf(line.split("\t", -1), COLUMNS);
                    for (int i = 0; i < COLUMNS; i++) {
                        columns[i] = columns[i] == null ? "" : columns[i];
                    }
                    rules.put(columns[0], ModelRule.of(columns));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return rules;
    }

    /** What the models say of a parameter or object, the newest first; instance numbers and aliases mean any row. */
    public List<ModelRule> rules(String path) {
        String service = SERVICES.matcher(path).replaceFirst("");
        boolean isService = !service.equals(path) && service.startsWith("VoiceService.");
        String generic = INSTANCE.matcher(isService ? service : path).replaceAll("{i}");
        List<ModelRule> rules = new ArrayList<>();
        for (Map<String, ModelRule> table : isService ? services : devices) {
            ModelRule rule = table.get(generic);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    /** The type of a parameter, where the models agree about it. */
    public Optional<ParameterType> type(String path) {
        List<ParameterType> types = rules(path).stream()
                .flatMap(rule -> rule.type().stream())
                .distinct()
                .toList();
        return types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
    }

    /** What speaks against setting this value, if every model that has the parameter speaks against it. */
    public Optional<String> complaint(ParameterValue value, ModelRule.Told told) {
        Optional<String> first = Optional.empty();
        for (ModelRule rule : rules(value.path())) {
            Optional<String> complaint = rule.complaint(value, told);
            if (complaint.isEmpty()) {
                return Optional.empty();
            }
            first = first.isPresent() ? first : complaint;
        }
        return first;
    }

    /** What the newest model that says anything says of notifications of a parameter; empty where no model has it. */
    public Optional<NotificationMark> notification(String path) {
        List<NotificationMark> marks =
                rules(path).stream().map(ModelRule::notification).toList();
        return marks.stream()
                .filter(mark -> mark != NotificationMark.ALLOWED)
                .findFirst()
                .or(() -> marks.stream().findFirst());
    }

    /** Whether rows can be added to a table and deleted; empty where no model has it. */
    public Optional<Boolean> rowsCanChange(String table) {
        List<ModelRule> rules = rules(table + "1.");
        return rules.isEmpty() ? Optional.empty() : Optional.of(rules.stream().anyMatch(ModelRule::writable));
    }
}
