package carillon.server.console.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sixty bars.
 *
 * @param most the tallest bar's number
 * @param latest the last whole minute's number
 */
public record Chart(List<Bar> bars, long most, long latest, long sum) {
    private static final int HEIGHT = 100;

    public Chart {
        bars = List.copyOf(bars);
    }

    /**
     * One bar in a box of 600 by 100.
     *
     * @param ago how many minutes ago
     */
    public record Bar(int x, int y, int height, long count, int ago) {}

    /** The bars of these counts, oldest first. */
    public static Chart of(long[] counts) {
        long most = Arrays.stream(counts).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int height = most == 0 ? 0 : (int) ((counts[i] * HEIGHT + most - 1) / most);
            bars.add(new Bar(i * 10, HEIGHT - height, height, counts[i], counts.length - 1 - i));
        }
        long latest = counts.length < 2 ? 0 : counts[counts.length - 2];
        return new Chart(bars, most, latest, Arrays.stream(counts).sum());
    }
}
