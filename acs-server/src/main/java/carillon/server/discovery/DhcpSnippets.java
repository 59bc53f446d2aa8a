package carillon.server.discovery;

import carillon.cwmp.discovery.DhcpOption;
import carillon.cwmp.discovery.DhcpOption60;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Configuration texts for DHCP servers. Options are given to clients whose vendor class contains {@code dslforum.org}
 * (CWMP-222), and those for profiles to all.
 */
public final class DhcpSnippets {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** How far into the vendor class Kea looks: it has no "contains" in every version. */
    private static final int KEA_OFFSETS = 48;

    private static final String WARNING = "Some clients take option 43 only as the bare address, others only with"
            + " sub-options; and the option is shared by all vendors, so give it to no client that did not ask for it.";

    private DhcpSnippets() {}

    /** Which server the text is for. */
    public enum Format {
        DNSMASQ,
        KEA,
        ISC,
        CISCO_IOS,
        MIKROTIK,
        WINDOWS,
        HEX;

        /** As users write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The format of this name. */
        public static Optional<Format> of(String name) {
            for (Format format : values()) {
                if (format.text().equals(name.toLowerCase(Locale.ROOT))) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }

    /** The text for this server. */
    public static String text(Announcement announcement, Format format) {
        List<DhcpOption> options = announcement.options();
        return switch (format) {
            case DNSMASQ -> dnsmasq(options);
            case KEA -> kea(options);
            case ISC -> isc(options);
            case CISCO_IOS -> ciscoIos(options);
            case MIKROTIK -> mikrotik(options);
            case WINDOWS -> windows(options);
            case HEX -> hex(options);
        };
    }

    private static boolean isForAcs(DhcpOption option) {
        return option.code() == 43 || option.code() == 125;
    }

    private static String text(DhcpOption option) {
        return new String(option.value(), StandardCharsets.UTF_8);
    }

    private static List<String> addresses(DhcpOption option) {
        byte[] octets = option.value();
        return IntStream.range(0, octets.length / 4)
                .mapToObj(i -> IntStream.range(4 * i, 4 * i + 4)
                        .mapToObj(at -> Integer.toString(octets[at] & 0xff))
                        .collect(Collectors.joining(".")))
                .toList();
    }

    private static String dnsmasq(List<DhcpOption> options) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + WARNING);
        lines.add("dhcp-vendorclass=set:tr069," + DhcpOption60.DSLFORUM);
        for (DhcpOption option : options) {
            lines.add(
                    switch (option.code()) {
                        case 43, 125 ->
                            "dhcp-option-force=tag:tr069," + option.code() + "," + COLONS.formatHex(option.value());
                        case 150 -> "dhcp-option=150," + String.join(",", addresses(option));
                        default -> "dhcp-option=" + option.code() + ",\"" + text(option) + "\"";
                    });
        }
        return lines(lines);
    }

    private static String kea(List<DhcpOption> options) {
        int length = DhcpOption60.DSLFORUM.length();
        String test = IntStream.range(0, KEA_OFFSETS)
                .mapToObj(
                        at -> "substring(option[60].hex," + at + "," + length + ") == '" + DhcpOption60.DSLFORUM + "'")
                .collect(Collectors.joining(" or "));
        List<String> definitions = new ArrayList<>();
        List<String> forAll = new ArrayList<>();
        List<String> forAcs = new ArrayList<>();
        for (DhcpOption option : options) {
            switch (option.code()) {
                case 43 -> forAcs.add(keaOption("\"name\": \"acs-43\"", option.valueHex(), "\"csv-format\": false"));
                case 125 -> forAcs.add(keaOption("\"code\": 125", option.valueHex(), "\"csv-format\": false"));
                case 150 -> {
                    definitions.add(keaDefinition("tftp-servers-150", 150, "\"ipv4-address\", \"array\": true"));
                    forAll.add(keaOption("\"name\": \"tftp-servers-150\"", String.join(", ", addresses(option)), ""));
                }
                case 160 -> {
                    definitions.add(keaDefinition("profile-url-160", 160, "\"string\""));
                    forAll.add(keaOption("\"name\": \"profile-url-160\"", text(option), ""));
                }
                default -> forAll.add(keaOption("\"code\": " + option.code(), text(option), ""));
            }
        }
        return lines(List.of(
                "// " + WARNING,
                "// Into \"Dhcp4\": { ... }",
                "\"option-def\": [",
                String.join(",\n", definitions),
                "],",
                "\"option-data\": [",
                String.join(",\n", forAll),
                "],",
                "\"client-classes\": [",
                "  { \"name\": \"tr069\",",
                "    \"test\": \"" + test + "\",",
                "    \"option-def\": [",
                keaDefinition("acs-43", 43, "\"binary\""),
                "    ],",
                "    \"option-data\": [",
                String.join(",\n", forAcs),
                "    ] }",
                "]"));
    }

    private static String keaDefinition(String name, int code, String type) {
        return "  { \"name\": \"" + name + "\", \"code\": " + code + ", \"type\": " + type + " }";
    }

    private static String keaOption(String which, String data, String more) {
        return "  { " + which + ", \"data\": \"" + data + "\"" + (more.isEmpty() ? "" : ", " + more)
                + ", \"always-send\": true }";
    }

    private static String isc(List<DhcpOption> options) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + WARNING);
        for (DhcpOption option : options) {
            switch (option.code()) {
                case 150 -> lines.add("option carillon-150 code 150 = array of ip-address;");
                case 160 -> lines.add("option carillon-160 code 160 = text;");
                default -> {}
            }
        }
        lines.add("class \"tr069\" {");
        lines.add("  match if option vendor-class-identifier ~= \"dslforum\\.org\";");
        for (DhcpOption option : options) {
            if (isForAcs(option)) {
                String name = option.code() == 43 ? "vendor-encapsulated-options" : "vivso";
                lines.add("  option " + name + " " + COLONS.formatHex(option.value()) + ";");
            }
        }
        lines.add("}");
        for (DhcpOption option : options) {
            switch (option.code()) {
                case 66 -> lines.add("option tftp-server-name \"" + text(option) + "\";");
                case 150 -> lines.add("option carillon-150 " + String.join(", ", addresses(option)) + ";");
                case 160 -> lines.add("option carillon-160 \"" + text(option) + "\";");
                default -> {}
            }
        }
        return lines(lines);
    }

    private static String ciscoIos(List<DhcpOption> options) {
        List<String> lines = new ArrayList<>();
        lines.add("! " + WARNING);
        lines.add("! IOS cannot look into the vendor class: use a pool that only phones are in.");
        lines.add("ip dhcp pool PHONES");
        for (DhcpOption option : options) {
            lines.add(
                    switch (option.code()) {
                        case 43, 125 -> " option " + option.code() + " hex " + dotted(option.valueHex());
                        case 150 -> " option 150 ip " + String.join(" ", addresses(option));
                        default -> " option " + option.code() + " ascii \"" + text(option) + "\"";
                    });
        }
        return lines(lines);
    }

    private static String dotted(String hex) {
        return hex.replaceAll("(.{4})(?=.)", "$1.");
    }

    private static String mikrotik(List<DhcpOption> options) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + WARNING);
        lines.add("/ip dhcp-server option");
        options.forEach(option -> lines.add(
                "add name=carillon-" + option.code() + " code=" + option.code() + " value=0x" + option.valueHex()));
        lines.add("/ip dhcp-server option sets");
        lines.add("add name=tr069 options="
                + options.stream().map(option -> "carillon-" + option.code()).collect(Collectors.joining(",")));
        lines.add("/ip dhcp-server matcher");
        lines.add("add name=tr069 server=all code=60 matching-type=substring value=\"" + DhcpOption60.DSLFORUM
                + "\" option-set=tr069");
        return lines(lines);
    }

    private static String windows(List<DhcpOption> options) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + WARNING);
        lines.add("# PowerShell; $scope is the scope of the phones, such as 192.0.2.0");
        for (DhcpOption option : options) {
            if (option.code() != 43 && option.code() != 66) {
                lines.add("Add-DhcpServerv4OptionDefinition -Name \"carillon-" + option.code() + "\" -OptionId "
                        + option.code() + " -Type BinaryData");
            }
        }
        lines.add("# Windows compares the beginning of the vendor class: add a class for each text your phones send.");
        lines.add("Add-DhcpServerv4Class -Name \"tr069\" -Type Vendor -Data \"" + DhcpOption60.DSLFORUM + "\"");
        lines.add("Add-DhcpServerv4Policy -Name \"tr069\" -ScopeId $scope -Condition OR -VendorClass EQ,\"tr069*\"");
        for (DhcpOption option : options) {
            String policy = isForAcs(option) ? " -PolicyName \"tr069\"" : "";
            String value = option.code() == 66
                    ? "\"" + text(option).replace("$", "`$") + "\""
                    : HexFormat.ofDelimiter(",").withPrefix("0x").formatHex(option.value());
            lines.add("Set-DhcpServerv4OptionValue -ScopeId $scope" + policy + " -OptionId " + option.code()
                    + " -Value " + value);
        }
        return lines(lines);
    }

    private static String hex(List<DhcpOption> options) {
        return lines(options.stream().map(DhcpOption::hex).toList());
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
