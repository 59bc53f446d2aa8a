package carillon.server.conformance;

import carillon.server.conformance.Checklist.Line;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** docs/protocol-conformance.md, made of the checklist, the reasons and the tags. */
final class ConformanceDocument {
    private final Checklist checklist;
    private final Map<String, SortedSet<String>> tests;

    ConformanceDocument(Checklist checklist, Map<String, SortedSet<String>> tests) {
        this.checklist = checklist;
        this.tests = tests;
    }

    /** The lines that neither a test shows nor a reason excuses. */
    List<Line> open() {
        return checklist.lines().stream()
                .filter(line -> !tests.containsKey(line.number())
                        && !checklist.reasons().containsKey(line.number()))
                .toList();
    }

    /** The lines of level MUST or SHOULD that have a reason in place of a test. */
    List<Line> excused() {
        return checklist.lines().stream()
                .filter(Line::binding)
                .filter(line -> checklist.reasons().containsKey(line.number()))
                .toList();
    }

    /** The whole text, with a table for each section. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# How Carillon keeps to the protocol\n\n")
                .append(
                        "What TR-069 (CWMP 1.0 to 1.4) asks of a server, in our own words, and the tests that show it.\n")
                .append(
                        "Levels: MUST, MUST NOT, SHOULD, MAY as the standard asks of a server or as follows from what it\n")
                .append("asks of a phone; OUR: what experience with phones added.\n\n")
                .append(
                        "This file is made from the tags of the tests (`@Tag(\"CWMP-nnn\")`); `ProtocolConformanceIT` says how\n")
                .append("to make it anew, and fails when it differs.\n\n")
                .append("| level | lines | shown by tests | with a reason | open |\n")
                .append("| --- | --- | --- | --- | --- |\n");
        for (String level : List.of("MUST", "MUST NOT", "SHOULD", "MAY", "OUR")) {
            count(
                    text,
                    level,
                    checklist.lines().stream()
                            .filter(line -> line.level().equals(level))
                            .toList());
        }
        count(text, "all", checklist.lines());
        List<Line> open = open();
        if (!open.isEmpty()) {
            text.append("\nOpen, that is neither shown nor excused yet: ")
                    .append(String.join(", ", open.stream().map(Line::number).toList()))
                    .append(".\n");
        }
        String section = "";
        for (Line line : checklist.lines()) {
            if (!line.section().equals(section)) {
                section = line.section();
                text.append("\n## ")
                        .append(section)
                        .append("\n\n| No. | Level | Demand | Shown by |\n| --- | --- | --- | --- |\n");
            }
            text.append("| ")
                    .append(line.number())
                    .append(" | ")
                    .append(line.level())
                    .append(" | ")
                    .append(line.demand().replace("|", "\\|"))
                    .append(" | ")
                    .append(shown(line))
                    .append(" |\n");
        }
        return text.toString();
    }

    private void count(StringBuilder text, String level, List<Line> lines) {
        long tested =
                lines.stream().filter(line -> tests.containsKey(line.number())).count();
        long excused = lines.stream()
                .filter(line -> checklist.reasons().containsKey(line.number()))
                .count();
        text.append("| %s | %d | %d | %d | %d |\n"
                .formatted(level, lines.size(), tested, excused, lines.size() - tested - excused));
    }

    private String shown(Line line) {
        SortedSet<String> shown = tests.get(line.number());
        if (shown != null) {
            return String.join("<br>", shown);
        }
        String reason = checklist.reasons().get(line.number());
        return reason == null ? "**open**" : "no test: " + reason.replace("|", "\\|");
    }
}
