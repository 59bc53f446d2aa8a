package carillon.cwmp.flatprofile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes {@code keys.tsv} from the research tables beside this class. To make it anew after a change there, run
 * {@link #main} with the folder of the resources; {@code FlatProfileTablesTest} says when that is due.
 */
final class FlatProfileTables {
    private static final Pattern FROM_TO =
            Pattern.compile("(?i)(-?\\d+)\\s*(?:-|–|to|through|and|seconds to)\\s*(\\d+)(?: seconds)?\\b.*");
    private static final Pattern NUMBERED = Pattern.compile("\\d+:[^,]*(, *\\d+:[^,]*)+");
    private static final Pattern LENGTH = Pattern.compile("(?:no more than|not exceeding|0-) ?(\\d+)(?: characters)?");

    private FlatProfileTables() {}

    /** The tables, into the folder. */
    public static void main(String[] folder) throws IOException {
        Files.writeString(Path.of(folder[0], "keys.tsv"), keys());
        Files.writeString(Path.of(folder[0], "mappings.txt"), MappingTables.mappings());
    }

    static String keys() throws IOException {
        Map<String, Map<String, String>> amendments = new HashMap<>();
        for (String line : text("key-amendments.tsv")
                .lines()
                .filter(l -> !l.startsWith("#"))
                .toList()) {
            String[] field = line.split("\t", -1);
            amendments.computeIfAbsent(field[0], none -> new HashMap<>()).put(field[1], field[2]);
        }
        StringBuilder out = new StringBuilder("""
            # Every publicly known key of flat profiles; see README.md for the columns and where this comes from.
            # key	section	type	default	user access	instances	models	sources	secret	remark
            """);
        TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER.thenComparing(s -> s));
        for (Map<String, String> row : rows("flat-profile-keys.csv")) {
            sorted.put(row.get("key") + "\u0001" + row.get("section"), key(row, amendments));
        }
        sorted.values().forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    private static String key(Map<String, String> row, Map<String, Map<String, String>> amendments) {
        String name = row.get("key");
        String section = row.get("section");
        Map<String, String> amended = new HashMap<>(amendments.getOrDefault(name, Map.of()));
        amended.putAll(amendments.getOrDefault(name + "@" + section, Map.of()));
        String type = amended.getOrDefault("type", type(row));
        KeyType parsed = KeyTypes.parse(type);
        boolean secret = Optional.ofNullable(amended.get("secret"))
                .map("yes"::equals)
                .orElse(row.get("type").contains("secret"));
        String standard = amended.get("default");
        if (standard == null) {
            standard = standard(row.get("default"), parsed);
        }
        String remark =
                parsed instanceof KeyType.Choice || parsed instanceof KeyType.Bool ? "" : row.get("allowed_values");
        if (type.startsWith("choice")
                && NUMBERED.matcher(row.get("allowed_values")).matches()) {
            remark = row.get("allowed_values");
        }
        return String.join(
                "\t",
                name,
                section,
                type,
                standard,
                row.get("ua"),
                row.get("instances"),
                row.get("models"),
                row.get("source"),
                secret ? "secret" : "",
                remark);
    }

    /** A default that is a legal value; the guides' prose is left out. */
    private static String standard(String text, KeyType type) {
        if (text.isEmpty()) {
            return "-";
        }
        if (text.equals("(empty)") || text.startsWith("Blank")) {
            return "";
        }
        boolean prose = text.length() > 40 || text.contains("efault") && !text.equals("Default") || text.contains("(");
        if (type.refusal(text).isEmpty() && !prose) {
            return text;
        }
        String better = type.canonical(text);
        return type.refusal(better).isEmpty() && !prose ? better : "-";
    }

    private static String type(Map<String, String> row) {
        String allowed = row.get("allowed_values");
        String sample = row.get("sample_value");
        return switch (row.get("type")) {
            case "Bool" -> "bool";
            case "Enum" -> "choice " + allowed;
            case "Hex byte" -> "hexbyte";
            case "ToneScript" -> "tone";
            case "CadScript" -> "cadence";
            case "DialPlanScript" -> "dialplan";
            case "ProvisioningRuleSyntax" -> "rule";
            case "StarCode (<=7 chars)" -> "starcode";
            case "String (host:port)" -> "fqdn";
            case "Integer or list (s)" -> "delays";
            case "Integer", "Number" -> range(allowed).orElse(sample.contains(".") ? "float 3" : number(row));
            default -> NUMBERED.matcher(allowed).matches() ? numbered(allowed) : text(allowed, row);
        };
    }

    private static String number(Map<String, String> row) {
        if (row.get("key").endsWith("_Payload")) {
            return "int 0..127";
        }
        if (row.get("section").contains("Timer")) {
            return "time 3";
        }
        return "float 3";
    }

    private static Optional<String> range(String allowed) {
        Matcher range = FROM_TO.matcher(allowed.replaceFirst("^(?i)(an integer|numeric)?[^0-9-]*", ""));
        return range.matches() ? Optional.of("int " + range.group(1) + ".." + range.group(2)) : Optional.empty();
    }

    private static String numbered(String allowed) {
        List<String> numbers = new ArrayList<>();
        for (String part : allowed.split(", *")) {
            numbers.add(part.substring(0, part.indexOf(':')));
        }
        return "choice " + String.join("|", numbers);
    }

    private static String text(String allowed, Map<String, String> row) {
        Matcher length = LENGTH.matcher(allowed);
        if (length.find()) {
            return "str " + length.group(1);
        }
        return row.get("type").startsWith("URL") ? "str 1024" : "str 2048";
    }

    static List<Map<String, String>> rows(String name) throws IOException {
        List<List<String>> records = records(text(name));
        List<String> head = records.get(0);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < head.size(); i++) {
                row.put(
                        head.get(i),
                        i < record.size()
                                ? record.get(i)
                                        .replace('\t', ' ')
                                        .replace('\n', ' ')
                                        .strip()
                                : "");
            }
            rows.add(row);
        }
        return rows;
    }

    static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FlatProfileTables.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Records of comma-separated values with quotes (RFC 4180). */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return records.stream().filter(r -> r.size() > 1).collect(Collectors.toList());
    }
}
