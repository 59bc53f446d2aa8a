package carillon.cwmp.datamodel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From a least to a most, both included; an end that is absent is open. */
public record Span(Optional<BigInteger> least, Optional<BigInteger> most) {
    /** As the tables write them, {@code 1.. 5..9}; ends that are no whole numbers are taken as open. */
    static List<Span> all(String text) {
        List<Span> spans = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String each : text.split(" ")) {
                int dots = each.indexOf("..");
                spans.add(new Span(end(each.substring(0, dots)), end(each.substring(dots + 2))));
            }
        }
        return spans;
    }

    private static Optional<BigInteger> end(String text) {
        return text.matches("-?\\d{1,30}") ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    boolean contains(BigInteger number) {
        return least.filter(end -> number.compareTo(end) < 0).isEmpty()
                && most.filter(end -> number.compareTo(end) > 0).isEmpty();
    }

    /** For a sentence: {@code 1 to 9, or 20 and more}. */
    static String shown(List<Span> spans) {
        return spans.stream().map(Span::shown).collect(Collectors.joining(", or "));
    }

    private String shown() {
        if (least.isPresent() && most.isPresent()) {
            return least.get().equals(most.get()) ? least.get().toString() : least.get() + " to " + most.get();
        }
        return least.map(end -> end + " and more")
                .orElseGet(() -> "at most " + most.map(String::valueOf).orElse("any"));
    }
}
