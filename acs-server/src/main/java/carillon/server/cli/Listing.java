package carillon.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what was asked for: a table for people, JSON for programs. */
final class Listing {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Listing() {}

    static void print(List<Map<String, String>> items, boolean json, PrintWriter out) {
        if (json) {
            out.println(text(items));
        } else if (!items.isEmpty()) {
            table(items, out);
        }
        out.flush();
    }

    private static String text(List<Map<String, String>> items) {
        try {
            return JSON.writeValueAsString(items);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a list of texts that is no JSON", impossible);
        }
    }

    /** Columns in which nothing stands are left out. */
    private static void table(List<Map<String, String>> items, PrintWriter out) {
        List<String> columns = items.get(0).keySet().stream()
                .filter(column ->
                        items.stream().anyMatch(item -> !cell(item, column).isEmpty()))
                .toList();
        List<Integer> widths = columns.stream()
                .map(column -> items.stream()
                        .mapToInt(item -> cell(item, column).length())
                        .reduce(column.length(), Math::max))
                .toList();
        List<String> headings =
                columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList();
        out.println(line(headings, widths));
        for (Map<String, String> item : items) {
            out.println(line(columns.stream().map(column -> cell(item, column)).toList(), widths));
        }
    }

    private static String cell(Map<String, String> item, String column) {
        return item.getOrDefault(column, "");
    }

    private static String line(List<String> cells, List<Integer> widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            padded.add(cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()));
        }
        return String.join("  ", padded).stripTrailing();
    }
}
