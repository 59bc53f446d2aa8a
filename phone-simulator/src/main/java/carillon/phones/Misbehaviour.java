package carillon.phones;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Something that a phone does on the wire and no standard asks for; each was seen on a device or is feared of one. */
public sealed interface Misbehaviour
        permits HttpOddity, LoginOddity, TextOddity, InformOddity, CourseOddity, AnswerOddity, CallOddity {
    /** Its name: {@code CHUNKED}. */
    String name();

    /** What it is. */
    Trait trait();

    /**
     * What a misbehaviour is.
     *
     * @param wire what it does on the wire, in one sentence
     * @param prediction what a server that behaves does with it
     * @param manner how it is done
     */
    record Trait(String wire, Prediction prediction, Manner manner) {}

    /** What it does on the wire, in one sentence. */
    default String wire() {
        return trait().wire();
    }

    /** What a server that behaves does with it. */
    default Prediction prediction() {
        return trait().prediction();
    }

    /** How it is done. */
    default Manner manner() {
        return trait().manner();
    }

    /** All there are. */
    static List<Misbehaviour> all() {
        return Stream.<Misbehaviour[]>of(
                        HttpOddity.values(),
                        LoginOddity.values(),
                        TextOddity.values(),
                        InformOddity.values(),
                        CourseOddity.values(),
                        AnswerOddity.values(),
                        CallOddity.values())
                .flatMap(Arrays::stream)
                .toList();
    }

    /**
     * Those that a list names, by names with commas between them or {@code all}.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    static List<Misbehaviour> named(String list) {
        if (list.strip().equalsIgnoreCase("all")) {
            return all();
        }
        List<Misbehaviour> named = new ArrayList<>();
        for (String part : list.split(",")) {
            String name = part.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            named.add(all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no misbehaviour '" + part.strip() + "'; --misbehave list shows them all")));
        }
        return List.copyOf(named);
    }
}
