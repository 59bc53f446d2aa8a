package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which numbers a key has, by family of models, as samples show them: {@code 6800:1-4 8800:1-10}, and
 * {@code 8800:u1-3 k1-28} for the keys of expansion modules. A model of the family may have fewer lines, and ignores
 * what is set for the others.
 *
 * @param text as the catalogue writes it; may be empty
 * @param byFamily the ranges of each family, one per place; the family {@code ""} stands for all
 */
public record Instances(String text, Map<String, List<Range>> byFamily) {
    private static final Pattern FAMILY = Pattern.compile("([A-Z0-9]+):(.*)");
    private static final Pattern RANGE = Pattern.compile("[uk]?(\\d+)(?:-(\\d+))?");

    /** From the least to the most, both included. */
    public record Range(int least, int most) {
        boolean has(int number) {
            return number >= least && number <= most;
        }
    }

    public Instances {
        byFamily = Map.copyOf(byFamily);
    }

    static Instances of(String text) {
        Map<String, List<Range>> byFamily = new LinkedHashMap<>();
        String family = "";
        for (String part : text.strip().split(" +")) {
            String range = part;
            Matcher named = FAMILY.matcher(part);
            if (named.matches()) {
                family = named.group(1);
                range = named.group(2);
            }
            Matcher matcher = RANGE.matcher(range);
            if (matcher.matches()) {
                int least = Integer.parseInt(matcher.group(1));
                int most = matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2));
                byFamily.computeIfAbsent(family, none -> new ArrayList<>()).add(new Range(least, most));
            }
        }
        return new Instances(text, byFamily);
    }

    /** Whether the numbers are among those of any family; unknown ranges have all numbers. */
    boolean has(List<Integer> numbers) {
        return byFamily.isEmpty() || byFamily.values().stream().anyMatch(ranges -> has(ranges, numbers));
    }

    private static boolean has(List<Range> ranges, List<Integer> numbers) {
        if (ranges.size() != numbers.size()) {
            return true;
        }
        for (int i = 0; i < ranges.size(); i++) {
            if (!ranges.get(i).has(numbers.get(i))) {
                return false;
            }
        }
        return true;
    }
}
