package carillon.server.files;

import carillon.cwmp.flatprofile.Macro;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** At which paths factory phones ask for a profile, and what such a path says of them. */
final class BootstrapPaths {
    private static final Map<String, String> MACROS = Map.of(
            "PSN", "(?<psn>\\d{4}[A-Z]{0,3}-3PCC)",
            "PN", "(?<pn>CP-\\d{4}[A-Z]{0,3}-3PCC)",
            "MA", "(?<mac>[0-9A-Fa-f]{12})",
            "MAU", "(?<mac>[0-9A-Fa-f]{12})",
            "SN", "(?<serial>[0-9A-Z]{6,20})");

    private final List<Pattern> patterns;

    /** With patterns such as {@code /Cisco/$PN/$MA.cfg}. Throws an {@link IllegalArgumentException} on other macros. */
    BootstrapPaths(List<String> patterns) {
        this.patterns = patterns.stream().map(BootstrapPaths::pattern).toList();
    }

    /**
     * What a path says of the phone that asks for it; a part that it does not say is empty.
     *
     * @param model such as {@code CP-8841-3PCC}
     * @param mac twelve lower-case hexadecimal digits
     */
    record Hints(String model, String mac, String serial) {}

    /** Whether factory phones ask at this path, and what it says. */
    Optional<Hints> match(String path) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(path);
            if (matcher.matches()) {
                String text = pattern.pattern();
                String psn = text.contains("(?<psn>") ? "CP-" + matcher.group("psn") : "";
                return Optional.of(new Hints(
                        text.contains("(?<pn>") ? matcher.group("pn") : psn,
                        text.contains("(?<mac>") ? matcher.group("mac").toLowerCase(Locale.ROOT) : "",
                        text.contains("(?<serial>") ? matcher.group("serial") : ""));
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        for (Macro use : Macro.uses(path)) {
            String macro = MACROS.get(use.name());
            if (macro == null || use.offset() >= 0 || regex.indexOf(macro) >= 0) {
                throw new IllegalArgumentException("the path '" + path + "' can have each of the macros $PSN, $PN, $MA,"
                        + " $MAU and $SN once, and no other; see bootstrap.paths");
            }
            regex.append(Pattern.quote(path.substring(at, use.start()))).append(macro);
            at = use.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(path.substring(at))).toString());
    }
}
