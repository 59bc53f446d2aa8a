package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a setting: what it is called, with a place for each number, and the numbers. {@code Proxy_1_} is the base
 * {@code Proxy_{n}_} and the instance 1; {@code Unit_2_Key_14_} is {@code Unit_{u}_Key_{k}_} with 2 and 14.
 *
 * @param base the name with {@code {n}}, or {@code {u}} and {@code {k}}, where numbers stand
 * @param instances the numbers, in the order of their places
 */
public record ProfileKey(String base, List<Integer> instances) implements Comparable<ProfileKey> {
    private static final int LONGEST = 128;
    private static final Pattern PLACE = Pattern.compile("\\{[nuk]\\}");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Comparator<ProfileKey> ORDER =
            Comparator.comparing(ProfileKey::base).thenComparing(ProfileKey::instances, ProfileKey::compareNumbers);

    public ProfileKey {
        instances = List.copyOf(instances);
        int places = (int) PLACE.matcher(base).results().count();
        if (places != instances.size()) {
            throw new IllegalArgumentException(
                    "the key " + base + " has places for " + places + " numbers and got " + instances.size());
        }
        if (!isName(filled(base, instances))) {
            throw new IllegalArgumentException("'" + base + "' cannot be a key's name: letters, digits, _ . and - make"
                    + " one, a letter or _ first, at most 128 of them");
        }
    }

    /** The key with this base and these numbers. */
    public static ProfileKey of(String base, Integer... instances) {
        return new ProfileKey(base, List.of(instances));
    }

    /** The key as it stands in a profile: {@code Proxy_1_}. */
    public String name() {
        return filled(base, instances);
    }

    /** Whether a key may have this name; asked of every key of every profile, and so without a pattern. */
    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    /** How many numbers a base has places for. */
    static int places(String base) {
        return (int) PLACE.matcher(base).results().count();
    }

    /** The base with one sign for every place, as keys are looked up. */
    static String shape(String base) {
        return PLACE.matcher(base).replaceAll("#");
    }

    /** The shapes that a name may have: itself, then with one of its numbers as a place, then with two. */
    static List<Candidate> candidates(String name) {
        List<int[]> numbers = new ArrayList<>();
        Matcher digits = DIGITS.matcher(name);
        while (digits.find() && numbers.size() < 6) {
            if (digits.end() - digits.start() <= 4) {
                numbers.add(new int[] {digits.start(), digits.end()});
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(new Candidate(name, List.of()));
        for (int i = numbers.size() - 1; i >= 0; i--) {
            candidates.add(candidate(name, List.of(numbers.get(i))));
        }
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = i + 1; j < numbers.size(); j++) {
                candidates.add(candidate(name, List.of(numbers.get(i), numbers.get(j))));
            }
        }
        return candidates;
    }

    /** A shape, and the numbers that were taken out of it. */
    record Candidate(String shape, List<Integer> instances) {}

    @Override
    public int compareTo(ProfileKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }

    private static Candidate candidate(String name, List<int[]> places) {
        StringBuilder shape = new StringBuilder();
        List<Integer> instances = new ArrayList<>();
        int end = 0;
        for (int[] place : places) {
            shape.append(name, end, place[0]).append('#');
            instances.add(Integer.valueOf(name.substring(place[0], place[1])));
            end = place[1];
        }
        return new Candidate(shape.append(name, end, name.length()).toString(), instances);
    }

    private static String filled(String base, List<Integer> instances) {
        if (instances.isEmpty()) {
            return base;
        }
        Matcher place = PLACE.matcher(base);
        StringBuilder name = new StringBuilder();
        for (int instance : instances) {
            if (place.find()) {
                place.appendReplacement(name, String.valueOf(instance));
            }
        }
        return place.appendTail(name).toString();
    }

    private static int compareNumbers(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
