package carillon.server.conformance;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What TR-069 asks of a server, line by line, and why some lines are shown by no test. */
record Checklist(List<Line> lines, Map<String, String> reasons) {
    private static final Path PLACE = Path.of("src/test/resources/conformance");

    /** One demand: its number (CWMP-nnn), the section it belongs to, its level (MUST, SHOULD …) and its words. */
    record Line(String number, String section, String level, String demand) {
        /** Whether a reason in place of a test counts against the limit. */
        boolean binding() {
            return level.startsWith("MUST") || level.equals("SHOULD");
        }
    }

    /** Both files as they are in the tree. */
    static Checklist read() throws IOException {
        List<Line> lines = rows("requirements.csv").stream()
                .map(row -> new Line(row.get("number"), row.get("section"), row.get("level"), row.get("demand")))
                .toList();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Map<String, String> row : rows("reasons.csv")) {
            String before = reasons.put(row.get("number"), row.get("reason"));
            if (before != null) {
                throw new IOException("reasons.csv gives two reasons for " + row.get("number"));
            }
        }
        return new Checklist(lines, reasons);
    }

    private static List<Map<String, String>> rows(String name) throws IOException {
        String text = Files.readString(PLACE.resolve(name), StandardCharsets.UTF_8);
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            return rows.readAll();
        }
    }
}
