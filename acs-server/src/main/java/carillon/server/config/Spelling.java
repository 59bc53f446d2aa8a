package carillon.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which known name somebody probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The candidate with the smallest edit distance, if it is near enough to be a slip. */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        int farthest = Math.max(2, name.length() / 3);
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(name, candidate) <= farthest);
    }

    /** Levenshtein's distance. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
