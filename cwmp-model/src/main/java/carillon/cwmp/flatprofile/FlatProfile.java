package carillon.cwmp.flatprofile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a phone's configuration and their values, in an order, each at most once. */
public final class FlatProfile {
    private final Map<String, ProfileEntry> entries;
    private final List<ProfileEntry> list;

    private FlatProfile(Map<String, ProfileEntry> entries) {
        this.entries = entries;
        this.list = List.copyOf(entries.values());
    }

    /** The entries in their order; of two for one key the last counts. */
    public static FlatProfile of(Collection<ProfileEntry> entries) {
        Map<String, ProfileEntry> byKey = new LinkedHashMap<>();
        for (ProfileEntry entry : entries) {
            byKey.put(place(entry), entry);
        }
        return new FlatProfile(byKey);
    }

    /** Keys and values without attributes. */
    public static FlatProfile of(Map<String, String> values) {
        List<ProfileEntry> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(ProfileEntry.of(key, value)));
        return of(entries);
    }

    /** The entries in their order. */
    public List<ProfileEntry> entries() {
        return list;
    }

    /** The entry of this key of the profile itself. */
    public Optional<ProfileEntry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of this key, where it is set and told. */
    public Optional<String> value(String key) {
        return find(key).flatMap(FlatProfile::text);
    }

    /** The keys of the profile itself whose values are set and told. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (ProfileEntry entry : entries.values()) {
            if (entry.group().isEmpty()) {
                text(entry).ifPresent(text -> values.put(entry.key(), text));
            }
        }
        return values;
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }

    /**
     * The same entries in the one order that depends on nothing but their names, so that the same configuration is
     * always the same octets: by letters, and by the value of numbers ({@code Proxy_2_} before {@code Proxy_10_}).
     */
    public FlatProfile sorted() {
        List<ProfileEntry> sorted = new ArrayList<>(list);
        sorted.sort(
                Comparator.comparing(ProfileEntry::group).thenComparing(ProfileEntry::key, FlatProfile::compareNames));
        return of(sorted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlatProfile profile && entries().equals(profile.entries());
    }

    @Override
    public int hashCode() {
        return entries().hashCode();
    }

    /** How many entries there are; never their values. */
    @Override
    public String toString() {
        return "a profile of " + entries.size() + " keys";
    }

    private static String place(ProfileEntry entry) {
        return entry.group().isEmpty() ? entry.key() : entry.group() + "/" + entry.key();
    }

    private static Optional<String> text(ProfileEntry entry) {
        return entry.value() instanceof ProfileValue.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** Letters by their codes, runs of digits by what they count; a total order. */
    static int compareNames(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            char a = one.charAt(i);
            char b = other.charAt(j);
            if (a > '9' && a == b) {
                i++;
                j++;
            } else if (isDigit(a) && isDigit(b)) {
                int endOne = end(one, i);
                int endOther = end(other, j);
                int order = compareDigits(one, i, endOne, other, j, endOther);
                if (order != 0) {
                    return order;
                }
                i = endOne;
                j = endOther;
            } else if (a != b) {
                return Character.compare(a, b);
            } else {
                i++;
                j++;
            }
        }
        int order = Integer.compare(one.length() - i, other.length() - j);
        return order != 0 ? order : one.compareTo(other);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareDigits(String one, int start, int end, String other, int otherStart, int otherEnd) {
        int i = start;
        int j = otherStart;
        while (i < end - 1 && one.charAt(i) == '0') {
            i++;
        }
        while (j < otherEnd - 1 && other.charAt(j) == '0') {
            j++;
        }
        int order = Integer.compare(end - i, otherEnd - j);
        return order != 0 ? order : one.substring(i, end).compareTo(other.substring(j, otherEnd));
    }
}
