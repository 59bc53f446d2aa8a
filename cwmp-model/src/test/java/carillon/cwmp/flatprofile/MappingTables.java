package carillon.cwmp.flatprofile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes {@code mappings.txt} of the research and its amendments, as {@link FlatProfileTables} makes the keys. */
final class MappingTables {
    private static final String HEAD = """
        # Which parameter of TR-069 is which key of flat profiles; see README.md for where this comes from.
        # A line: path, key (- for none), then words in any order, and a reason after a number sign:
        #   the parameter's type, with ? where it is not documented; max(N) characters; read-only
        #   a conversion (the same text, and Yes and No for a boolean, where none stands there)
        #   exact, lossy, write-only or none; seen in the vendor's guide or inferred; adapter for analogue adapters
        # Places: {s} voice service, {p} profile, {l} line, {n} {u} {k} the key's numbers, {i} and {c} any row,
        #   {c:G.722} the row whose Codec says so. The first of several lines of one key is preferred.
        """;
    private static final List<String> CODECS = List.of(
            "G.711MuLaw G711u_Enable_{n}_",
            "G.711ALaw G711a_Enable_{n}_",
            "G.729a G729a_Enable_{n}_",
            "G.722 G722_Enable_{n}_",
            "G.722.2 G722.2_Enable_{n}_",
            "iLBC iLBC_Enable_{n}_",
            "iSAC iSAC_Enable_{n}_",
            "OPUS OPUS_Enable_{n}_");
    private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");
    private static final Pattern OTHER_KEY = Pattern.compile("key\\(([^)]*)\\)");

    private MappingTables() {}

    static String mappings() throws IOException {
        Map<String, String[]> amendments = new HashMap<>();
        for (String line :
                FlatProfileTables.text("mapping-amendments.txt").lines().toList()) {
            if (!line.startsWith("#")) {
                String[] part = line.split(" ", 3);
                amendments.put(expanded(part[0]), part);
            }
        }
        List<Map<String, String>> rows = FlatProfileTables.rows("tr069-flat-profile.csv");
        Set<String> withKey = new LinkedHashSet<>();
        for (Map<String, String> row : rows) {
            if (!row.get("flat_profile_key").isEmpty()
                    && !row.get("flat_profile_key").equals("N/A")) {
                withKey.add(row.get("tr69_path"));
            }
        }
        StringBuilder out = new StringBuilder(HEAD);
        for (Map<String, String> row : rows) {
            String key = row.get("flat_profile_key");
            boolean keyless = key.isEmpty() || key.equals("N/A");
            if (row.get("type").equals("object") || keyless && withKey.contains(row.get("tr69_path"))) {
                continue;
            }
            lines(row, amendments).forEach(line -> out.append(line).append('\n'));
        }
        out.append(MappingLines.parse(
                        "Device.LAN.DNSServers Secondary_DNS second lossy inferred # more than two servers have no"
                                + " counterpart",
                        Evidence.INFERRED)
                .line());
        return out.append('\n').toString();
    }

    private static List<String> lines(Map<String, String> row, Map<String, String[]> amendments) {
        String path = places(row.get("tr69_path"));
        List<String> lines = new ArrayList<>();
        if (path.startsWith("(Device|InternetGatewayDevice)")) {
            String rest = path.substring(path.indexOf(')') + 1);
            lines.add(line("Device" + rest, row, amendments));
            lines.add(line("InternetGatewayDevice" + rest, row, amendments));
        } else if (row.get("flat_profile_key").contains("|")) {
            for (String codec : CODECS) {
                String[] part = codec.split(" ");
                String marked = path.replace("{c}", "{c:" + part[0] + "}");
                lines.add(MappingLines.parse(marked + " " + part[1] + " boolean inferred", Evidence.INFERRED)
                        .line());
            }
        } else {
            lines.add(line(path, row, amendments));
        }
        return lines;
    }

    private static String line(String path, Map<String, String> row, Map<String, String[]> amendments) {
        String raw = row.get("flat_profile_key");
        boolean keyless = raw.isEmpty() || raw.equals("N/A");
        boolean adapter = row.get("notes").startsWith("ATA");
        String key = keyless
                ? "-"
                : raw.replace("Unit_{i}_Key_{j}_", "Unit_{u}_Key_{k}_").replace("{i}", "{n}");
        StringBuilder words = new StringBuilder(type(row, adapter));
        if (row.get("access").equals("R")) {
            words.append(" read-only");
        }
        words.append(' ').append(row.get("confidence"));
        String reason =
                keyless ? raw.isEmpty() ? "the guide leaves the key blank" : "the guide says that it has no key" : "";
        boolean secret = !keyless
                && KeyCatalogue.standard()
                        .find(key.replace("{n}", "1"))
                        .map(CatalogueKey::secret)
                        .orElse(false);
        if (secret) {
            words.append(" write-only");
        }
        String[] amendment = amendments.get(path);
        if (amendment != null) {
            key = amendment[1].equals("*") ? key : amendment[1];
            int remark = amendment[2].indexOf('#');
            String more = remark < 0 ? amendment[2] : amendment[2].substring(0, remark);
            Matcher other = OTHER_KEY.matcher(more);
            if (other.find()) {
                key = other.group(1);
                more = other.replaceAll("");
            }
            words.append(' ').append(more);
            reason = remark < 0 ? reason : amendment[2].substring(remark + 1).strip();
        }
        if (adapter) {
            words.append(" adapter");
        }
        return MappingLines.parse(path + " " + key + " " + words + " # " + reason, Evidence.SEEN)
                .line();
    }

    private static String type(Map<String, String> row, boolean adapter) {
        String type = row.get("type");
        if (type.startsWith("string Yes|No")) {
            return "string? yes-no";
        }
        if (type.startsWith("unsignedInt/")) {
            return "unsignedInt?";
        }
        boolean vendor = row.get("notes").contains("vendor parameter");
        Matcher length = LENGTH.matcher(type);
        String most = length.find() && !type.startsWith("list") && !type.startsWith("base64")
                ? " max(" + length.group(1) + ")"
                : "";
        String name = type.startsWith("unsignedInt")
                ? "unsignedInt"
                : type.startsWith("boolean")
                        ? adapter ? "boolean one-zero" : "boolean"
                        : type.startsWith("dateTime")
                                ? "dateTime"
                                : type.startsWith("base64") ? "base64Binary" : "string";
        return name + (vendor ? "?" : "") + most;
    }

    private static String expanded(String path) {
        String profile = "Device.Services.VoiceService.{s}.VoiceProfile.{p}.";
        return path.startsWith("VP.")
                ? profile + path.substring(3)
                : path.startsWith("VS.") ? "Device.Services.VoiceService.{s}." + path.substring(3) : path;
    }

    private static String places(String path) {
        return path.replace("VoiceService.{i}", "VoiceService.{s}")
                .replace("VoiceProfile.{i}", "VoiceProfile.{p}")
                .replace("LineKey.{i}", "LineKey.{n}")
                .replace("Line.{i}", "Line.{l}")
                .replace("Unit.{i}.Key.{i}", "Unit.{u}.Key.{k}")
                .replace("Unit.{i}", "Unit.{u}")
                .replace("List.{i}", "List.{c}")
                .replace("Capabilities.Codecs.{i}", "Capabilities.Codecs.{c}");
    }
}
